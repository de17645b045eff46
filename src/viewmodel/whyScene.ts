/**
 * Why: of a refusal the rule and what stood in the way, of a wait the chain to who can end it, of a broken property its
 * causes; each with the steps and objects to go to, and with what one knob changed alone would do.
 */
import {
  grouped,
  holdsWith,
  passesWith,
  refusesToo,
  type Alternative,
  type AlternativeGroup,
} from '../explain/knobWords.ts';
import { listOf, nameOf } from '../explain/names.ts';
import { linked, plain, type Line, type Target } from '../explain/parts.ts';
import { refusalAt, withSteps, type RefusalCard } from '../explain/refusal.ts';
import { turnSentence } from '../explain/sentences.ts';
import { sinceClaim } from '../explain/since.ts';
import { stepName } from '../explain/told.ts';
import type { ChainLink, WaitChain } from '../explain/waits.ts';
import { waitChain, waitFacts, waitText } from '../explain/waits.ts';
import { spanAt } from '../base/spans.ts';
import type { Program } from '../sim/model/program.ts';
import { PROPERTIES, type PropertyId } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { KnobRun, Moment, Outline, Turn, Violation } from '../sim/outline.ts';
import { existsIn } from '../sim/query/exists.ts';
import { taskName } from '../sim/query/naming.ts';
import { verdictCards, type VerdictCard } from './verdictScene.ts';

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

/** A number: the run has more micro-steps than that, and is not played again for every knob. */
export type KnobsKnown = readonly KnobRun[] | 'asked' | number | undefined;

export type Alternatives =
  | { readonly type: 'asked' }
  | { readonly type: 'tooLong'; readonly most: number }
  | { readonly type: 'found'; readonly rows: readonly AlternativeGroup[]; readonly also: readonly Alternative[] };

export type LinkedCause = { readonly label: string; readonly at: number; readonly line: Line };

export type WhyCard = Omit<VerdictCard, 'causes'> & {
  readonly causes: readonly LinkedCause[];
  readonly result: Line;
  /** Of a state: until when it lasts. Empty for what is true of a moment. */
  readonly until: Line;
  readonly holds: Alternatives;
};

export type WaitScene = Omit<WaitChain, 'links'> & {
  readonly links: readonly (ChainLink & { readonly since: Line })[];
  /** Since when it sleeps, and what ends it before its time. */
  readonly facts: readonly Line[];
  readonly others: readonly { readonly task: number; readonly text: string }[];
};

export type WhyScene = {
  /** The sentence of the step, with links to the steps that it names. */
  readonly say: Line;
  /** `repeats`: its rule is that sentence. */
  readonly refusal: (RefusalCard & { readonly repeats: boolean; readonly passes: Alternatives }) | undefined;
  readonly wait: WaitScene | undefined;
  readonly cards: readonly WhyCard[];
  /** Broken before, and no more. */
  readonly healed: readonly { readonly id: PropertyId; readonly title: string; readonly line: Line }[];
};

export function whyScene(shown: Shown, selected: EntityRef | undefined, knobs: KnobsKnown): WhyScene {
  const { program, outline, moment } = shown;
  const refusal = refusalAt(program, outline, moment);
  const say = turnSentence(program, outline, moment);
  return {
    say: withSteps(say),
    refusal: refusal && { ...refusal, repeats: plain(refusal.rule) === say, passes: passesOf(shown, refusal, knobs) },
    wait: waitAt(shown, selected),
    cards: verdictCards(outline, moment.at).map((card) => whyCard(shown, card, knobs)),
    healed: healedBefore(outline, moment.at),
  };
}

/** Whether anything here is answered by what the knobs would do. */
export const asksForKnobs = ({ refusal, cards }: WhyScene): boolean => refusal !== undefined || cards.length > 0;

function alternatives(knobs: KnobsKnown, find: (runs: readonly KnobRun[]) => Pick<Extract<Alternatives, { type: 'found' }>, 'rows' | 'also'>): Alternatives {
  if (knobs === undefined || knobs === 'asked') return { type: 'asked' };
  if (typeof knobs === 'number') return { type: 'tooLong', most: knobs };
  return { type: 'found', ...find(knobs) };
} // prettier-ignore

