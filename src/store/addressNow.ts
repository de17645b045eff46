/** The address of what is shown, and the link to it that can be given away. */
import { claimKey } from '../sim/query/claimKey.ts';
import { linkPlace } from '../io/linkPlace.ts';
import { formatLink, type Address } from './address.ts';
import { hasErrors, OWN, page, TRACE, type ComparePlace, type Screen } from './store.ts';

/** Of the screen as it is, or as it was left; undefined: there is nothing to name yet. */
export function addressOf(screen: Screen): Address | undefined {
  const {
    labPlace,
    comparePlace,
    room,
    scenario,
    shown,
    preset,
    kernel,
    problems,
    grain,
    script,
    selected,
    view,
    hidden,
  } = page();
  if (screen === 'lab') return labPlace === undefined ? undefined : { ...labPlace, lab: labPlace.world };
  // A text with errors is open all the same; what is shown may be of another.
  const open = hasErrors(problems) ? scenario : shown?.scenario;
  if (open === undefined) return undefined;
  const compared = screen === 'compare' ? comparePlace : undefined;
  const at = shown?.scenario === open ? (compared?.at ?? shown.moment.at) : 0;
  return {
    scenario: open,
    ...(shown === undefined || at === 0 ? {} : { place: linkPlace(shown.program, shown.outline, at) }),
    ...(preset === undefined ? {} : { preset }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(selected === undefined ? {} : { selected: claimKey(selected) }),
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(view === 'table' ? { view } : {}),
    ...(grain === 'micro' ? { grain } : {}),
    ...(script ? { script } : {}),
    ...(compared === undefined ? {} : comparedIn(compared)),
    ...(screen === 'room' ? { room: true } : {}),
    // A talk from a file is nobody else's.
    ...(screen === 'room' && room !== undefined && !room.talk.includes(':') ? room : {}),
  };
}

/** Of a place that is still looked for, as it was asked for. */
const comparedIn = ({ other, row, inRow, link }: ComparePlace): Address => ({ compare: other, ...(row === undefined ? {} : { row }), ...(inRow === undefined ? {} : { inRow }), ...(link === undefined ? {} : { place: link }) }); // prettier-ignore

export const addressNow = (): Address | undefined => addressOf(page().screen);

/** What the address bar shows. A text that does not come with the page is in it, unless it is too long for a bar. */
export function hashOf(shownAs: Address): Promise<string> | string {
  const address = page().embedded ? framed(shownAs) : shownAs;
  const { scenario = '' } = address;
  const text = address.lab === undefined && isVisitors(scenario) ? page().text : undefined;
  if (text === undefined) return formatLink(address);
  return withText(address, text).then((link) => (link.length > MOST_IN_BAR ? formatLink(address) : link));
}

/** Of a frame, its theme is its own. */
function framed({ script: _script, view: _view, ...address }: Address): Address {
  const { theme } = page();
  return { ...address, embed: true, ...(theme === undefined ? {} : { theme }) };
}

/** What stands behind the `#` of a link to give away. */
export const hashNow = (screen = page().screen): Promise<string> => hashTo(addressOf(screen));

async function hashTo(address: Address | undefined): Promise<string> {
  if (address === undefined) return '';
  const { scenario = '', lab } = address;
  if (lab !== undefined || !isVisitors(scenario)) return formatLink(address);
  // By its text alone: the name is of this browser, where the text may go on changing.
  const { scenario: _own, ...rest } = address;
  return withText(rest, page().text);
}

/** The whole link to what is shown. Of a page opened from a file it works on that computer alone. */
export const linkNow = async (screen = page().screen): Promise<string> => baseNow() + (await hashNow(screen));

/** The same for a frame: of the run alone, in the lab or beside another too. */
export async function embedLinkNow(): Promise<string> {
  const address = addressOf('player');
  return baseNow() + (await hashTo(address === undefined ? undefined : framed(address)));
}

const baseNow = (): string => location.href.replace(/#.*$/s, '');

/** Browsers take more, but nobody can read past it. */
const MOST_IN_BAR = 8000;

const isVisitors = (scenario: string): boolean => scenario.startsWith(OWN) || scenario.startsWith(TRACE);

async function withText(address: Address, text: string): Promise<string> {
  const { packText } = await import('../io/linkText.ts');
  return formatLink({ ...address, packed: packText(text) });
}
