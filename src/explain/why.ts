/** Property cards: what is broken here and because of which steps; and what the next turn would break. */
import type { Program } from '../sim/model/program.ts';
import { PROPERTIES } from '../sim/model/property.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline, Turn, Violation } from '../sim/outline.ts';
import { fileTag, inodeOf } from '../sim/query/inodes.ts';
import { taskName } from '../sim/query/naming.ts';
import { extentName } from './names.ts';
import { goesOnLater, stepName, tagName, turnAt } from './told.ts';

export type PropertyCard = {
  readonly id: PropertyId;
  readonly title: string;
  /** The first instance, in the core's words, as a sentence. */
  readonly message: string;
  /** Further instances of the same property that stand now. */
  readonly more: number;
  readonly causes: readonly CauseRow[];
  readonly refs: readonly EntityRef[];
  /** Broken by this very turn. */
  readonly fresh: boolean;
  readonly at: number;
};

/** `label`: `step 2`, `the start`. `step` is -1 for the start, else an index into Program.steps. */
export type CauseRow = {
  readonly step: number;
  readonly label: string;
  readonly sentence: string;
  readonly refs: readonly EntityRef[];
};

/** Violations that show at this position: those of the state while it lasts, those of a moment during their turn. */
export function violationsAt(outline: Outline, at: number): readonly Violation[] {
  const turn = turnAt(outline, at);
  return outline.violations.filter((violation) => {
    if (violation.at > at) return false;
    if (violation.kind === 'state') return violation.until === undefined || at < violation.until;
    return turn === undefined ? violation.at === 0 : violation.at > turn.from;
  });
}

const asSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** One card a property, those of this turn first, then the latest. */
export function cardsAt(outline: Outline, at: number): readonly PropertyCard[] {
  const turn = turnAt(outline, at);
  const cards = new Map<PropertyId, Violation[]>();
  for (const violation of violationsAt(outline, at))
    cards.set(violation.id, [...(cards.get(violation.id) ?? []), violation]);
  const found = [...cards.values()].flatMap((list): readonly PropertyCard[] => {
    const newest = Math.max(...list.map((v) => v.at));
    const first = list.find((v) => v.at === newest);
    if (first === undefined) return [];
    const fresh = turn !== undefined && first.at > turn.from;
    return [{ ...cardOf(first), more: list.length - 1, fresh }];
  });
  return found.sort((a, b) => Number(b.fresh) - Number(a.fresh) || b.at - a.at);
}

/** The card of one violation, wherever it is. */
function cardOf(violation: Violation): PropertyCard {
  const { id, message, refs, because, at } = violation;
  const causes = because.map(({ step, sentence, refs: about }) => ({
    step,
    refs: about,
    label: step < 0 ? 'the start' : stepName(step),
    sentence,
  }));
  return { id, title: PROPERTIES[id].title, message: asSentence(message), more: 0, causes, refs, fresh: false, at };
}

export type Warning = {
  readonly id: PropertyId;
  readonly text: string;
  readonly refs: readonly EntityRef[];
  readonly at: number;
};

/** The turn after the one that is finished here; in the middle of a turn, the rest of it. */
function nextTurn(outline: Outline, at: number): Turn | undefined {
  const turn = turnAt(outline, at);
  if (turn !== undefined && at < turn.to) return turn;
  return outline.turns.find((t) => t.from === at);
}

/** What the next turn would break, one line a property: never claimed as broken yet. */
export function nextWarnings(program: Program, outline: Outline, moment: Moment): readonly Warning[] {
  const { at } = moment;
  const turn = nextTurn(outline, at);
  if (turn === undefined) return [];
  const seen = new Set<PropertyId>(violationsAt(outline, at).map(({ id }) => id));
  const found: Warning[] = [];
  for (const violation of outline.violations) {
    const { id, refs } = violation;
    if (violation.at <= at || violation.at > turn.to || seen.has(id)) continue;
    seen.add(id);
    const when =
      turn.from < at
        ? 'this step'
        : turn.kind === 'woke'
          ? `the wake-up of ${taskName(program, turn.task)}`
          : 'next step';
    found.push({ id, refs, at: violation.at, text: warningText(program, outline, moment, { turn, violation, when }) });
  }
  return found;
}

type Ahead = { readonly turn: Turn; readonly violation: Violation; readonly when: string };

function warningText(program: Program, outline: Outline, moment: Moment, { turn, violation, when }: Ahead): string {
  const stale = violation.id === 'S5b' ? staleText(program, outline, moment, turn) : undefined;
  return stale === undefined ? `${when}: ${violation.message}` : `${when} ${stale}`;
}

/** `reads b where A holds X`. */
function staleText(program: Program, outline: Outline, { state }: Moment, turn: Turn): string | undefined {
  const op = program.steps[turn.step]?.op;
  const value = outline.steps[turn.step]?.value;
  if (op === undefined || value === undefined) return undefined;
  const dma = op.verb === 'complete' ? state.dmas[op.dma] : undefined;
  const mrId = op.verb === 'rdma_read' ? op.mr : dma?.mr;
  const slot = op.verb === 'rdma_read' ? op.index : dma?.index;
  const mr = mrId === undefined ? undefined : state.mrs[mrId];
  if (mr === undefined || slot === undefined || state.inodes[mr.inode]?.live !== true) return undefined;
  const tag = fileTag(state, inodeOf(state, mr.inode), mr.base + slot);
  if (tag === undefined) return undefined;
  const name = extentName({ program, state }, mr.inode, mr.base + slot);
  return `reads ${tagName(program, program.tags.indexOf(value))} where ${name} holds ${tagName(program, tag)}`;
}

/** The next line, for the end of the panel: `peer rdma_read mr 1` and `returns b`. */
export type NextStep = { readonly step: number; readonly call: string; readonly outcome: string };

export function nextStep(program: Program, outline: Outline, at: number): NextStep | undefined {
  const turn = nextTurn(outline, at);
  if (turn === undefined) return undefined;
  const declared = program.steps[turn.step];
  if (declared === undefined) return undefined;
  return {
    step: turn.step,
    call: `${taskName(program, turn.task)} ${declared.text}`,
    outcome: outcomeOf(outline, turn),
  };
}

function outcomeOf(outline: Outline, turn: Turn): string {
  const found = outline.steps[turn.step];
  if (turn.kind === 'held') return 'is held back';
  if (turn.kind === 'exit') return 'ends the process';
  if (turn.kind === 'dma') return 'completes by itself';
  const waits = outline.waits.some(({ task, from }) => task === turn.task && from > turn.from && from <= turn.to);
  if (waits) return turn.kind === 'woke' ? 'wakes and sleeps again' : 'sleeps';
  if (goesOnLater(outline, turn)) return 'is not over yet';
  const result =
    turn.kind !== 'begun' && found?.eventually !== undefined
      ? found.eventually
      : found?.result === 'blocks'
        ? found.eventually
        : found?.result;
  if (result === 'void' || result === 'gone') return 'does nothing';
  return `${turn.kind === 'woke' ? 'wakes and ' : ''}returns ${result ?? 'nothing'}`;
}
