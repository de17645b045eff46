// The scenarios that name a recording say what was recorded, step by step, and the model does the same: results, and
// after every step the same blocks behind the same indexes and page table entries, up to the numbering of blocks.
import { describe, expect, test } from 'vitest';
import { runsGet } from '../../src/base/runs.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { loadScenario, type Loaded } from '../../src/scenario/load.ts';
import { isBlock, ptePage, ZERO_PAGE } from '../../src/sim/model/ids.ts';
import type { State } from '../../src/sim/model/state.ts';
import type { Outline } from '../../src/sim/outline.ts';
import { extentAt, refcount } from '../../src/sim/query/inodes.ts';
import { momentAt, runToEnd } from '../../src/sim/run.ts';
import {
  actorOf,
  linesOf,
  MAPPINGS,
  readRecordings,
  recordedAs,
  type Recording,
  type RecordedStep,
} from '../support/recordings.ts';

/** The scenario that names the recording. */
function scenarioOf(recording: Recording): Loaded {
  const found = bundledTexts().filter(({ text }) => text.includes(recordedAs(recording)));
  expect(found).toHaveLength(1);
  const loaded = loadScenario(found[0]?.text ?? '');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
}

/** `# 7` or `# 7, back in 11` behind each step of the scenario. */
function numbersOf({ document }: Loaded): readonly { readonly n: number; readonly back: number | undefined }[] {
  return document.lines.flatMap(({ item, comment }) => {
    if (item?.type !== 'step') return [];
    const found = /^# (\d+)(?:, back in (\d+))?$/.exec(comment ?? '');
    return [{ n: Number(found?.[1]), back: found?.[2] === undefined ? undefined : Number(found[2]) }];
  });
}

/** The file that the scenario declares was made by open, pwrite and fsync. */
function withoutSetup({ steps }: Recording): readonly RecordedStep[] {
  return steps.slice(steps.findIndex(({ op }) => !['open', 'pwrite', 'fsync'].includes(op)));
}

/** Where the run stands when step `index` is done and every sleeper has gone on as far as it can. */
function endOf(outline: Outline, index: number): number {
  return outline.turns.find(({ step, kind }) => step === index + 1 && kind !== 'woke')?.from ?? outline.length;
}

/** Pairs recorded block ids with block numbers; a pair that contradicts an older one is told. */
function createPairing(): (recorded: string, block: number) => string | undefined {
  const blocks = new Map<string, number>();
  const ids = new Map<number, string>();
  return (recorded, block) => {
    if (!blocks.has(recorded) && !ids.has(block)) {
      blocks.set(recorded, block);
      ids.set(block, recorded);
    }
    return blocks.get(recorded) === block ? undefined : `${recorded} is not block ${block}`;
  };
}

type Comparison = {
  readonly loaded: Loaded;
  readonly state: State;
  readonly step: RecordedStep;
  readonly pair: (recorded: string, block: number) => string | undefined;
};

function differencesIn({ loaded, state, step, pair }: Comparison): readonly string[] {
  const { program } = loaded;
  const files = Object.entries(step.obs.files).flatMap(([name, { sizeBytes, extents }]) => {
    const inode = state.inodes[state.names[program.files.findIndex((file) => file.name === name)] ?? -1];
    if (inode === undefined) return [`no file ${name}`];
    const size = inode.size * 4096 === sizeBytes ? [] : [`${name}: size ${inode.size}, recorded ${sizeBytes / 4096}`];
    if (extents === null) return size;
    const recorded = new Map(
      extents.flatMap((e) => (e.physical ?? []).map((id, i) => [e.logical + i, { id, flags: e.flags }])),
    );
    const indexes = Array.from({ length: Math.max(inode.size, ...recorded.keys(), 0) + 1 }, (_, i) => i);
    const differences = indexes.flatMap((i) => {
      const [have, want] = [extentAt(inode, i), recorded.get(i)];
      if (have === undefined || want === undefined) {
        return (have === undefined) === (want === undefined) ? [] : [`${name}[${i}]: hole on one side only`];
      }
      const shared = refcount(state.device, have.block) > 1;
      return [
        pair(want.id, have.block),
        shared === want.flags.includes('SHARED') ? undefined : `${name}[${i}]: shared on one side only`,
        have.written === !want.flags.includes('UNWRITTEN') ? undefined : `${name}[${i}]: unwritten on one side only`,
      ];
    });
    return [...size, ...differences];
  });
  const pages = Object.entries(step.obs.mmapFrames).flatMap(([name, { pages: recorded }]) => {
    const map = state.maps[program.maps.findIndex((one) => one.name === MAPPINGS[name])];
    return recorded.map((want, i) => {
      const pte = map === undefined ? undefined : runsGet(map.ptes, i);
      const page = pte === undefined ? undefined : ptePage(pte);
      if (page === undefined || want === null)
        return page === undefined && want === null ? undefined : `${name}[${i}]: PTE on one side only`;
      if (want === 'ZERO') return page === ZERO_PAGE ? undefined : `${name}[${i}]: not the zero page`;
      return isBlock(page) ? pair(want, page) : `${name}[${i}]: not a block`;
    });
  });
  return [...files, ...pages].filter((text) => text !== undefined);
}

describe.each(readRecordings().map((recording) => [`${recording.id} (${recording.env})`, recording] as const))(
  '%s',
  (_, recording) => {
    const loaded = scenarioOf(recording);
    const numbers = numbersOf(loaded);
    const { program } = loaded;

    test('the scenario is the recording, step by step', () => {
      const written = program.steps.map(({ actor, text, expect: result }, i) => ({
        n: numbers[i]?.n,
        actor: text.startsWith('rdma_') ? 'app' : program.actors[actor]?.name,
        text,
        // What dio_write sent is not in the recording.
        result: text === 'dio_end d' ? 'ok' : result?.text,
      }));
      const recorded = withoutSetup(recording).flatMap((step) =>
        linesOf(step, recording).map(({ text, result }) => ({ n: step.n, actor: actorOf(step), text, result })),
      );
      expect(written).toEqual(recorded);
      const backs = recording.steps.filter(({ op, args }) => op === 'return' && !/^direct/.test(String(args['op'])));
      expect(new Map(numbers.flatMap(({ n, back }) => (back === undefined ? [] : [[n, back]])))).toEqual(
        new Map(backs.map(({ n, args }) => [args['of'], n])),
      );
    });

    test('the model returns what was recorded', () => {
      const { outline } = runToEnd(program);
      const unmet = program.steps.filter((_step, i) => outline.steps[i]?.met !== true).map(({ text }) => text);
      expect(unmet).toEqual([]);
      expect(outline.claims.filter(({ met }) => !met)).toEqual([]);
    });

    // The recorded page cache works in large folios and delays allocation; the model goes page by page.
    // The 6.12 page cache works in large folios: there only results are compared.
    if (recording.env === 'xfs-pc') return;
    test('the model has the same blocks, sharing and PTEs after every step', () => {
      const { run, outline } = runToEnd(program);
      const pair = createPairing();
      const differences = withoutSetup(recording).flatMap((step) => {
        const last = numbers.findLastIndex(({ n }) => n === step.n);
        if (last < 0) return [];
        const { state } = momentAt(run, endOf(outline, last));
        return differencesIn({ loaded, state, step, pair }).map((text) => `step ${step.n}: ${text}`);
      });
      expect(differences).toEqual([]);
    });
  },
);
