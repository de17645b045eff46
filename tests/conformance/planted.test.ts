// A comparison that notices nothing is worth nothing: wrong rules in the model, and how many recordings then differ.
import { describe, expect, test } from 'vitest';
import { runsEach } from '../../src/base/runs.ts';
import { compare, type Comparison } from '../../src/conformance/compare.ts';
import { editInode } from '../../src/sim/model/draft.ts';
import { extentBlock } from '../../src/sim/model/ids.ts';
import type { KnobName, Knobs } from '../../src/sim/model/knobs.ts';
import { setEntry } from '../../src/sim/ops/pageTables.ts';
import { LOAD, STORE } from '../../src/sim/ops/faults.ts';
import { LAYOUT } from '../../src/sim/ops/layoutOps.ts';
import type { Ctx, FrameOf } from '../../src/sim/ops/machine.ts';
import { draftOf, go } from '../../src/sim/ops/machine.ts';
import { PREAD, PWRITE } from '../../src/sim/ops/rwOps.ts';
import { KERNEL_PROFILES } from '../../src/sim/policies/kernel.ts';
import { inodeOf } from '../../src/sim/query/inodes.ts';
import { differing, preparedRecordings, withHandlers, withKernel, withKnob, withProgram, type Compare } from '../support/plantRule.ts'; // prettier-ignore
import { shortName } from '../support/recordingPack.ts';

/** Whoever owns a block answers for its pins, whether it ever faulted it in or not. */
function scanOwned(c: Ctx, f: FrameOf<'layout'>): void {
  const { map } = inodeOf(draftOf(c), f.inode);
  editInode(c.e, f.inode);
  runsEach(map, 0, Number.MAX_SAFE_INTEGER, (at, len, value, step) => {
    for (let i = 0; i < len; i++) setEntry(c, f.inode, at + i, extentBlock(value + i * step));
  });
  T4?.(c, f);
}
const T4 = LAYOUT.t4;

const swapped: Compare = (prepared) =>
  compare(prepared, ({ program, kernel }) => ({
    program,
    kernel: { '6.1': KERNEL_PROFILES['6.12'], '6.12': KERNEL_PROFILES['6.1'], '7.0': kernel }[program.kernel],
  }));

describe('a wrong rule is noticed by so many recordings', () => {
  test.each<[string, number, Compare]>([
    ['a file that nobody maps is scanned all the same', 10, withKernel({ scanNeedsMapping: false })],
    ['the scan looks at the blocks that the file owns', 2, withHandlers(LAYOUT, { t4: scanOwned })],
    ['the scan looks at the range only', 64, withKnob('layout.scope', 'range')],
    ['6.1 and 6.12 swapped', 13, swapped],
    ['ext4 as XFS', 8, withProgram(({ fs }) => ({ fs: { ...fs, type: fs.type === 'ext4' ? 'xfs' : fs.type } }))],
    ['XFS as ext4', 66, withProgram(({ fs }) => ({ fs: { ...fs, type: fs.type === 'xfs' ? 'ext4' : fs.type } }))],
    ['XFS frees a block before the log is committed', 6, withProgram(({ fs }) => ({ fs: { ...fs, log: 'sync' } }))],
    ['no DAX', 182, withProgram(({ fs }) => ({ fs: { ...fs, dax: 'never' } }))],
    ['DAX for all', 123, withProgram(({ fs }) => ({ fs: { ...fs, dax: 'always' } }))],
    [
      'a private mapping is shared',
      30,
      withProgram(({ steps }) => ({
        steps: steps.map((step) => ({
          ...step,
          op: { ...step.op, ...(step.op.verb === 'mmap' && step.op.source === 'file' ? { private: false } : {}) },
        })),
      })),
    ],
    ['evict waits for pins', 6, withKernel({ evictWaits: true })],
    ['a load of a shared block leaves other PTEs', 2, withKernel({ loadZapsShared: false })],
    ['pwrite leaves PTE and entry on the old block', 1, withKernel({ cowWriteInvalidates: false })],
    ['a READ MR pins with write', 4, withKernel({ pinsForceWrite: true })],
    ['a write pin of the page cache is admitted', 3, withKernel({ cacheWritePinRefused: false })],
    ['who has no on-demand paging says EINVAL', 3, withKernel({ odpRefusal: 'EINVAL' })],
  ])('%s: %i', (_rule, expected, compared) => {
    expect(differing(compared).map(({ recording }) => shortName(recording))).toHaveLength(expected);
  });
});

