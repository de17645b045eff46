// The same text, option and choices give byte-identical moments in the browser's worker and in Node.
import { expect, test } from '@playwright/test';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Program } from '../../src/sim/model/program.ts';
import { momentAt, runToEnd } from '../../src/sim/run.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { someOf } from '../support/thorough.ts';

const programs = someOf(bundledTexts()).flatMap(({ text }) => {
  const loaded = loadScenario(text);
  return loaded.ok ? [loaded.value.program] : [];
});

/** Some positions of a run, its ends among them. */
const positions = (length: number): readonly number[] => [
  0,
  1,
  Math.floor(length / 3),
  Math.floor(length / 2),
  length - 1,
  length,
];

function inNode(program: Program): readonly string[] {
  const { run, outline } = runToEnd(program);
  return [JSON.stringify(outline), ...positions(outline.length).map((at) => JSON.stringify(momentAt(run, at)))];
}

/** Runs in the page, as text: what compiles this file adds helpers that the page does not have. */
const IN_WORKER = `async ({ url, program, at }) => {
  const worker = new Worker(url, { type: 'module' });
  const answers = [];
  const ask = (command, wanted) => new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('the worker failed'));
    worker.onmessage = ({ data }) => { if (data.type === wanted) resolve(data); else if (data.type === 'failed') reject(new Error(data.message)); };
    worker.postMessage(command);
  });
  const { outline } = await ask({ type: 'load', run: 1, program }, 'outline');
  answers.push(JSON.stringify(outline));
  for (const position of at) answers.push(JSON.stringify((await ask({ type: 'seek', run: 1, at: position }, 'moment')).moment));
  worker.terminate();
  return answers;
}`;

test('outlines and moments of every bundled scenario are the same bytes as in Node', async ({ page }) => {
  test.setTimeout(180_000);
  const started = page.waitForEvent('worker');
  await page.goto('./');
  const url = (await started).url();
  expect(programs.length).toBeGreaterThan(12);
  for (const program of programs) {
    const expected = inNode(program);
    const at = positions(runToEnd(program).outline.length);
    const argument = JSON.stringify({ url, program, at });
    const got = await page.evaluate<readonly string[]>(`(${IN_WORKER})(${argument})`);
    expect(got, program.title).toEqual(expected);
  }
});
