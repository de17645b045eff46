/**
 * A block from a mail whose link is gone or damaged, opened by its own words: as the scenario that it was copied from,
 * where this page has it, else as a text of this visit. Loaded when something is pasted.
 */
import { findLink } from '../io/findLink.ts';
import { readMail, type MailedRun } from '../io/mail/readMail.ts';
import { findRun } from '../io/mail/sameRun.ts';
import { unquote } from '../io/mail/unquote.ts';
import { textOf } from '../library/ownScenario.ts';
import { loadScenario } from '../scenario/load.ts';
import { formatOption, type PresetName } from '../sim/model/knobs.ts';
import { openAddress, openOthers } from './actions.ts';
import type { Address } from './address.ts';
import { catalogue } from './catalogue.ts';
import { openHash } from './links.ts';
import { OWN, page, setPage, TRACE } from './store.ts';
import { addTrace } from './traces.ts';

/** Nothing is lost where the scenario itself is here. */
const FOUND =
  'There is no whole link in this mail: this is the scenario that it tells of, under its option, at its step.';

/** False: there is neither a link nor a block in it. */
export async function openMailed(text: string): Promise<boolean> {
  // What is encoded as a whole shows its link only now.
  const found = findLink(unquote(text));
  if (found?.seal.type === 'whole') {
    openHash(found.hash);
    return true;
  }
  const mailed = readMail(text);
  if (mailed === undefined) return false;
  const { opened } = page();
  await openOthers();
  // Who opened something else meanwhile wants that more.
  if (page().opened !== opened) return true;
  const address = addressFor(mailed);
  openAddress(address);
  const lost = address.scenario?.startsWith(TRACE) === true ? mailed.lost.join(' ') : FOUND;
  setPage({ notice: { text: lost, tone: 'info' } });
  return true;
}

/** As it was mailed: the option is chosen where the scenario's own is another. */
function addressFor(mailed: MailedRun): Address {
  const { text, at } = mailed;
  const loaded = loadScenario(text, mailed.preset === undefined ? {} : { preset: mailed.preset });
  const known = [
    ...catalogue().map((entry) => ({ id: entry.id, text: entry.text })),
    ...page().own.map((own) => ({ id: OWN + own.id, text: textOf(own) })),
  ];
  const source = loaded.ok ? findRun(text, known) : undefined;
  const original = source === undefined ? undefined : loadScenario(source.text);
  if (source !== undefined && loaded.ok && original?.ok === true) {
    const { option, kernel } = loaded.value.program;
    const own = original.value.program;
    const chosen = formatOption(option) !== formatOption(own.option);
    if (!chosen || Object.keys(option.changed).length === 0) {
      return {
        scenario: source.id,
        at,
        ...(chosen ? { preset: option.preset } : {}),
        ...(kernel === own.kernel ? {} : { kernel }),
      };
    }
  }
  return { scenario: addTrace(titleOf(text), text), at, ...presetOf(mailed.preset) };
}

const presetOf = (preset: PresetName | undefined): { preset?: PresetName } => (preset === undefined ? {} : { preset });

const titleOf = (text: string): string => /^title "([^"\n]{1,200})"/.exec(text)?.[1] ?? 'From a mail';
