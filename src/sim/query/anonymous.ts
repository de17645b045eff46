/** Anonymous pages: who maps one, and whether who writes to it may keep it. */
import { runsEach, runsFirst } from '../../base/runs.ts';
import type { Page } from '../model/ids.ts';
import { dramOfPage, isDram, makePte, ptePage } from '../model/ids.ts';
import type { Mapping, State } from '../model/state.ts';
import { pinsOf } from './pins.ts';

export const isAnon = (state: State, page: Page): boolean =>
  isDram(page) && state.dram[dramOfPage(page)]?.anon === true;

/** PTEs of anonymous pages are never dirty: there is nothing to write them back to. */
const maps = (m: Mapping, page: Page): boolean =>
  m.live &&
  m.private &&
  (runsFirst(m.ptes, makePte(page, true, false), 0) !== undefined ||
    runsFirst(m.ptes, makePte(page, false, false), 0) !== undefined);

export const isAnonMapped = (state: State, page: Page): boolean => state.maps.some((m) => maps(m, page));

/** A pin that fork respects (FOLL_PIN: folio_needs_cow_for_dma). A plain reference (FOLL_GET) is none. */
export function isPinnedForDma(state: State, page: Page, shortPinIsGet: boolean): boolean {
  return pinsOf(state, page).some(({ kind }) => kind === 'longterm' || (kind === 'short' && !shortPinIsGet));
}

/**
 * Whether a page that is mapped read-only belongs to that one mapping, so that a write may reuse it (PageAnonExclusive,
 * wp_can_reuse_anon_folio). A page pinned for DMA was never shared by a fork; any other reference makes the writer move.
 */
export function isExclusive(state: State, page: Page, shortPinIsGet: boolean): boolean {
  if (isPinnedForDma(state, page, shortPinIsGet)) return true;
  if (pinsOf(state, page).length > 0) return false;
  let mappers = 0;
  for (const m of state.maps) if (maps(m, page)) mappers++;
  return mappers === 1;
}

/** Whether any page of a private mapping was copied: what fork has to copy PTEs for (vma_needs_copy: anon_vma). */
export function hasAnonPage(state: State, m: Mapping): boolean {
  let found = false;
  if (m.private)
    runsEach(m.ptes, 0, m.len, (_at, len, value, step) => {
      for (let i = 0; i < len && !found; i++) found = isAnon(state, ptePage(value + i * step));
      return found || undefined;
    });
  return found;
}
