/** What is broken, what waits, what the whole run came to, and how far that judgement reaches. */
import { changedBy } from '../../explain/changes.ts';
import { cardsAt, nextWarnings } from '../../explain/why.ts';
import { waitChain, waitText } from '../../explain/waits.ts';
import type { Program } from '../../sim/model/program.ts';
import { PROPERTY_IDS } from '../../sim/model/property.ts';
import type { Moment, Outline } from '../../sim/outline.ts';
import { taskName } from '../../sim/query/naming.ts';
import { wrap } from './plainText.ts';

export type At = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

const MOST_CHANGES = 6;
const MOST_CARDS = 6;

/** What this step changed, the most telling first. */
export function changeLines({ program, moment }: At): string[] {
  const changed = changedBy(program, moment);
  const left = changed.length - MOST_CHANGES;
  return [
    ...changed.slice(0, MOST_CHANGES).flatMap(({ text }) => wrap(text, ' * ')),
    ...(left > 0 ? [` * and ${left} more`] : []),
  ];
}

/** One paragraph a property that is broken now: what, and the chain that led there. */
export function cardLines({ outline, moment }: At): string[] {
  const cards = cardsAt(outline, moment.at);
  return cards
    .slice(0, MOST_CARDS)
    .flatMap(({ id, title, message, more, causes }) => [
      ...wrap(`${title}.`, `${id.padEnd(3)} VIOLATED  `, 4),
      ...wrap(`${message}${more > 0 ? ` (and ${more} more like it)` : ''}`, '    '),
      ...causes.flatMap(({ label, sentence }) => wrap(sentence, `    ${label}: `, 8)),
    ]);
}

export const warningLines = ({ program, outline, moment }: At): string[] =>
  nextWarnings(program, outline, moment).flatMap(({ id, text }) => wrap(text, `${id.padEnd(3)} ahead     `, 4));

/** One line a sleeper, and who could end its wait. */
export function waitLines({ program, moment: { state } }: At): string[] {
  return state.sleepers.flatMap((task) => {
    const wait = state.tasks[task]?.wait ?? { type: 'none' };
    const { end, cycle } = waitChain(program, state, task);
    const deadlock = cycle ? ' DEADLOCK.' : '';
    return wrap(`${taskName(program, task)} ${waitText(program, state, wait)}. ${end}${deadlock}`, ' z ');
  });
}

/** `S2 (step 3)`: when each property was broken first, by now. */
function brokenSoFar({ outline, moment }: At): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, at, step } of outline.violations) if (at <= moment.at && !found.has(id)) found.set(id, step);
  return found;
}

const stepText = (step: number): string => (step < 0 ? 'at the start' : `step ${step + 1}`);

export function verdictLines(at: At): string[] {
  const { program, outline, moment } = at;
  const broken = brokenSoFar(at);
  const held = PROPERTY_IDS.filter((id) => !broken.has(id));
  const ended = moment.at === outline.length;
  const far = ended ? 'in this run' : 'so far';
  const judged = outline.steps.filter(({ met }, i) => program.steps[i]?.expect !== undefined && met !== undefined);
  const met = judged.filter((step) => step.met === true).length;
  const list = [...broken].map(([id, step]) => `${id} (${stepText(step)})`).join(', ');
  return [
    ...(broken.size === 0 ? [] : wrap(list, `violated ${far}: `, 2)),
    ...wrap(held.join(' '), `not violated ${far}: `, 2),
    ...(ended
      ? outline.claims.flatMap(({ text, met: holds }) => wrap(`${text}: ${holds ? 'met' : 'NOT MET'}`, 'condition ', 4))
      : []),
    ...(ended && judged.length > 0 ? [`expectations met: ${met} of ${judged.length}`] : []),
  ];
}

/** How far the verdict reaches: a player's run is one run. */
export function boundLines({ program, outline }: At): string[] {
  const order =
    program.order === undefined ? 'as written' : `in the order that the text asks for (${program.order.grain} grain)`;
  const menus = program.menus.length === 0 ? '' : '; the menus of the text were not run';
  const misfit =
    outline.misfit === undefined ? '' : `; from position ${outline.misfit.at} on as written, for ${outline.misfit.why}`;
  return wrap(`this one run, ${order}${menus}${misfit}; other interleavings were not visited`, 'bound: ', 2);
}
