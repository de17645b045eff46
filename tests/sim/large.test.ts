import { expect, test } from 'vitest';
import { advanceRun, createRun, momentAt } from '../../src/sim/run.ts';
import { READ_MR } from '../support/caseTexts.ts';
import { programOf } from '../support/runText.ts';

// The books were once summed up block by block: a gigabyte for the largest device that a text may ask for.
test('the largest device takes no memory by the block', () => {
  const before = process.memoryUsage().arrayBuffers;
  const run = createRun(programOf(`device 134217728\n${READ_MR}`));
  while (!advanceRun(run, 1000));
  expect(run.outline?.violations.map(({ id }) => id)).toContain('S5b');
  expect(momentAt(run, run.outline?.length ?? 0).state.device.free).toBe(134_217_728 - 5);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
});
