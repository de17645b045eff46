/** Keeps address bar and title equal to what is shown, so that a reload or a copied address opens the same moment. */
import { openAddress } from '../store/actions.ts';
import { formatAddress, parseAddress } from '../store/address.ts';
import { hasErrors, page, pageStore, type Screen } from '../store/store.ts';

/** Browsers refuse more than some 100 changes in half a minute; playing at 4× would make them. */
const SETTLED_MS = 300;
/** What the lab opens with; its code, which knows, may not be here yet. */
const FIRST_WORLD = 'default';

function addressOf(screen: Screen): string | undefined {
  const { labPlace, scenario, shown, preset, kernel, problems } = page();
  if (screen === 'lab') return labPlace === undefined ? undefined : formatAddress({ ...labPlace, lab: labPlace.world });
  // A text with errors is open all the same; what is shown may be of another.
  const open = hasErrors(problems) ? scenario : shown?.scenario;
  if (open === undefined) return undefined;
  return formatAddress({
    scenario: open,
    at: shown?.scenario === open ? shown.moment.at : 0,
    ...(preset === undefined ? {} : { preset }),
    ...(kernel === undefined ? {} : { kernel }),
  });
}

const addressNow = (): string | undefined => addressOf(page().screen);

function titleNow(): string {
  const { screen, shown } = page();
  return `${screen === 'lab' ? 'Options lab' : (shown?.program.title ?? '')} - Daxpin`;
}

const isOfLab = (hash: string): boolean => parseAddress(hash).lab !== undefined;

/** The lab and the player are places of their own: the browser's Back goes from the one to the other. */
function goBetween(): void {
  const { screen, scenario, labPlace } = page();
  // The address led here.
  if (isOfLab(location.hash) === (screen === 'lab') && location.hash !== '') return;
  const left = addressOf(screen === 'lab' ? 'player' : 'lab');
  if (left !== undefined && location.hash !== '') history.replaceState(history.state, '', left);
  history.pushState(null, '', formatAddress(screen === 'lab' ? { lab: labPlace?.world ?? FIRST_WORLD } : { scenario }));
}

/** Opens what the address names, and follows both ways from then on. */
export function followAddress(): void {
  // A page from a file or a frame without an address of its own may not rewrite it.
  const mayWrite = /^https?:$/.test(location.protocol);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const address = addressNow();
    if (address !== undefined && address !== location.hash) history.replaceState(history.state, '', address);
  };
  pageStore.subscribe((now, before) => {
    const moved = now.screen !== before.screen;
    if (!moved && now.shown === before.shown && now.scenario === before.scenario && now.labPlace === before.labPlace) return; // prettier-ignore
    if (moved || now.shown?.program !== before.shown?.program) document.title = titleNow();
    if (!mayWrite) return;
    clearTimeout(timer);
    if (moved) goBetween();
    timer = setTimeout(write, SETTLED_MS);
  });
  window.addEventListener('hashchange', () => {
    if (location.hash !== addressNow()) openAddress(parseAddress(location.hash));
  });
  openAddress(parseAddress(location.hash));
}
