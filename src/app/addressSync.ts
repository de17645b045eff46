/** Keeps address bar and title equal to what is shown, so that a reload or a copied address opens the same moment. */
import { formatLink, parseAddress, type Address } from '../store/address.ts';
import { addressNow, addressOf, hashOf } from '../store/addressNow.ts';
import { openHash } from '../store/links.ts';
import { OPEN_META } from '../store/openMeta.ts';
import { page, pageStore, type Page, type Screen } from '../store/store.ts';

/** Browsers refuse more than some 100 changes in half a minute; playing at 4× would make them. */
const SETTLED_MS = 300;
/** What the lab opens with; its code, which knows, may not be here yet. */
const FIRST_WORLD = 'default';

function titleNow(): string {
  const { screen, shown } = page();
  const title = shown?.program.title ?? '';
  return `${screen === 'lab' ? 'Options lab' : screen === 'compare' ? `Compare: ${title}` : title} - Daxpin`;
}

/** What the address tells of. */
const NAMED = [
  'screen', 'room', 'shown', 'scenario', 'labPlace', 'comparePlace', 'selected', 'theme', 'grain', 'script', 'view', 'hidden',
] as const satisfies readonly (keyof Page)[]; // prettier-ignore

function screenOf(hash: string): Screen {
  const { lab, compare, room } = parseAddress(hash);
  return lab !== undefined ? 'lab' : compare !== undefined ? 'compare' : room === true ? 'room' : 'player';
}

/** The screens are places of their own: the browser's Back goes from the one to the other. */
function goBetween(from: Screen): void {
  const { screen, scenario, labPlace } = page();
  // The address led here.
  if (screenOf(location.hash) === screen && location.hash !== '') return;
  const left = addressOf(from);
  const link = left === undefined ? undefined : hashOf(left);
  // One with a text in it takes a while, and has been in the bar since.
  if (typeof link === 'string' && location.hash !== '') history.replaceState(history.state, '', link);
  const first: Address = screen === 'lab' ? { lab: labPlace?.world ?? FIRST_WORLD } : { scenario };
  history.pushState(null, '', formatLink((screen === 'compare' || screen === 'room' ? addressOf(screen) : undefined) ?? first)); // prettier-ignore
}

/** A page from a file, or in a frame without an address of its own, may not be allowed to rewrite it. */
function attempt(write: () => void): boolean {
  try {
    write();
    return true;
  } catch {
    return false;
  }
}

/** Opens what the address names, and follows both ways from then on. */
export function followAddress(): void {
  let mayWrite = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /**
   * The address that this page knows of. Another one in the bar is on its way: the browser has gone there already, tells of
   * it next, and must not find it overwritten.
   */
  let known = location.hash;
  const write = async (): Promise<void> => {
    const mine = timer;
    const address = addressNow();
    if (address === undefined) return;
    const link = await hashOf(address);
    // Packing a text takes a moment, in which the view may have gone on.
    if (timer !== mine || location.hash !== known || link === known) return;
    mayWrite = attempt(() => history.replaceState(history.state, '', link));
    known = location.hash;
  };
  pageStore.subscribe((now, before) => {
    const moved = now.screen !== before.screen;
    if (NAMED.every((field) => now[field] === before[field])) return;
    if (moved || now.shown?.program !== before.shown?.program) document.title = titleNow();
    if (!mayWrite) return;
    clearTimeout(timer);
    if (moved) mayWrite = attempt(() => goBetween(before.screen));
    known = location.hash;
    timer = setTimeout(() => void write(), SETTLED_MS);
  });
  window.addEventListener('hashchange', () => {
    known = location.hash;
    openHash(known);
  });
  openHash(location.hash === '' ? savedHash() : location.hash);
}

/** A run that was saved as a page says in it what to open. */
const savedHash = (): string => document.querySelector<HTMLMetaElement>(`meta[name="${OPEN_META}"]`)?.content ?? '';
