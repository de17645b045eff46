/** Keeps address bar and title equal to what is shown, so that a reload or a copied address opens the same moment. */
import { openAddress } from '../store/actions.ts';
import { formatAddress, parseAddress, type Address } from '../store/address.ts';
import { addressNow, addressOf } from '../store/addressNow.ts';
import { page, pageStore, type Page } from '../store/store.ts';

/** Browsers refuse more than some 100 changes in half a minute; playing at 4× would make them. */
const SETTLED_MS = 300;
/** What the lab opens with; its code, which knows, may not be here yet. */
const FIRST_WORLD = 'default';

const hashOf = (address: Address | undefined): string | undefined =>
  address === undefined ? undefined : formatAddress(address);

function titleNow(): string {
  const { screen, shown } = page();
  return `${screen === 'lab' ? 'Options lab' : (shown?.program.title ?? '')} - Daxpin`;
}

/** What the address tells of. */
const NAMED = [
  'screen', 'shown', 'scenario', 'labPlace', 'selected', 'grain', 'script',
] as const satisfies readonly (keyof Page)[]; // prettier-ignore

const isOfLab = (hash: string): boolean => parseAddress(hash).lab !== undefined;

/** The lab and the player are places of their own: the browser's Back goes from the one to the other. */
function goBetween(): void {
  const { screen, scenario, labPlace } = page();
  // The address led here.
  if (isOfLab(location.hash) === (screen === 'lab') && location.hash !== '') return;
  const left = hashOf(addressOf(screen === 'lab' ? 'player' : 'lab'));
  if (left !== undefined && location.hash !== '') history.replaceState(history.state, '', left);
  history.pushState(null, '', formatAddress(screen === 'lab' ? { lab: labPlace?.world ?? FIRST_WORLD } : { scenario }));
}

/** Opens what the address names, and follows both ways from then on. */
export function followAddress(): void {
  // A page from a file or a frame without an address of its own may not rewrite it.
  const mayWrite = /^https?:$/.test(location.protocol);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const address = hashOf(addressNow());
    if (address !== undefined && address !== location.hash) history.replaceState(history.state, '', address);
  };
  pageStore.subscribe((now, before) => {
    const moved = now.screen !== before.screen;
    if (NAMED.every((field) => now[field] === before[field])) return;
    if (moved || now.shown?.program !== before.shown?.program) document.title = titleNow();
    if (!mayWrite) return;
    clearTimeout(timer);
    if (moved) goBetween();
    timer = setTimeout(write, SETTLED_MS);
  });
  window.addEventListener('hashchange', () => {
    if (location.hash !== hashOf(addressNow())) openAddress(parseAddress(location.hash));
  });
  openAddress(parseAddress(location.hash));
}
