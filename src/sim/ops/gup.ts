/**
 * get_user_pages of one page: follow the PTE, else fault as a store (FOLL_WRITE) or a load. Returns `ok` and the page,
 * or EFAULT. Three rules make a pin fault though a PTE is there:
 *
 *     gup_must_unshare      a longterm pin through a private mapping copies the page of the file first, also for READ
 *                           (is_cow_mapping: PROT_WRITE does not matter); an anonymous page that a fork left shared is
 *                           not pinned either, by any pin but a plain reference
 *     pin.readonly=unshare  a read-only pin of a shared block breaks the COW first
 *     FOLL_FORCE (6.1)      with write through a read-only private mapping: a copy of one's own will do
 */
import { refuse } from '../policies/decision.ts';
import { pteWritable, ptePage } from '../model/ids.ts';
import type { MapId, Vpage } from '../model/ids.ts';
import type { Mapping } from '../model/state.ts';
import { readOnlyPinUnshares } from '../policies/pinning.ts';
import { isAnon, isExclusive } from '../query/anonymous.ts';
import { extentAt, inodeOf, mappingOf } from '../query/inodes.ts';
import { isShared } from './blocks.ts';
import { pteAt } from './faults.ts';
import type { Ctx, FrameOf, Procedure } from './machine.ts';
import { call, draftOf, faultFrame, go, refused, ret } from './machine.ts';
import { usesCache } from './pageCache.ts';

type Gup = FrameOf<'gup'>;

export const GUP: Procedure<'gup'> = {
  follow(c, f) {
    const map = mappingOf(draftOf(c), f.map);
    const pte = pteAt(c, f.map, f.vpage);
    const lent = f.write && map.live && !map.writable && !map.private;
    if (lent) ret(c, refused(c, refuse('EFAULT', 'the mapping is read-only', 'writable')));
    else if (pte !== undefined && suffices(c, f, pte)) ret(c, 'ok', { page: ptePage(pte) });
    else call(c, 'faulted', faultFrame(f.write || unshares(c, f, map) ? 'store' : 'load', f.map, f.vpage));
    return 'again';
  },
  faulted(c, f) {
    if (f.ret === 'ok') go(c, 'follow', { ret: '' });
    else ret(c, f.ret === 'EINTR' ? 'EINTR' : 'EFAULT');
    return 'again';
  },
};

/** What the verb takes: an MR pins for ever, O_DIRECT for a while, a pipe takes a plain reference. */
function takes(c: Ctx): 'longterm' | 'short' | 'get' {
  const frame = draftOf(c).tasks[c.task]?.frames[0];
  const verb = frame?.fn === 'op' ? frame.op.verb : undefined;
  if (verb === 'reg_mr') return 'longterm';
  return verb === 'vmsplice' || c.kernel.shortPinIsGet ? 'get' : 'short';
}

function suffices(c: Ctx, f: Gup, pte: number): boolean {
  const page = ptePage(pte);
  const map = mappingOf(draftOf(c), f.map);
  if (!isAnon(draftOf(c), page)) return f.write ? pteWritable(pte) : !unshares(c, f, map);
  if (pteWritable(pte) || (!f.write && takes(c) === 'get')) return true;
  return (!f.write || !map.writable) && isExclusive(draftOf(c), page, c.kernel.shortPinIsGet);
}

/** A read-only pin that wants a page of its own first. */
function unshares(c: Ctx, f: Gup, map: Mapping): boolean {
  if (f.write) return false;
  if (map.private && (takes(c) === 'longterm' || isSharedAnon(c, f))) return true;
  return f.unshare && sharedBehind(c, map, f.vpage);
}

function isSharedAnon(c: Ctx, f: Gup): boolean {
  const pte = pteAt(c, f.map, f.vpage);
  return pte !== undefined && isAnon(draftOf(c), ptePage(pte));
}

function sharedBehind(c: Ctx, { live, inode, off }: Mapping, vpage: Vpage): boolean {
  if (!live || inode < 0 || usesCache(c, inode) || c.program.fs.type === 'device-dax') return false;
  const extent = extentAt(inodeOf(draftOf(c), inode), off + vpage);
  return extent?.written === true && isShared(c, extent.block);
}

/** The frame that pins one page of a mapping. */
export function gupFrame(c: Ctx, map: MapId, vpage: Vpage, write: boolean): Gup {
  const unshare = readOnlyPinUnshares(c.program.option.knobs);
  return { fn: 'gup', pc: 'follow', map, vpage, write, unshare, ret: '' };
}

/**
 * Whether gup_fast takes the page without a look at the VMA: an anonymous page that is mapped as the pin wants it. This
 * is how a copied page of a private fsdax mapping passes where its VMA would be refused.
 */
export function isFastPinnable(c: Ctx, map: MapId, vpage: Vpage, write: boolean): boolean {
  const pte = pteAt(c, map, vpage);
  if (pte === undefined || !isAnon(draftOf(c), ptePage(pte))) return false;
  return pteWritable(pte) || (!write && isExclusive(draftOf(c), ptePage(pte), c.kernel.shortPinIsGet));
}
