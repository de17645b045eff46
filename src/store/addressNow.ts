/** The address of what is shown, and the link to it that can be given away. */
import { claimKey } from '../sim/query/claimKey.ts';
import { formatAddress, type Address } from './address.ts';
import { hasErrors, page, type Screen } from './store.ts';

/** Of the screen as it is, or as it was left; undefined: there is nothing to name yet. */
export function addressOf(screen: Screen): Address | undefined {
  const { labPlace, scenario, shown, preset, kernel, problems, grain, script, selected } = page();
  if (screen === 'lab') return labPlace === undefined ? undefined : { ...labPlace, lab: labPlace.world };
  // A text with errors is open all the same; what is shown may be of another.
  const open = hasErrors(problems) ? scenario : shown?.scenario;
  if (open === undefined) return undefined;
  return {
    scenario: open,
    at: shown?.scenario === open ? shown.moment.at : 0,
    ...(preset === undefined ? {} : { preset }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(selected === undefined ? {} : { selected: claimKey(selected) }),
    ...(grain === 'micro' ? { grain } : {}),
    ...(script ? { script } : {}),
  };
}

export const addressNow = (): Address | undefined => addressOf(page().screen);

/** The whole link to what is shown. Of a page opened from a file it works on that computer alone. */
export function linkNow(): string {
  const address = addressNow();
  const base = location.href.replace(/#.*$/s, '');
  return address === undefined ? base : base + formatAddress(address);
}
