// The checker against one that was written only to be read: the same states, verdicts, runs and outcomes.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { EXACT, FULL, type CheckReport, type Settings } from '../../src/checker/verdict.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { arbitraryWorld } from '../support/arbitraryWorld.ts';
import { programOf } from '../support/runText.ts';
import { runsOf } from '../support/thorough.ts';
import { naiveCheck, type NaiveReport } from './naive.ts';

function check(text: string, grain: Grain, settings: Settings): CheckReport {
  const search = createSearch(programOf(text), { ...settings, grain });
  while (!advanceSearch(search, 1000));
  return reportOf(search);
}

/** The report in the words of the other one. */
function asNaive(report: CheckReport): NaiveReport {
  const { states, transitions, depth, finals, properties, claims, outcomes, witnesses } = report;
  return {
    states,
    transitions,
    depth,
    finals,
    verdicts: Object.fromEntries(
      PROPERTY_IDS.map((id) => {
        const verdict = properties[id];
        if (verdict.type === 'unknown') throw new Error(`${id} is unknown`);
        return [id, verdict.type === 'violated' ? verdict.trace.length : verdict.type];
      }),
    ),
    claims: claims.map(({ positive, negative, witness, counterexample }) => ({
      positive,
      negative,
      witness: witness?.length,
      counterexample: counterexample?.length,
    })),
    outcomes: new Map(outcomes.map(({ final, count }) => [JSON.stringify(final), count])),
    results: new Map(
      witnesses.flatMap(({ line, text, results }) =>
        results.map(({ result, trace }) => [`${line}: ${text} -> ${result}`, trace.length] as const),
      ),
    ),
  };
}

const LIMIT: Record<Grain, number> = { op: 500, micro: 800 };

function agree(grain: Grain, seed: number, numRuns: number): number {
  let compared = 0;
  fc.assert(
    fc.property(arbitraryWorld, (text) => {
      const naive = naiveCheck(programOf(text), grain, LIMIT[grain]);
      if (naive === undefined) return;
      compared++;
      for (const settings of [FULL, EXACT]) expect(asNaive(check(text, grain, settings))).toEqual(naive);
    }),
    { seed, numRuns },
  );
  return compared;
}

/** What disagreed once. */
const FOUND: readonly string[] = [
  // S1 lasts over a second truncate, which touches nothing: its run was not found again.
  'title "w"; device 3; option unprotected; file A ab; file B = reflink A; app m = mmap A; app mr = reg_mr m 0 1 remote_write; any app x1: mr = reg_mr m 0 1 remote_write; any admin x2: ftruncate A 0; exists S1',
  // A DMA that completes by itself may break a COW, with every answer of the allocator.
  'title "w"; device 4; alloc any; option unprotected; file A ab; file B = reflink A 0 1; app m = mmap A; app mr = reg_mr m on_demand remote_write; any admin x1: reflink B A; any peer x1: x = post_write mr 0 W',
];

test.each(FOUND)('%s', (lines) => {
  const text = lines.replaceAll('; ', '\n');
  const naive = naiveCheck(programOf(text), 'op', 2000);
  for (const settings of [FULL, EXACT]) expect(asNaive(check(text, 'op', settings))).toEqual(naive);
});

test('operation grain: both checkers agree (seed 4101)', { timeout: 120_000 }, () => {
  expect(agree('op', 4101, runsOf(100, 40))).toBeGreaterThan(30);
});

test('micro grain: both checkers agree (seed 4102)', { timeout: 120_000 }, () => {
  expect(agree('micro', 4102, runsOf(40, 20))).toBeGreaterThan(10);
});