const firstDifference = (compared: Comparison): string =>
  compared.status === 'differs' ? compared.differences.slice(0, 1).map(({ n, what }) => `${n} ${what}`).join('') : compared.status; // prettier-ignore

function compareNamed(name: string, compared: Compare): string {
  const prepared = preparedRecordings().find(({ recording }) => shortName(recording) === name);
  return prepared === undefined ? 'no such recording' : firstDifference(compared(prepared));
}

describe('where it is noticed first', () => {
  test.each<[KnobName, Knobs[KnobName], string, string]>([
    ['layout.scope', 'range', '6.12 xfs-dax P03', '7 fallocate'],
    ['layout.onPin', 'ignore', '6.12 xfs-dax P01', '7 ftruncate'],
    ['layout.onPin', 'etxtbsy', '6.12 xfs-dax P01', '7 ftruncate'],
    ['layout.onPin', 'revoke', '6.12 xfs-dax P01', 'reproduced'],
    ['layout.onPin', 'rewrite', '6.12 xfs-dax P01', '7 ftruncate'],
    ['layout.lease', 'none', '6.12 xfs-dax E20', '5 truncate(path)'],
    ['layout.lease', 'exclusive', '6.12 xfs-dax E20', '5 truncate(path)'],
    ['file.immutable', 'off', '6.12 xfs-pc E22', '3 swapon'],
    ['file.immutable', 'immutable', '6.12 xfs-pc E22', '6 pwrite'],
    ['reflink.onPin', 'allow', '6.12 xfs-dax P13', '8 clonerange'],
    ['reflink.onPin', 'etxtbsy', '6.12 xfs-dax P13', '8 clonerange'],
    ['reflink.onPin', 'copy', '6.12 xfs-dax P13', '8 clonerange'],
    ['free.onPin', 'defer', '6.12 xfs-dax P12', '14 C[1]'],
    ['write.onPin', 'wait', '6.12 xfs-dax P16', '11 store'],
    ['write.onPin', 'fail', '6.12 xfs-dax P16', '11 store'],
    ['pin.readonly', 'unshare', '6.12 xfs-dax P16', '10 A[0]'],
    ['pin.longterm', 'allow', '6.12 xfs-dax R01', '5 ibv_reg_mr'],
    ['pin.longterm', 'never', '6.12 xfs-dax R03', '3 ibv_reg_mr'],
    ['hw.odp', 'on', '6.12 xfs-dax R01', '17 ibv_reg_mr'],
    ['fs.reflink', 'off', '6.12 xfs-dax E08', '9 clonerange'],
    ['fs.punch', 'off', '6.12 xfs-dax E04', '7 fallocate'],
    ['fs.shrink', 'etxtbsy', '6.12 xfs-dax E03', '8 ftruncate'],
  ])('%s=%s: %s', (knob, value, name, difference) => {
    expect(compareNamed(name, withKnob(knob, value))).toBe(difference);
  });

  test.each<[string, Compare, string, string]>([
    ['a load of a shared block zaps nothing', withHandlers(LOAD, { sharedZap: (c) => go(c, 'block') }), '6.12 xfs-dax E08', '12 m1, page 0'],
    ['a COW break by store zaps nothing', withHandlers(STORE, { c2: (c) => go(c, 'c3') }), '6.12 xfs-dax E08', '14 m2, page 1'],
    ['a COW break by store leaves the DAX entry', withHandlers(STORE, { c3: (c) => go(c, 'c4') }), '6.12 xfs-dax P16', '20 ftruncate'],
    ['a store into a hole zaps no zero page', withHandlers(STORE, { zap: (c) => go(c, 'entry') }), '6.12 xfs-dax E19', '7 m2, page 1'],
    ['pwrite zaps nothing', withHandlers(PWRITE, { zap: (c, f) => go(c, f.y < 0 ? 'write' : 'copy') }), '6.12 xfs-dax E09', '8 m1, page 1'],
    ['a layout operation zaps nothing', withHandlers(LAYOUT, { t3: (c) => go(c, 't4') }), '6.12 xfs-dax E03', '8 m1, page 0'],
    ['a layout operation removes nothing', withHandlers(LAYOUT, { t6: (c) => go(c, 't7') }), '6.12 xfs-dax E03', '8 A[2]'],
    ['pread reads zeroes', withHandlers(PREAD, { read: (c) => go(c, 'unlock', { ret: '.' }) }), '6.12 xfs-dax E01', '7 value of pread'],
  ])('%s', (_rule, compared, name, difference) => {
    expect(compareNamed(name, compared)).toBe(difference);
  }); // prettier-ignore
});
