/**
 * A place in a run as a link names it: the number of its turn, the name of the micro-step in it, and a print of every
 * turn up to there (actor, line, kind). A page whose scenario or model has changed since replays as far as the prints
 * fit, and can tell which step is the first that does not.
 *
 *     n=4.store.c3   f=qYz0_A7b    the turns 1 to 4, each by two letters; within turn 4 after the micro-step store.c3
 */
import { spanAt } from '../base/spans.ts';
import type { Program } from '../sim/model/program.ts';
import type { Outline, Turn } from '../sim/outline.ts';
import { printOf } from './checksum.ts';

export type LinkPlace = {
  /** Turns begun; 0: the start. */
  readonly turn: number;
  /** In the midst of the turn: after this micro-step, the `nth` of its name in the turn. Absent: at its end. */
  readonly micro?: string;
  readonly nth?: number;
  readonly prints: string;
};

/** Where the run went another way than in the link. */
export type LinkMisfit = { readonly turn: number; /** Its line here; absent: the run is over before that. */ readonly line?: string }; // prettier-ignore

export type FoundPlace = { readonly at: number; readonly misfit?: LinkMisfit };

/** So many prints at the most, so that a link stays short: turns of a long run share one. */
const MOST_PRINTS = 20;
const MOST_TURNS = 1_000_000;
const PLACE = /^(\d{1,7})(?:\.([\w.]{1,40}?)(?:~(\d{1,4}))?)?$/;
const PRINTS = /^(?:[\w-]{2}){0,20}$/;

const groupOf = (turns: number): number => Math.max(1, Math.ceil(turns / MOST_PRINTS));

export function turnLine(program: Program, { step }: Turn): string {
  const decl = program.steps[step];
  return decl === undefined ? '' : `${program.actors[decl.actor]?.name ?? ''} ${decl.text}`;
}

function printsOf(program: Program, outline: Outline, turns: number): readonly string[] {
  const group = groupOf(turns);
  const prints: string[] = [];
  for (let from = 0; from < turns; from += group) {
    const lines = outline.turns.slice(from, Math.min(from + group, turns));
    prints.push(printOf(lines.map((turn) => `${turnLine(program, turn)} ${turn.kind}`).join('\n')));
  }
  return prints;
}

export function linkPlace(program: Program, outline: Outline, at: number): LinkPlace {
  const index = at <= 0 ? -1 : spanAt(outline.turns, at);
  const turn = outline.turns[index];
  const prints = printsOf(program, outline, index + 1).join('');
  if (turn === undefined || at >= turn.to) return { turn: index + 1, prints };
  const micro = outline.micros[at - 1]?.id ?? '';
  const nth = outline.micros.slice(turn.from, at).filter(({ id }) => id === micro).length;
  return { turn: index + 1, micro, ...(nth > 1 ? { nth } : {}), prints };
}

export function formatPlace({ turn, micro, nth }: LinkPlace): string {
  if (micro === undefined) return String(turn);
  return `${turn}.${micro}${nth === undefined ? '' : `~${nth}`}`;
}

/** undefined: not a place. */
export function parsePlace(text: string, prints: string): LinkPlace | undefined {
  const found = PLACE.exec(text);
  if (found === null) return undefined;
  const [, turn, micro, nth] = found;
  if (Number(turn) > MOST_TURNS) return undefined;
  return {
    turn: Number(turn),
    ...(micro === undefined ? {} : { micro }),
    ...(nth === undefined ? {} : { nth: Number(nth) }),
    prints: PRINTS.test(prints) ? prints : '',
  };
}

/** The position, or the end of the last turn that fits with what does not. */
export function findLinked(place: LinkPlace, program: Program, outline: Outline): FoundPlace {
  const group = groupOf(place.turn);
  const here = printsOf(program, outline, place.turn);
  const told = place.prints.match(/../g) ?? [];
  const differs = told.findIndex((print, i) => print !== here[i]);
  const short = outline.turns.length < place.turn ? outline.turns.length : undefined;
  const fits = differs >= 0 ? Math.min(differs * group, outline.turns.length) : short;
  if (fits !== undefined) {
    const next = outline.turns[fits];
    const line = next === undefined ? {} : { line: turnLine(program, next) };
    return { at: outline.turns[fits - 1]?.to ?? 0, misfit: { turn: fits, ...line } };
  }
  return { at: positionIn(place, outline) };
}

function positionIn({ turn: number, micro, nth = 1 }: LinkPlace, outline: Outline): number {
  const turn = outline.turns[number - 1];
  if (turn === undefined) return 0;
  let left = micro === undefined ? Infinity : nth;
  for (let at = turn.from; at < turn.to; at += 1) {
    if (outline.micros[at]?.id === micro) left -= 1;
    if (left === 0) return at + 1;
  }
  // A micro-step that is not there any more: the turn as a whole.
  return turn.to;
}
