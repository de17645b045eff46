// Properties that no program of this build breaks: shown on states and facts made by hand, as a wrong rule would leave
// them, and beside it the same thing done right.
import { describe, expect, test } from 'vitest';
import { runsClear, runsSet } from '../../../src/base/runs.ts';
import { S11 } from '../../../src/sim/invariants/accounting.ts';
import { S12, S4, S7, S8 } from '../../../src/sim/invariants/coherence.ts';
import { L7 } from '../../../src/sim/invariants/collateral.ts';
import { L8 } from '../../../src/sim/invariants/errnoContract.ts';
import { F1, featuresRefused } from '../../../src/sim/invariants/features.ts';
import type { Doer } from '../../../src/sim/invariants/finding.ts';
import { NOBODY } from '../../../src/sim/invariants/finding.ts';
import { L6 } from '../../../src/sim/invariants/pinLeak.ts';
import { S1 } from '../../../src/sim/invariants/pins.ts';
import { S6 } from '../../../src/sim/invariants/ptes.ts';
import { L5 } from '../../../src/sim/invariants/spaceReclaim.ts';
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
    [
      'of a private mapping',
      { ...pte(1, pageOfBlock(0)), maps: pte(1, pageOfBlock(0)).maps.map((map) => ({ ...map, private: true })) },
      [],
    ],
    ['of a mapping that is gone', { ...pte(1, pageOfBlock(0)), maps: [] }, []],
  ])('%s', (_, state, expected) => expect(why(state)).toEqual(expected));

  test('the file moved and left the PTE', () => {
    expect(why(withInode(({ map }) => ({ map: runsSet(map, 0, 1, makeExtent(7, true), 0) })))).toEqual([
      'points at block 0, the file has block 7',
    ]);
  });
});

describe('S1', () => {
  const freed = withDevice(({ use }) => ({ use: runsSet(use, 1, 1, 0, 0) }));
  const fenced = (index: number): State => ({
    ...freed,
    mrs: freed.mrs.map((mr) => ({ ...mr, state: 'revoked' as const })),
    dmas: freed.dmas.map((dma) => ({ ...dma, phase: 'posted' as const, kind: 'rdma_read' as const, mr: 0, index })),
  });
  test.each<[string, State, readonly string[]]>([
    ['a live MR over a free block', freed, ['mr:0:1:1']],
    ['a fenced one with a DMA in flight to it', fenced(1), ['mr:0:1:1']],
    ['with a DMA to another page', fenced(0), []],
    ['with none', { ...fenced(1), dmas: [] }, []],
  ])('%s', (_, state, keys) => expect(S1.check(program, state).map(({ key }) => key)).toEqual(keys));
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
  ])('S7: %s', (_, state, event, broken) => expect(S7.check(program, state, event, NOBODY) !== undefined).toBe(broken));

  const wrote = (by: 'store' | 'pwrite' | 'dio', owners: number): SimEvent => ({ type: 'wrote', page, tag: 2, by, owners });
  test.each<[string, SimEvent, boolean]>([
    ['a store into a shared block', wrote('store', 2), true],
    ['O_DIRECT', wrote('dio', 2), true],
    ['into a block of one owner', wrote('store', 1), false],
    ['pwrite is no CPU store', wrote('pwrite', 2), false],
  ])('S4: %s', (_, event, broken) => expect(S4.check(program, final, event, NOBODY) !== undefined).toBe(broken));

  const moved = (kind: 'rdma_read' | 'rdma_write'): SimEvent =>
    ({ type: 'transferred', dma: 0, kind, mr: 0, slot: 1, page, tag: 2, inode: 0, index: 1 });
  test.each<[string, State, SimEvent, boolean]>([
    ['a write through a read-only pin', final, moved('rdma_write'), true],
    ['a read', final, moved('rdma_read'), false],
    ['a write through a writable one', withMr({ writable: true }), moved('rdma_write'), false],
  ])('S8: %s', (_, state, event, broken) => expect(S8.check(program, state, event, NOBODY) !== undefined).toBe(broken));

  test.each<[string, State, boolean]>([
    ['after dereg', withMr({ state: 'destroyed' }), true],
    ['while it drains', withMr({ state: 'revoked' }), false],
    ['after a revoke has cleared the table', withMr({ state: 'revoked', mtt: [] }), true],
    ['before', final, false],
  ])('S12: a DMA %s', (_, state, broken) => expect(S12.check(program, state, moved('rdma_read'), NOBODY) !== undefined).toBe(broken));
}); // prettier-ignore

