/** madvise(2) and msync(2): what a process says about the pages of a mapping. */
import type { Vpage } from '../model/ids.ts';
import type { Mapping } from '../model/state.ts';
import type { Refusal } from '../policies/decision.ts';
import { refuse } from '../policies/decision.ts';
import { inodeOf, mappingOf } from '../query/inodes.ts';
import { commitLog } from './blocks.ts';
import { finish } from './finish.ts';
import type { Ctx, Handler } from './machine.ts';
import { call, draftOf, emit, holdOpen, refused } from './machine.ts';
import { dropCache, writeBack } from './pageCache.ts';
import { cleanPtes, zapFile, zapRange } from './pageTables.ts';

/** MADV_DONTNEED: zap_page_range_single. MADV_REMOVE: vfs_fallocate of the file behind, which may wait as any punch. */
export const madvise: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'madvise') return undefined;
  const { map, advice, off, len } = f.op;
  const m = mappingOf(draftOf(c), map);
  const refusal = adviceRefused(m, f.op);
  if (refusal !== undefined) return finish(c, f, refused(c, refusal));
  emit(c, { type: 'advised', map, advice, vpage: off, len });
  const from = m.off + off;
  if (advice === 'dontneed') zapRange(c, map, off, off + len);
  else if (len > 0 && m.source === 'memfd') removeShmem(c, m, from, from + len);
  else if (len > 0) {
    holdOpen(c, [m.inode]);
    const { name } = inodeOf(draftOf(c), m.inode);
    const op = { verb: 'fallocate', file: name, mode: 'punch', off: from, len } as const;
    call(c, 'return', { fn: 'layout', pc: 'start', inode: m.inode, op, ret: '' });
    return 'again';
  }
  return finish(c, f, 'ok');
};

function adviceRefused(m: Mapping, op: { advice: string; off: Vpage; len: number }): Refusal | undefined {
  if (!m.live || op.off + op.len > m.len) return refuse('ENOMEM', 'nothing is mapped there', 'mapping');
  if (op.advice === 'dontneed') return undefined;
  if (m.source === 'anon') return refuse('EINVAL', 'there is no file behind anonymous memory', 'features');
  return m.private || !m.writable ? refuse('EACCES', 'the mapping is not shared and writable', 'writable') : undefined;
}

/** shmem_fallocate: shmem waits for nobody. */
function removeShmem(c: Ctx, { inode }: Mapping, from: number, to: number): void {
  zapFile(c, inode, from, to);
  dropCache(c, inode, from, to);
}

/** MS_SYNC: vfs_fsync_range of what is mapped, if it is mapped shared. */
export const msync: Handler<'op'> = (c, f) => {
  if (f.op.verb !== 'msync') return;
  const { live, source, private: isPrivate, inode, off, len } = mappingOf(draftOf(c), f.op.map);
  if (!live) return finish(c, f, refused(c, refuse('ENOMEM', 'nothing is mapped there', 'mapping')));
  if (source === 'file' && !isPrivate) {
    if (c.program.fs.type === 'device-dax')
      return finish(c, f, refused(c, refuse('EINVAL', 'device-dax has nothing to write back to', 'features')));
    cleanPtes(c, inode, off, off + len);
    writeBack(c, inode, off, off + len);
    commitLog(c);
  }
  finish(c, f, 'ok');
};
