// A checker that finds nothing is worth nothing: for each property one wrong rule, and how far it is to the first run
// that shows it. Without the wrong rule the verdict is another.
import { describe, expect, test } from 'vitest';
import { emptyRuns } from '../../src/base/runs.ts';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { FULL, QUICK } from '../../src/checker/verdict.ts';
import { editMr, editProc } from '../../src/sim/model/draft.ts';
import type { Knobs } from '../../src/sim/model/knobs.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import { PROPERTY_IDS, type PropertyId } from '../../src/sim/model/property.ts';
import { LOAD, STORE } from '../../src/sim/ops/faults.ts';
import { LAYOUT } from '../../src/sim/ops/layoutOps.ts';
import { draftOf, go, ret } from '../../src/sim/ops/machine.ts';
import { DEREG } from '../../src/sim/ops/mrOps.ts';
import { EXIT } from '../../src/sim/ops/processOps.ts';
import { DMA } from '../../src/sim/ops/rdmaOps.ts';
import { KERNEL_PROFILES } from '../../src/sim/policies/kernel.ts';
import { extentAt, inodeOf, mappingOf } from '../../src/sim/query/inodes.ts';
import { planted } from '../support/plantRule.ts';
import { programOf } from '../support/runText.ts';

/** What the checker says of one property: `holds`, `vacuous`, or the length of the run. */
type Verdict = 'holds' | 'vacuous' | number;

type World = { readonly text: string; readonly grain?: Grain };

function verdict(id: PropertyId, { text, grain = 'op' }: World, knobs: Partial<Knobs> = {}): readonly Verdict[] {
  const program = programOf(`title "w"\n${text.replaceAll('; ', '\n')}`);
  const { option } = program;
  const changed = { ...program, option: { ...option, knobs: { ...option.knobs, ...knobs } } };
  return [FULL, QUICK].map((settings) => {
    const search = createSearch(changed, { ...settings, grain });
    while (!advanceSearch(search, 1000));
    const found = reportOf(search).properties[id];
    if (found.type === 'unknown') throw new Error('not to the end');
    return found.type === 'violated' ? found.trace.length : found.type;
  });
}

const LONG = 'device 4; file A ab; app m = mmap A; any app x2: mr = reg_mr m remote_write | dereg_mr mr | ftruncate A 1; any admin x1: ftruncate A 0'; // prettier-ignore
const SHARED = 'device 4; file A ab; file B = reflink A 0 1; app m = mmap A; app n = mmap A';
const ON_DEMAND = `${SHARED}; app mr = reg_mr m remote_read on_demand; any app x1: store m 0 X; any peer x2: rdma_read mr 0`;
const POSTED = 'device 3; file A a; app m = mmap A; app mr = reg_mr m remote_write; any app x1: dereg_mr mr; any peer x1: x = post_write mr 0 Z'; // prettier-ignore

/** Name of the wrong rule, where it shows, what it replaces, without it, with it. */
type Plant = {
  readonly id: PropertyId;
  readonly rule: string;
  readonly world: World;
  readonly with: (run: () => readonly Verdict[]) => readonly Verdict[];
  readonly right: Verdict;
  readonly wrong: number;
};

