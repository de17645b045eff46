import { describe, expect, test } from 'vitest';
import { exportName } from '../../src/io/fileName.ts';
import { findLink } from '../../src/io/findLink.ts';
import { linkPlace } from '../../src/io/linkPlace.ts';
import { packText, unpackText } from '../../src/io/linkText.ts';
import { runFile } from '../../src/io/runFile.ts';
import { formatLink, parseAddress } from '../../src/store/address.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { runText } from '../support/runText.ts';

describe('a run as JSON', () => {
  test.each(bundledTexts().map(({ id, text }) => [id, text] as const))(
    '%s leads back to its text and place',
    (_, text) => {
      const { program, outline, momentAt } = runText(text);
      const at = outline.turns.at(-1)?.from ?? 0;
      const link = formatLink({ place: linkPlace(program, outline, at), packed: packText(text) });
      const file = runFile({ program, outline, final: momentAt(outline.length).state, text, link, build: 'test' });
      const read = JSON.parse(file) as { daxpin: number; text: string; steps: unknown[]; turns: { from: number; to: number; microsteps: string[] }[] }; // prettier-ignore
      expect(read.daxpin).toBe(1);
      expect(read.text).toBe(text);
      expect(read.steps).toHaveLength(program.steps.length);
      expect(read.turns.flatMap(({ microsteps }) => microsteps)).toEqual(outline.micros.map(({ id }) => id));
      // Dropped on the page, the whole file is searched as a mail is.
      const found = findLink(file);
      expect(found?.seal.type).toBe('whole');
      const { packed = '', place } = parseAddress(found?.hash ?? '');
      expect(unpackText(packed)?.text).toBe(text);
      expect(place).toEqual(at === 0 ? undefined : linkPlace(program, outline, at));
    },
  );
});

test.each([
  [{ title: 'A READ MR goes stale', option: 'wait', step: 3 }, 'daxpin-a-read-mr-goes-stale_wait_step-3.svg'],
  [{ title: '../../etc/passwd\0 "x"', option: 'seed', step: undefined }, 'daxpin-etc-passwd-x_seed.svg'],
  [{ title: 'Übung №1', option: '', step: 1 }, 'daxpin-u-bung-no1_step-1.svg'],
  [{ title: '…', option: 'wait', step: 2 }, 'daxpin-wait_step-2.svg'],
])('%o is %s', (parts, name) => {
  expect(exportName(parts, 'svg')).toBe(name);
});