describe('L5', () => {
  const truncate: Doer = { task: 0, op: { verb: 'ftruncate', file: 0, size: 1 } };
  const freed = (to: 'free' | 'busy' | 'zombie'): SimEvent => ({ type: 'freed', block: 1, len: 2, to, pins: to === 'zombie' ? 1 : 0 });
  const returned = (result: string): SimEvent => ({ type: 'returned', task: 0, result });
  const alone = withDevice(({ use }) => ({ use: runsSet(use, 0, 3, 1, 0) }));
  const failing: State = {
    ...final,
    tasks: final.tasks.map((task, id) => id === 0 ? { ...task, frames: [{ fn: 'layout', pc: 't7', inode: 0, op: truncate.op ?? { verb: 'wait' }, ret: 'ENOSPC' }] } : task),
  };
  test.each<[string, State, SimEvent, Doer, boolean]>([
    ['freed blocks become zombies', final, freed('zombie'), truncate, true],
    ['the work of an exit', final, freed('zombie'), { task: 0 }, true],
    ['freed', final, freed('free'), truncate, false],
    ['busy counts as free', final, freed('busy'), truncate, false],
    ['of an operation that found no room and fails', failing, freed('zombie'), truncate, false],
    ['a pinned block stays in the truncated range', alone, returned('ok'), truncate, true],
    ['with another owner it would not have been freed', final, returned('ok'), truncate, false],
    ['the operation was refused', alone, returned('ETXTBSY'), truncate, false],
    ['in the range of a punch', alone, returned('ok'), { task: 0, op: { verb: 'fallocate', file: 0, mode: 'punch', off: 1, len: 1 } }, true],
    ['a zero keeps as many blocks as it frees', alone, returned('ok'), { task: 0, op: { verb: 'fallocate', file: 0, mode: 'zero', off: 1, len: 1 } }, false],
    ['of madvise remove', alone, returned('ok'), { task: 0, op: { verb: 'madvise', map: 0, advice: 'remove', off: 1, len: 1 } }, true],
    ['madvise dontneed frees nothing', alone, returned('ok'), { task: 0, op: { verb: 'madvise', map: 0, advice: 'dontneed', off: 1, len: 1 } }, false],
  ])('%s', (_, state, event, by, broken) => expect(L5.check(program, state, event, by) !== undefined).toBe(broken));

  test('names the blocks and who pins them', () => {
    expect(L5.check(program, alone, returned('ok'), truncate)?.message).toBe(
      'ftruncate succeeds, but A[1] keeps the pinned block 1: free rises by 1 less (pinned by r[1])',
    );
    expect(L5.check(program, final, freed('zombie'), truncate)?.message).toBe(
      'ftruncate gives up blocks 1-2, but their pins keep them from the allocator: free rises by 2 less (pinned by r[1])',
    );
  });
}); // prettier-ignore

describe('L6', () => {
  const dead = (handles: readonly number[]): State => ({
    ...final,
    procs: [
      ...final.procs.map((proc) => ({ ...proc, state: 'killed' as const })),
      { state: 'running', fate: 'exited', opens: [], handle: 1, handles },
    ],
  });
  test.each<[string, State, readonly string[]]>([
    ['everybody lives', final, []],
    ['its process is dead, and nobody has the handle', dead([1]), ['mr:0']],
    ['somebody else has the handle', dead([0, 1]), []],
    ['it pins nothing', { ...dead([1]), mrs: dead([1]).mrs.map((mr) => ({ ...mr, pins: [] })) }, []],
    [
      'its process is dying',
      { ...final, procs: final.procs.map((proc) => ({ ...proc, state: 'dying' as const })) },
      [],
    ],
    [
      'a pipe of a dead process',
      { ...dead([0]), pipes: [{ phase: 'full', proc: 0, page: 1, inode: 0, fileIndex: 1 }] },
      ['pipe ?'],
    ],
  ])('%s', (_, state, keys) => expect(L6.check(program, state).map(({ key }) => key)).toEqual(keys));
});