/** Wrong rules of the procedures. */
const HANDLERS: readonly Plant[] = [
  {
    id: 'S1',
    rule: 't4 does not scan',
    world: { text: `option wait; ${LONG}` },
    with: (run) => planted(LAYOUT, { t4: (c) => go(c, 't5') }, run),
    right: 'holds',
    wrong: 2,
  },
  {
    id: 'S2',
    rule: 'a COW break zaps nothing',
    world: { text: ON_DEMAND },
    with: (run) => planted(STORE, { c2: (c) => go(c, 'c3') }, run),
    right: 'holds',
    wrong: 2,
  },
  {
    id: 'S4',
    rule: 'a store into a shared block maps it writable',
    world: { text: `${SHARED}; any app x1: store m 0 X` },
    with: (run) =>
      planted(
        STORE,
        {
          look(c, f) {
            const map = mappingOf(draftOf(c), f.map);
            go(c, 'map', { x: extentAt(inodeOf(draftOf(c), map.inode), map.off + f.vpage)?.block ?? 0 });
            return 'again';
          },
        },
        run,
      ),
    right: 'holds',
    wrong: 1,
  },
  {
    id: 'S5a',
    rule: 'a punch does not tell the NIC',
    world: {
      text: 'device 4; file A ab; app m = mmap A; app mr = reg_mr m remote_write on_demand; any admin x1: fallocate A punch 0 1; any peer x2: rdma_write mr 0 Z',
    },
    with: (run) => planted(LAYOUT, { t3: (c) => go(c, 't4') }, run),
    right: 'holds',
    wrong: 3,
  },
  {
    id: 'S5b',
    rule: 'a COW break zaps nothing',
    world: { text: ON_DEMAND },
    with: (run) => planted(STORE, { c2: (c) => go(c, 'c3') }, run),
    right: 'holds',
    wrong: 3,
  },
  {
    id: 'S6',
    rule: 'a COW break zaps nothing',
    world: { text: `${SHARED}; any app x2: load n 0 | store m 0 X` },
    with: (run) => planted(STORE, { c2: (c) => go(c, 'c3') }, run),
    right: 'holds',
    wrong: 2,
  },
  {
    id: 'S7',
    rule: 'a load maps an unwritten block',
    world: {
      text: 'device 2; file A ab; app m = mmap A; any app x1: load m 0; any admin x1: fallocate A zero 0 1',
    },
    with: (run) =>
      planted(
        LOAD,
        {
          look(c, f) {
            const map = mappingOf(draftOf(c), f.map);
            go(c, 'block', { x: extentAt(inodeOf(draftOf(c), map.inode), map.off + f.vpage)?.block ?? 0 });
            return 'again';
          },
        },
        run,
      ),
    right: 'holds',
    wrong: 2,
  },
  {
    id: 'S8',
    rule: 'n2 checks no access',
    world: {
      text: 'option wait; device 3; file A a; app m = mmap A; any app x1: mr = reg_mr m remote_read; any peer x1: rdma_write mr 0 Z',
    },
    with: (run) => planted(DMA, { n2: (c) => go(c, 'n3') }, run),
    right: 'vacuous',
    wrong: 2,
  },
  {
    id: 'S11',
    rule: 'dereg_mr forgets its pins',
    world: { text: `option wait; ${LONG}` },
    with: (run) =>
      planted(
        DEREG,
        {
          d2(c, f) {
            Object.assign(editMr(c.e, f.mr), { state: 'destroyed', mtt: emptyRuns, pins: emptyRuns });
            ret(c, 'ok');
          },
        },
        run,
      ),
    right: 'holds',
    wrong: 2,
  },
  {
    id: 'S12',
    rule: 'dereg_mr does not drain',
    world: { text: `option wait; ${POSTED}`, grain: 'micro' },
    with: (run) =>
      planted(
        DEREG,
        {
          d1(c, f) {
            editMr(c.e, f.mr).state = 'revoked';
            go(c, 'd2');
          },
        },
        run,
      ),
    right: 'holds',
    wrong: 6,
  },
  {
    id: 'L6',
    rule: 'exit leaves the MRs',
    world: {
      text: 'option wait; device 3; file A a; app m = mmap A; any app x1: mr = reg_mr m remote_read; any other x1: kill app',
    },
    with: (run) =>
      planted(
        EXIT,
        {
          mrs(c, f) {
            editProc(c.e, f.proc).handles = [];
            go(c, 'files');
            return 'again';
          },
        },
        run,
      ),
    right: 'holds',
    wrong: 3,
  },
  {
    id: 'L3',
    rule: 'evict waits on 6.12',
    world: {
      text: 'kernel 6.12; device 3; file A a; app m = mmap A; app p = vmsplice m 0; app munmap m; any admin x1: unlink A; any other x1: kill admin',
    },
    with: (run) => planted(KERNEL_PROFILES['6.12'], { evictWaits: true }, run),
    right: 'vacuous',
    wrong: 2,
  },
];

describe('a wrong rule is found', () => {
  test.each(HANDLERS)('$id: $rule', ({ id, world, with: wrongly, right, wrong }) => {
    expect(verdict(id, world)).toEqual([right, right]);
    expect(wrongly(() => verdict(id, world))).toEqual([wrong, wrong]);
    expect(verdict(id, world)).toEqual([right, right]);
  });
});

const CLONE = 'device 4; file A ab; any admin x1: reflink A B';

/** What an option promises, taken away by one knob. */
test.each<[PropertyId, string, Partial<Knobs>, Verdict, number]>([
  ['L1', `option etxtbsy; ${LONG}`, { 'layout.onPin': 'wait' }, 'vacuous', 2],
  ['L2', `option revoke; ${LONG}`, { 'layout.onPin': 'wait' }, 'vacuous', 2],
  ['L5', `option unprotected; ${LONG}`, { 'free.onPin': 'defer' }, 'holds', 2],
  ['L7', `option wait; ${LONG}`, { 'layout.onPin': 'kill' }, 'holds', 2],
  ['L8', `option wait; ${LONG}`, { 'layout.onPin': 'etxtbsy' }, 'vacuous', 2],
  ['F1', CLONE, { 'fs.reflink': 'off' }, 'vacuous', 1],
])('%s: %s; with %j', (id, text, knobs, right, wrong) => {
  expect(verdict(id, { text })).toEqual([right, right]);
  expect(verdict(id, { text }, knobs)).toEqual([wrong, wrong]);
});

test('no property is left out', () => {
  const found = new Set([...HANDLERS.map(({ id }) => id), 'L1', 'L2', 'L5', 'L7', 'L8', 'F1']);
  expect(PROPERTY_IDS.filter((id) => !found.has(id))).toEqual([]);
});
