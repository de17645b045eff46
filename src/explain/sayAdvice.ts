/** Sentences of madvise. */
import { mapName } from '../sim/query/naming.ts';
import { anonFreedClause, freedClause, sentence, zapCount } from './effects.ts';
import { count, pteName } from './names.ts';
import { keptText } from './sayMemory.ts';
import { punchText } from './sayLayout.ts';
import type { OpOf, Told } from './told.ts';

export function sayMadvise(told: Told, op: OpOf<'madvise'>): string {
  if (op.advice === 'remove') return sayRemove(told, op);
  const zapped = zapCount(told);
  const range = pteName(told.program, op.map, op.off, op.len);
  const what = zapped === 0 ? `finds no PTE in ${range}` : `zaps ${count(zapped, 'PTE')} of ${range}`;
  const next = zapped === 0 ? '' : `, so the next access faults again${keptText(told, op.map)}`;
  return sentence(`madvise dontneed ${what}${next}`, anonFreedClause(told), freedClause(told));
}

/** MADV_REMOVE is fallocate punch of the file behind the range. */
function sayRemove(told: Told, op: OpOf<'madvise'>): string {
  const mapping = told.state.maps[op.map];
  if (mapping === undefined || mapping.inode < 0)
    return sentence(`madvise remove finds no file behind ${mapName(told.program, op.map)}`);
  return punchText(told, { call: 'madvise remove', inode: mapping.inode, off: mapping.off + op.off, len: op.len });
}
