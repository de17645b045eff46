/** What is done with a link: opened, with a word on what was lost on its way. */
import { findLink, MAX_PASTED } from '../io/findLink.ts';
import { readLink, type Sealed } from '../io/link.ts';
import type { Unpacked } from '../io/linkText.ts';
import { openAddress, openLibrary, openOthers, textBehind, tellNotLoaded } from './actions.ts';
import { parseAddress, type Address } from './address.ts';
import { catalogue } from './catalogue.ts';
import { OWN, page, setPage, TRACE } from './store.ts';
import { addTrace } from './traces.ts';

/** The address of the page, or of a pasted link. Without a text in it the run is asked for before this returns. */
export function openHash(hash: string): void {
  const { seal } = readLink(hash);
  const { packed, ...address } = page().embedded ? forFrame(parseAddress(hash)) : parseAddress(hash);
  if (packed !== undefined) void openPacked(address, packed, seal);
  else if (seal.type === 'cut' && address.scenario !== undefined) void openCut(address, address.scenario);
  else {
    openAddress(address);
    tellSeal(seal, address);
  }
}

/** A frame shows one run, and nothing that this browser keeps: whoever made the frame could read it off. */
function forFrame(asked: Address): Address {
  const {
    scenario,
    lab: _lab,
    compare: _compare,
    room: _room,
    talk: _talk,
    script: _script,
    view: _view,
    ...rest
  } = asked;
  const kept = scenario === undefined || scenario.startsWith(OWN) || scenario.startsWith(TRACE);
  return kept ? rest : { ...rest, scenario };
}

async function openPacked(address: Address, packed: string, seal: Sealed): Promise<void> {
  const { opened } = page();
  const io = await import('../io/linkText.ts').catch(() => undefined);
  if (address.scenario?.startsWith(OWN) === true) await openLibrary();
  // Who opened something else meanwhile wants that more.
  if (page().opened !== opened) return;
  if (io === undefined) return tellNotLoaded();
  const unpacked = io.unpackText(packed);
  if (unpacked === undefined) {
    openAddress({});
    return tell('The text in this link cannot be read: a part of the link was changed or lost on its way. Ask for the link again, or for the .dax file.'); // prettier-ignore
  }
  const { notice } = page();
  openText(address, unpacked);
  // What went wrong on the way says more than what came of it.
  if (notice?.tone === 'problem') setPage({ notice });
  if (!unpacked.whole) tellLost(unpacked);
  else tellSeal(seal, address);
}

/** The user's own, where this browser has it: with its branches, and what was written since. Else a text of this visit. */
function openText(address: Address, { text }: Unpacked): void {
  const { scenario } = address;
  const here = scenario === undefined ? undefined : textBehind(scenario);
  const isHere = here !== undefined && (here === text || scenario?.startsWith(OWN) === true);
  openAddress(isHere ? address : { ...address, scenario: addTrace(titleOf(text), text) });
}

const titleOf = (text: string): string => /^\s*title\s+"([^"\n]{1,200})"/m.exec(text)?.[1] ?? 'From a link';

function tellLost({ got, of }: Unpacked): void {
  setPage({ script: true, tab: 'script' });
  tell(`This link is cut: ${got} of the ${of} characters that hold its text are here. The script shows what could be saved; ask for the whole link, or paste the mail that it came in.`); // prettier-ignore
}

/** A cut may go through the name of the scenario: where only one begins so, that one is meant. */
async function openCut(address: Address, scenario: string): Promise<void> {
  const { opened } = page();
  if (textBehind(scenario) === undefined) await openOthers();
  if (page().opened !== opened) return;
  const like = catalogue().filter(({ id }) => id.startsWith(scenario));
  const meant = textBehind(scenario) === undefined && like.length === 1 ? like[0]?.id : undefined;
  const found = meant === undefined ? address : { ...address, scenario: meant };
  openAddress(found);
  tellSeal({ type: 'cut' }, found);
}

function tellSeal(seal: Sealed, address: Address): void {
  switch (seal.type) {
    case 'plain':
    case 'whole':
      return;
    case 'cut':
      return tell(`This link is cut: its end is missing. Read from it: ${saved(address)}. Ask for the whole link, or paste the mail that it came in.`); // prettier-ignore
    case 'damaged':
      return tell('A part of this link was changed on its way: what is shown may not be what was meant. Paste the mail that it came in, or ask for the link again.'); // prettier-ignore
    case 'newer':
      return tell(`This link was made by a newer version of this page (links of version ${seal.version}): what this one understands of it is shown. Reload the page to get the newer one.`); // prettier-ignore
  }
}

function saved({ scenario, preset, kernel, place, lab }: Address): string {
  const parts = [
    lab === undefined ? '' : `the lab with world ${lab}`,
    scenario === undefined ? '' : 'the scenario',
    preset === undefined ? '' : `option ${preset}`,
    kernel === undefined ? '' : `kernel ${kernel}`,
    place === undefined ? '' : `step ${place.turn}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing, so this is the first scenario' : parts.join(', ');
}

function tell(text: string): void {
  setPage({ notice: { text, tone: 'problem' } });
}

/** A block that was copied as text, or a message that hides one. */
const MAILED = /daxpin:[\s\S]{1,800}?kernel|content-transfer-encoding:\s*base64/i;

/** Text from the clipboard or a file: the link in it is opened, or what a block says without one. False: there is neither. */
export function openPasted(pasted: string): boolean {
  const text = pasted.slice(0, MAX_PASTED);
  const found = findLink(text);
  const whole = found?.seal.type === 'whole' || found?.seal.type === 'newer';
  if (!whole && MAILED.test(text)) {
    void openFromMail(text, found?.hash);
    return true;
  }
  if (found === undefined) return false;
  openHash(found.hash);
  return true;
}

async function openFromMail(text: string, damaged: string | undefined): Promise<void> {
  const mailed = await import('./mailed.ts').catch(() => undefined);
  if (mailed === undefined) return tellNotLoaded();
  if (await mailed.openMailed(text)) return;
  if (damaged !== undefined) openHash(damaged);
  else tell('There is neither a link in this mail, nor enough of a state that was copied as text: option, kernel, setup and steps. Ask for the link.'); // prettier-ignore
}
