// Properties that no program of this build breaks: shown on states and facts made by hand, as a wrong rule would leave
// them, and beside it the same thing done right.
import { describe, expect, test } from 'vitest';
import { runsClear, runsSet } from '../../../src/base/runs.ts';
import { S11 } from '../../../src/sim/invariants/accounting.ts';
import { S12, S4, S7, S8 } from '../../../src/sim/invariants/coherence.ts';
import { S6 } from '../../../src/sim/invariants/ptes.ts';
import type { SimEvent } from '../../../src/sim/model/event.ts';
import { makeExtent, makePte, pageOfBlock, pageOfDram, ZERO_PAGE } from '../../../src/sim/model/ids.ts';
import type { Device, Inode, Mapping, Mr, State } from '../../../src/sim/model/state.ts';
import { runToEnd } from '../../../src/sim/run.ts';
import { programOf } from '../../support/runText.ts';

const program = programOf(
  'title "t"\noption wait\nfile A ab._\nfile B = reflink A\np m = mmap A\np load m 0\np r = reg_mr m remote_read\n',
);
const { final } = runToEnd(program);

const withDevice = (change: (device: Device) => Partial<Device>): State => ({
  ...final,
  device: { ...final.device, ...change(final.device) },
});
const withInode = (change: (inode: Inode) => Partial<Inode>): State => ({
  ...final,
  inodes: final.inodes.map((inode, id) => (id === 0 ? { ...inode, ...change(inode) } : inode)),
});
const withMapping = (change: (map: Mapping) => Partial<Mapping>): State => ({
  ...final,
  maps: final.maps.map((map) => ({ ...map, ...change(map) })),
});
const withMr = (change: Partial<Mr>): State => ({ ...final, mrs: final.mrs.map((mr) => ({ ...mr, ...change })) });

describe('S11', () => {
  const keys = (state: State): readonly string[] => S11.check(program, state).map(({ key }) => key);
  test('holds of the state as it is', () => expect(keys(final)).toEqual([]));
  test.each<[string, State, readonly string[]]>([
    ['a block is lost from the sums', withDevice(({ free }) => ({ free: free - 1 })), ['sum']],
    ['a reference too many', withDevice(({ use }) => ({ use: runsSet(use, 0, 1, 3, 0) })), ['ref:0']],
    ['a mapped block is free', withDevice(({ use }) => ({ use: runsSet(use, 1, 1, 0, 0) })), ['ref:1']],
    ['a map entry is forgotten', withInode(({ map }) => ({ map: runsClear(map, 1, 1) })), ['ref:1']],
    ['a pin is not counted', withDevice(({ pins }) => ({ pins: runsClear(pins, 1, 1) })), ['pin:1']],
    ['a pin is counted that nobody holds', withMr({ state: 'destroyed', pins: [] }), ['pin:0', 'pin:1']],
    [
      'two things at once',
      withDevice(({ use, free }) => ({ use: runsSet(use, 0, 1, 3, 0), free: free + 1 })),
      ['sum', 'ref:0'],
    ],
  ])('%s', (_, state, expected) => expect(keys(state)).toEqual(expected));
});

describe('S6', () => {
  const why = (state: State): readonly string[] =>
    S6.check(program, state).map(({ message }) => message.replace(/^.*A\[\d\] /, ''));
  const pte = (vpage: number, page: number, writable = false): State =>
    withMapping(({ ptes }) => ({ ptes: runsSet(ptes, vpage, 1, makePte(page, writable, false), 1) }));
  test.each<[string, State, readonly string[]]>([
    ['as it is', final, []],
    ['the block of another index', pte(1, pageOfBlock(0)), ['points at block 0, the file has block 1']],
    ['a block over a hole', pte(2, pageOfBlock(5)), ['points at block 5, the file has a hole']],
    ['the zero page over a hole', pte(2, ZERO_PAGE), []],
    ['over an unwritten block', pte(3, ZERO_PAGE), []],
    ['over a block of zeroes', { ...pte(1, ZERO_PAGE), device: { ...final.device, tags: [] } }, []],
    ['over data', pte(1, ZERO_PAGE), ['points at the zero page, the file has block 1']],
    ['writable, of a shared block', pte(1, pageOfBlock(1), true), ['is writable, block 1 has 2 owners']],
    ['a page of DRAM that the cache has not', pte(1, pageOfDram(0)), ['points at DRAM page 0, not the cached page']],
    ['of a mapping that is gone', { ...pte(1, pageOfBlock(0)), maps: [] }, []],
  ])('%s', (_, state, expected) => expect(why(state)).toEqual(expected));

  test('the file moved and left the PTE', () => {
    expect(why(withInode(({ map }) => ({ map: runsSet(map, 0, 1, makeExtent(7, true), 0) })))).toEqual([
      'points at block 0, the file has block 7',
    ]);
  });
});

describe('facts of a moment', () => {
  const page = pageOfBlock(1);
  const read = (by: 'load' | 'pread' | 'rdma', tag: number): SimEvent => ({ type: 'read', page, tag, by });
  const stale = withDevice(({ unzeroed }) => ({ unzeroed: runsSet(unzeroed, 1, 1, 1, 0) }));
  test.each<[string, State, SimEvent, boolean]>([
    ['a load of what was there before', stale, read('load', 2), true],
    ['a pread', stale, read('pread', 2), true],
    ['zeroes', stale, read('load', 0), false],
    ['of a block written since', final, read('load', 2), false],
    ['by a stale MR: that is S2 and S5b', stale, read('rdma', 2), false],
  ])('S7: %s', (_, state, event, broken) => expect(S7.check(program, state, event) !== undefined).toBe(broken));

  const wrote = (by: 'store' | 'pwrite' | 'dio', owners: number): SimEvent => ({ type: 'wrote', page, tag: 2, by, owners });
  test.each<[string, SimEvent, boolean]>([
    ['a store into a shared block', wrote('store', 2), true],
    ['O_DIRECT', wrote('dio', 2), true],
    ['into a block of one owner', wrote('store', 1), false],
    ['pwrite is no CPU store', wrote('pwrite', 2), false],
  ])('S4: %s', (_, event, broken) => expect(S4.check(program, final, event) !== undefined).toBe(broken));

  const moved = (kind: 'rdma_read' | 'rdma_write'): SimEvent =>
    ({ type: 'transferred', dma: 0, kind, mr: 0, slot: 1, page, tag: 2, inode: 0, index: 1 });
  test.each<[string, State, SimEvent, boolean]>([
    ['a write through a read-only pin', final, moved('rdma_write'), true],
    ['a read', final, moved('rdma_read'), false],
    ['a write through a writable one', withMr({ writable: true }), moved('rdma_write'), false],
  ])('S8: %s', (_, state, event, broken) => expect(S8.check(program, state, event) !== undefined).toBe(broken));

  test.each<[string, State, boolean]>([
    ['after dereg', withMr({ state: 'destroyed' }), true],
    ['while it drains', withMr({ state: 'revoked' }), false],
    ['before', final, false],
  ])('S12: a DMA %s', (_, state, broken) => expect(S12.check(program, state, moved('rdma_read')) !== undefined).toBe(broken));
}); // prettier-ignore
