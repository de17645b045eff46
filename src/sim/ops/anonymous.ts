/**
 * Pages of DRAM, and the private side of a page fault: do_anonymous_page, do_cow_fault, do_wp_page (mm/memory.c). A
 * page of anonymous memory lives while a PTE or a pin points at it.
 */
import { runsGet } from '../../base/runs.ts';
import type { DramId, MapId, Page, TagId, Vpage } from '../model/ids.ts';
import { pageOfDram, ptePage, ZERO_PAGE, ZERO_TAG } from '../model/ids.ts';
import { editDram } from '../model/draft.ts';
import type { DramPage } from '../model/state.ts';
import { NO_DRAM } from '../model/state.ts';
import { isAnon, isExclusive } from '../query/anonymous.ts';
import { mappingOf, pageTag } from '../query/inodes.ts';
import type { Ctx } from './machine.ts';
import { draftOf, emit } from './machine.ts';
import { setPte, zapRange } from './pageTables.ts';

/** Takes the first free page of DRAM. */
export function newDram(c: Ctx, record: Partial<DramPage>): DramId {
  const table = draftOf(c).dram;
  const free = table.findIndex((page) => !page.live);
  const dram = free === -1 ? table.length : free;
  if (free === -1) draftOf(c).dram = [...table, { ...NO_DRAM }];
  Object.assign(editDram(c.e, dram), NO_DRAM, { live: true }, record);
  return dram;
}

export const newAnonPage = (c: Ctx, tag: TagId): DramId => newDram(c, { anon: true, tag });

/** A page of zeroes of its own, where nothing was: the first store to anonymous memory. */
export function mapFreshPage(c: Ctx, map: MapId, vpage: Vpage): void {
  const dram = newAnonPage(c, ZERO_TAG);
  emit(c, { type: 'anonMapped', map, vpage, dram });
  setPte(c, map, vpage, pageOfDram(dram), true);
}

/**
 * A store through a private mapping: the page that is mapped, or else `from`, is copied into a page of its own. One that
 * belongs to nobody else is kept. The file, and whoever else maps the page, notice nothing.
 */
export function ownPage(c: Ctx, map: MapId, vpage: Vpage, from: Page): void {
  const pte = runsGet(mappingOf(draftOf(c), map).ptes, vpage);
  const old = pte === undefined ? from : ptePage(pte);
  if (pte !== undefined && isAnon(draftOf(c), old) && isExclusive(draftOf(c), old, c.kernel.shortPinIsGet))
    return setPte(c, map, vpage, old, true);
  const tag = pageTag(draftOf(c), old);
  zapRange(c, map, vpage, vpage + 1);
  if (old === ZERO_PAGE && mappingOf(draftOf(c), map).source === 'anon') return mapFreshPage(c, map, vpage);
  const to = newAnonPage(c, tag);
  emit(c, { type: 'anonCopied', map, vpage, from: old, to, tag });
  setPte(c, map, vpage, pageOfDram(to), true);
}
