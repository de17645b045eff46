// A bug planted for each property: a scenario under a bad option, a state or a fact as a wrong rule would leave it. The
// judge finds that property broken, and no other. A property without an entry does not compile.
import { describe, expect, test } from 'vitest';
import { runsClear, runsSet } from '../../../src/base/runs.ts';
import { createJudge } from '../../../src/sim/judge.ts';
import type { SimEvent } from '../../../src/sim/model/event.ts';
import { makePte, pageOfBlock } from '../../../src/sim/model/ids.ts';
import type { PropertyId } from '../../../src/sim/model/property.ts';
import { PROPERTY_IDS } from '../../../src/sim/model/property.ts';
import type { State, Task } from '../../../src/sim/model/state.ts';
import { runToEnd } from '../../../src/sim/run.ts';
import { play } from '../../support/play.ts';
import { programOf } from '../../support/runText.ts';

const program = programOf(
  'title "t"\noption wait\nfile A abcd\nfile B ef\np m = mmap A\np load m 0\np r = reg_mr m remote_read\nq pread A 0\n',
);
const { final } = runToEnd(program);

/** A scenario in one line, or a state and the facts of the step to it. */
type Planted = string | { readonly state: State; readonly events?: readonly SimEvent[] };

function brokenBy(planted: Planted): string {
  if (typeof planted === 'string') return play(planted).violated;
  const { lasting, moments } = createJudge(program).judge(planted.state, planted.events ?? [], { task: 0 });
  return [...new Set([...lasting, ...moments].map(({ id }) => id))].join(' ');
}

const withMr = (change: Partial<State['mrs'][number]>): State => ({
  ...final,
  mrs: final.mrs.map((mr) => ({ ...mr, ...change })),
});
const moved = (kind: 'rdma_read' | 'rdma_write', block: number): SimEvent => ({
  type: 'transferred',
  dma: 0,
  kind,
  mr: 0,
  slot: 1,
  page: pageOfBlock(block),
  tag: 2,
  inode: 0,
  index: 1,
});

/** p and q each hold the i_rwsem that the other waits for: what taking two locks in two orders comes to. */
function crossed(): State {
  const lock = (holder: number, waiter: number) => ({
    holders: [{ task: holder, mode: 'exclusive' as const }],
    queue: [{ task: waiter, mode: 'exclusive' as const }],
  });
  const sleeper = (inode: number, task: Task): Task => ({
    ...task,
    frames: [{ fn: 'pread', pc: 'lock', inode, op: { verb: 'pread', file: inode, index: 0 }, ret: '' }],
    wait: { type: 'lock', inode, lock: 'i_rwsem', mode: 'exclusive' },
  });
  return {
    ...final,
    inodes: final.inodes.map((inode, id) => ({ ...inode, rwsem: lock(id, 1 - id) })),
    tasks: final.tasks.map((task, id) => (id < 2 ? sleeper(1 - id, task) : task)),
    sleepers: [0, 1],
  };
}

const A = 'file A abcd; file B = reflink A; p m = mmap A';
const W = 'p w = reg_mr m remote_write';

const PLANTED: { readonly [P in PropertyId]: Planted } = {
  S1: `option unprotected; ${A}; ${W}; q ftruncate A 1`,
  S2: `option wait; ${A}; p r = reg_mr m remote_read; p store m 1 X`,
  S4: `option wait reflink.onPin=allow; ${A}; ${W}; q reflink A N; peer rdma_write w 0 X`,
  S5a: { state: withMr({ writable: true }), events: [moved('rdma_write', 2)] },
  S5b: `fs xfs dax=never; option wait; ${A}; p r = reg_mr m remote_read; q fallocate A punch 1 1; peer rdma_read r 1`,
  S6: { state: { ...final, maps: final.maps.map((map) => ({ ...map, ptes: runsSet(map.ptes, 1, 1, makePte(2, false, false), 1) })) } },
  S7: {
    state: { ...final, device: { ...final.device, unzeroed: runsSet(final.device.unzeroed, 1, 1, 1, 0) } },
    events: [{ type: 'read', page: pageOfBlock(1), tag: 2, by: 'pread' }],
  },
  S8: { state: final, events: [moved('rdma_write', 1)] },
  S11: { state: { ...final, device: { ...final.device, pins: runsClear(final.device.pins, 1, 1) } } },
  S12: { state: { ...withMr({ state: 'revoked', mtt: [] }) }, events: [moved('rdma_read', 1)] },
  L1: `option wait; ${A}; ${W}; q ftruncate A 1`,
  L2: { state: crossed() },
  L3: `option mainline; ${A}; p d = dio_write m 0; p munmap m; q unlink A; s kill q`,
  L5: `option deferred-free; ${A}; ${W}; q ftruncate A 1`,
  L6: { state: { ...final, procs: final.procs.map((proc, id) => (id === 0 ? { ...proc, state: 'killed' } : proc)) } },
  L7: `option revoke; ${A}; ${W}; q ftruncate A 1`,
  L8: `option etxtbsy; ${A}; ${W}; q ftruncate A 1`,
  F1: `option static-fs; ${A}; q fallocate A punch 0 1`,
}; // prettier-ignore

describe('planted bugs', () => {
  test('nothing is broken before', () => expect(brokenBy({ state: final })).toBe(''));
  test.each(PROPERTY_IDS)('%s', (id) => expect(brokenBy(PLANTED[id])).toBe(id));
});
