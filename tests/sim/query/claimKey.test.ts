import { expect, test } from 'vitest';
import type { EntityRef } from '../../../src/sim/model/state.ts';
import { claimKey } from '../../../src/sim/query/claimKey.ts';

test.each<[EntityRef, string]>([
  [{ type: 'extent', inode: 0, index: 1 }, 'extent:0:1'],
  [{ type: 'pte', map: 0, vpage: 1 }, 'pte:0:1'],
  [{ type: 'mtt', mr: 0, slot: 1 }, 'mtt:0:1'],
  [{ type: 'dma', dma: 0 }, 'pin:dma:0'],
  [{ type: 'pipe', pipe: 2 }, 'pin:pipe:2'],
  [{ type: 'block', block: 7 }, 'block:7'],
  [{ type: 'dram', dram: 7 }, 'dram:7'],
  [{ type: 'file', inode: 3 }, 'file:3'],
  [{ type: 'map', map: 3 }, 'map:3'],
  [{ type: 'mr', mr: 3 }, 'mr:3'],
  [{ type: 'task', task: 3 }, 'task:3'],
  [{ type: 'lock', inode: 3, lock: 'i_rwsem' }, 'lock:3:i_rwsem'],
])('%j has the key %s', (ref, key) => {
  expect(claimKey(ref)).toBe(key);
});
