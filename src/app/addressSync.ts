/** Keeps address bar and title equal to what is shown, so that a reload or a copied address opens the same moment. */
import { openAddress } from '../store/actions.ts';
import { formatAddress, parseAddress } from '../store/address.ts';
import { hasErrors, page, pageStore } from '../store/store.ts';

/** Browsers refuse more than some 100 changes in half a minute; playing at 4× would make them. */
const SETTLED_MS = 300;

function addressNow(): string | undefined {
  const { scenario, shown, preset, kernel, problems } = page();
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
    if (now.shown === before.shown && now.scenario === before.scenario) return;
    if (now.shown?.program !== before.shown?.program) document.title = `${now.shown?.program.title ?? ''} - Daxpin`;
    if (!mayWrite) return;
    clearTimeout(timer);
    timer = setTimeout(write, SETTLED_MS);
  });
  window.addEventListener('hashchange', () => {
    if (location.hash !== addressNow()) openAddress(parseAddress(location.hash));
  });
  openAddress(parseAddress(location.hash));
}
