import { describe, expect, test } from 'vitest';
import { KNOBS, KNOB_NAMES, type KnobName } from '../../src/sim/model/knobs.ts';
import { oneKnobAway } from '../../src/sim/oneKnob.ts';
import type { KnobRun } from '../../src/sim/outline.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { READ_MR } from '../support/caseTexts.ts';
import { runText } from '../support/runText.ts';

function allRuns(text: string, slice = 1000): { readonly runs: readonly KnobRun[]; readonly slices: number } {
  const going = oneKnobAway(runText(text).program, slice);
  for (let slices = 0; ; slices += 1) {
    const next = going.next();
    if (next.done === true) return { runs: next.value, slices };
  }
}

describe('one knob changed alone', () => {
  test('every knob to every value but its own, once', () => {
    const { knobs } = runText(READ_MR).program.option;
    const wanted = KNOB_NAMES.flatMap((knob) => KNOBS[knob].flatMap((value) => (knobs[knob] === value ? [] : [`${knob} ${value}`]))); // prettier-ignore
    expect(allRuns(READ_MR).runs.map(({ knob, value }) => `${knob} ${value}`)).toEqual(wanted);
  });

  test('a READ MR that goes stale: unshare holds everything, a refused pin leaves nothing to go stale', () => {
    const of = (knob: KnobName, value: string): KnobRun | undefined =>
      allRuns(READ_MR).runs.find((run) => run.knob === knob && run.value === value);
    expect(of('pin.readonly', 'unshare')).toMatchObject({ results: ['ok', 'ok', 'ok', 'X', 'X'], broken: [] });
    expect(of('pin.longterm', 'refuse')?.results[1]).toBe('EOPNOTSUPP');
    expect(of('fs.punch', 'off')?.broken.map(({ id, step }) => `${id} at ${step}`)).toContain('S5b at 3');
  });

  test.each(bundledTexts().filter((_, i) => i % 4 === 0))('$id: as the text would say it with set', ({ text }) => {
    for (const { knob, value, results, broken } of allRuns(text).runs.filter((_, i) => i % 5 === 0)) {
      const { preset, changed } = runText(text).program.option;
      const { outline } = runText(text, { preset, knobs: { ...changed, [knob]: value } });
      expect(results).toEqual(outline.steps.map(({ result }) => result));
      expect(broken.map(({ id }) => id)).toEqual([...new Set(outline.violations.map(({ id }) => id))]);
    }
  });

  test('gives way, and slices change nothing', () => {
    const fine = allRuns(READ_MR, 3);
    expect(fine.slices).toBeGreaterThan(200);
    expect(fine.runs).toEqual(allRuns(READ_MR).runs);
  });
});