describe('L7', () => {
  const sacrificed = (victim: { mr: number } | { proc: number }): SimEvent => ({ type: 'sacrificed', victim, knob: 'layout.onPin' });
  const two = programOf('title "t"\nfile A ab\np m = mmap A\nq ftruncate A 1\n');
  const by = (task: number): Doer => ({ task, op: { verb: 'ftruncate', file: 0, size: 0 } });
  test.each<[string, SimEvent, Doer, boolean]>([
    ['the MR of another', sacrificed({ mr: 0 }), by(1), true],
    ['its own MR', sacrificed({ mr: 0 }), by(0), false],
    ['another process', sacrificed({ proc: 0 }), by(1), true],
    ['itself', sacrificed({ proc: 0 }), by(0), false],
    ['a kill that the text asks for', { type: 'killed', proc: 0 }, { task: 1, op: { verb: 'kill', actor: 0 } }, false],
  ])('%s', (_, event, doer, broken) => expect(L7.check(two, final, event, doer) !== undefined).toBe(broken));
}); // prettier-ignore

describe('L8', () => {
  const refusal = (errno: string, knob?: 'file.immutable' | 'layout.onPin'): SimEvent =>
    ({ type: 'refused', errno, why: 'so', check: 'pins', ...(knob === undefined ? {} : { knob }) });
  const marked = (value: string) => programOf(`title "t"\noption wait file.immutable=${value}\nfile A a\np pread A 0\n`);
  const truncate: Doer = { task: 0, op: { verb: 'ftruncate', file: 0, size: 0 } };
  const punch: Doer = { task: 0, op: { verb: 'fallocate', file: 0, mode: 'punch', off: 0, len: 1 } };
  const clone: Doer = { task: 0, op: { verb: 'reflink', src: 0, dst: 0 } };
  const write: Doer = { task: 0, op: { verb: 'pwrite', file: 0, index: 0, tag: 1 } };
  const interrupted: SimEvent = { type: 'returned', task: 0, result: 'EINTR' };
  test.each<[string, Doer, SimEvent, boolean]>([
    ['ftruncate ETXTBSY for a pin', truncate, refusal('ETXTBSY', 'layout.onPin'), true],
    ['for a swap file it is listed', truncate, refusal('ETXTBSY', 'file.immutable'), false],
    ['pwrite lists it for nothing', write, refusal('ETXTBSY', 'file.immutable'), true],
    ['ftruncate EOPNOTSUPP', truncate, refusal('EOPNOTSUPP'), true],
    ['fallocate EOPNOTSUPP', punch, refusal('EOPNOTSUPP'), false],
    ['ftruncate ENOSPC', truncate, refusal('ENOSPC'), true],
    ['fallocate ENOSPC', punch, refusal('ENOSPC'), false],
    ['pwrite ENOSPC', write, refusal('ENOSPC'), false],
    ['ftruncate interrupted', truncate, interrupted, false],
    ['FICLONE interrupted', clone, interrupted, true],
    ['ENOENT is of open(2)', clone, refusal('ENOENT'), false],
    ['what no list is about', { task: 0, op: { verb: 'munmap', map: 0 } }, refusal('EIO'), false],
    ['the work of nobody', NOBODY, refusal('EIO'), false],
  ])('%s', (_, by, event, broken) => expect(L8.check(marked('swapfile'), final, event, by) !== undefined).toBe(broken));

  test('an immutable file that is no swap file is outside of every list', () => {
    expect(L8.check(marked('immutable'), final, refusal('ETXTBSY', 'file.immutable'), truncate)?.message).toBe(
      'ftruncate of p returns ETXTBSY: so; ftruncate(2) does not list it for this cause',
    );
  });
}); // prettier-ignore

describe('F1', () => {
  const listOf = (option: string): string =>
    featuresRefused(programOf(`title "t"\n${option}\nfile A a\np m = mmap A\n`)).join(' ');
  test.each([
    ['option mainline', ''],
    ['option wait', ''],
    ['option static-fs', 'reflink punch shrink'],
    ['option wait fs.reflink=off', 'reflink'],
    ['fs xfs reflink=0\noption static-fs', 'punch shrink'],
    ['option odp-only', 'mrs'],
    ['option device-dax', 'reflink punch shrink names'],
  ])('%s', (option, features) => expect(listOf(option)).toBe(features));

  test('is met by who asks for it, and tells the list', () => {
    const refused: SimEvent = {
      type: 'refused',
      errno: 'EOPNOTSUPP',
      why: 'off',
      check: 'features',
      knob: 'fs.reflink',
    };
    const by: Doer = { task: 0, op: { verb: 'reflink', src: 0, dst: 0 } };
    const frozen = programOf('title "t"\noption static-fs\nfile A a\np reflink A C\n');
    expect(F1.check(frozen, final, refused, by)?.message).toBe(
      'reflink of p is refused, which mainline offers (reflink); this option refuses: reflink, punch, shrink',
    );
    expect(F1.check(program, final, refused, by)).toBeUndefined();
  });
});