function passesOf({ program, outline }: Shown, { step, knob }: RefusalCard, knobs: KnobsKnown): Alternatives {
  const of = { step, knob: knob?.name };
  return alternatives(knobs, (runs) => ({
    rows: grouped(passesWith(program, outline, runs, of)),
    also: refusesToo(program, runs, of),
  }));
}

function whyCard({ program, outline, moment }: Shown, card: VerdictCard, knobs: KnobsKnown): WhyCard {
  const targets = (refs: readonly EntityRef[]): readonly Target[] =>
    refs.flatMap((ref) => (existsIn(moment.state, ref) ? [{ text: nameOf(program, moment.state, ref), ref }] : []));
  return {
    ...card,
    causes: card.causes.map(({ label, at, sentence, refs }) => ({ label, at, line: linked(sentence, targets(refs)) })),
    result: linked(card.message, targets(card.refs)),
    until: untilOf(outline, card),
    holds: alternatives(knobs, (runs) => ({ rows: grouped(holdsWith(program, outline, runs, card.id)), also: [] })),
  };
}

function untilOf({ violations, turns }: Outline, { id, at }: VerdictCard): Line {
  const own = violations.filter((violation) => violation.id === id && violation.at === at && violation.kind === 'state');
  if (own.length === 0) return [];
  const ends = own.map(({ until }) => until);
  const last = Math.max(...ends.map((until) => until ?? Infinity));
  const turn = last === Infinity ? undefined : turns[spanAt(turns, last)];
  return turn === undefined ? ['Stands to the end of the run.'] : withSteps(`Stands until ${stepName(turn.step)}.`);
} // prettier-ignore

/** Each property once, with every step in which it broke; those that are broken now have a card. */
function healedBefore(outline: Outline, at: number): WhyScene['healed'] {
  const now = new Set(verdictCards(outline, at).map(({ id }) => id));
  const past = new Map<PropertyId, Violation[]>();
  for (const violation of outline.violations)
    if (violation.at <= at && !now.has(violation.id))
      past.set(violation.id, [...(past.get(violation.id) ?? []), violation]);
  return [...past].map(([id, violations]) => ({ id, title: PROPERTIES[id].title, line: healedLine(outline, violations) }));
} // prettier-ignore

function healedLine({ turns }: Outline, violations: readonly Violation[]): Line {
  const times = violations.map(({ step, until }) => {
    const healed = until === undefined ? undefined : turns[spanAt(turns, until)];
    const from = step < 0 ? 'the start' : stepName(step);
    return healed === undefined ? from : `${from}, until ${stepName(healed.step)}`;
  });
  return withSteps(listOf([...new Set(times)]));
}

/** The chain of the step that ended asleep; that of a selected sleeper, where it is no part of it. */
function waitAt(shown: Shown, selected: EntityRef | undefined): WaitScene | undefined {
  const { outline, moment } = shown;
  const turn: Turn | undefined = outline.turns[spanAt(outline.turns, moment.at)];
  const own = turn === undefined || moment.at < turn.to ? undefined : waitOf(shown, turn.task);
  if (selected?.type !== 'task') return own;
  const { task } = selected;
  if (own?.links.some(({ ref }) => ref.type === 'task' && ref.task === task) === true) return own;
  return waitOf(shown, task) ?? own;
}

function waitOf({ program, moment }: Shown, task: number): WaitScene | undefined {
  const { state } = moment;
  if (!state.sleepers.includes(task)) return undefined;
  const { links, ...chain } = waitChain(program, state, task);
  const inChain = new Set(links.flatMap(({ ref }) => (ref.type === 'task' ? [ref.task] : [])));
  return {
    ...chain,
    links: links.map((link) => ({ ...link, since: sinceOf(moment, link) })),
    facts: waitFacts(program, state, task).map((text) => withSteps(text)),
    others: state.sleepers.flatMap((other) => {
      const wait = state.tasks[other]?.wait;
      if (wait === undefined || inChain.has(other)) return [];
      return [{ task: other, text: `${taskName(program, other)} ${waitText(program, state, wait)}` }];
    }),
  };
}

/** Of a sleeper since when it sleeps; of a page nothing, for its pins have that. */
function sinceOf(moment: Moment, { ref }: ChainLink): Line {
  if (ref.type === 'block') return [];
  const { text, targets } = sinceClaim(moment, ref, '');
  return text === '' ? [] : linked(text, targets);
}
