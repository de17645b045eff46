// Every object has one name, wherever it is shown.
import { expect, test } from 'vitest';
import { blockList, callName, listOf, nameOf } from '../../src/explain/names.ts';
import type { Op } from '../../src/sim/model/op.ts';
import type { EntityRef } from '../../src/sim/model/state.ts';
import { play } from './support.ts';

const TEXT =
  'device 8\noption wait\nfile A ab\nfile B cd\napp m = mmap A\ndb m = mmap B\napp n = mmap B\napp mr = reg_mr m remote_read\npeer rdma_read mr 0\napp d = dio_write n 0\napp p = vmsplice n 1\nadmin unlink A';
const { program, outline, after } = play(TEXT);
const { state } = after(outline.turns.length);

test.each<[EntityRef, string]>([
  [{ type: 'block', block: 4 }, 'block 4'],
  [{ type: 'dram', dram: 2 }, 'DRAM page 2'],
  [{ type: 'file', inode: 0 }, 'file A (unlinked)'],
  [{ type: 'file', inode: 1 }, 'file B'],
  [{ type: 'extent', inode: 0, index: 1 }, 'A[1] (unlinked)'],
  [{ type: 'extent', inode: 1, index: 1 }, 'B[1]'],
  [{ type: 'map', map: 0 }, 'app: m'],
  [{ type: 'pte', map: 0, vpage: 1 }, 'app: m[1]'],
  [{ type: 'pte', map: 2, vpage: 1 }, 'n[1]'],
  [{ type: 'mr', mr: 0 }, 'mr'],
  [{ type: 'mtt', mr: 0, slot: 1 }, 'mr[1]'],
  [{ type: 'dma', dma: 0 }, 'd'],
  [{ type: 'dma', dma: 1 + 2 }, 'the RDMA read of peer'],
  [{ type: 'pipe', pipe: 0 }, 'pipe p'],
  [{ type: 'task', task: 0 }, 'app'],
  [{ type: 'lock', inode: 1, lock: 'i_rwsem' }, 'i_rwsem of B'],
])('%j is %s', (ref, name) => {
  expect(nameOf(program, state, ref)).toBe(name);
});

test.each<[readonly string[], string]>([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c and 3 more'],
])('%j as a list', (names, text) => {
  expect(listOf(names)).toBe(text);
});

test.each<[readonly number[], string]>([
  [[3], 'block 3'],
  [[0, 1, 2], 'blocks 0-2'],
  [[0, 2, 3, 7], 'blocks 0, 2-3 and 7'],
])('blocks %j', (blocks, text) => {
  expect(blockList(blocks)).toBe(text);
});

test.each<[Op, string]>([
  [{ verb: 'reflink', src: 0, dst: 1 }, 'FICLONE'],
  [{ verb: 'reflink', src: 0, dst: 1, range: { srcOff: 0, dstOff: 0, len: 1 } }, 'FICLONERANGE'],
  [{ verb: 'fallocate', file: 0, mode: 'punch', off: 0, len: 1 }, 'fallocate punch'],
  [{ verb: 'dio_read', dma: 0, map: 0, index: 0, tag: 0 }, 'O_DIRECT read'],
  [{ verb: 'ftruncate', file: 0, size: 1 }, 'ftruncate'],
])('%j is called %s', (op, name) => {
  expect(callName(op)).toBe(name);
});
