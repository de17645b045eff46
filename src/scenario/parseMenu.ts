/** `any ACTOR [xN]: VERB ARGS | VERB ARGS | …`: what the checker may choose from. */
import type { MenuAst, NumberWord, StepAst } from './ast.ts';
import { createCursor, isPlain } from './cursor.ts';
import type { Reporter, Span } from './diagnostic.ts';
import { splitAt, type LexedLine, type Word } from './lexer.ts';
import { parseAct, spanOf } from './parseStep.ts';
import { isActorName } from './vocabulary.ts';

/** A menu that is used more often is used for ever. */
const MAX_TIMES = 10_000;
/** A text with more has too many steps, and is not read on. */
const MAX_ENTRIES = 10_000;
const FORM = 'any ACTOR [xN]: VERB ARGS | VERB ARGS | …';

type ReadMenu = {
  readonly item?: MenuAst;
  /** As many as are written, understood or not. */
  readonly entries: number;
  /** Every entry was understood. */
  readonly whole: boolean;
};

export function parseMenu(line: LexedLine, report: Reporter): ReadMenu {
  const words = splitAt(line.words, /(->|[=,:|])/);
  const colon = words.findIndex((word) => isPlain(word, ':'));
  const head = words.slice(1, colon < 0 ? words.length : colon);
  const actor = readActor(head[0], line.end, report);
  if (actor === undefined) return { entries: 1, whole: false };
  if (colon < 0) {
    report.error('menu-form', head[1]?.span ?? line.end, 'the entries of a menu stand after a colon', {
      expected: FORM,
    });
    return { entries: 1, whole: false };
  }
  const times = head[1] === undefined ? undefined : readTimes(head[1], report);
  const extra = head[2];
  if (extra !== undefined) {
    report.error('extra-word', extra.span, `'${extra.text}' is one word too many`, { expected: FORM });
  }
  const pieces = splitEntries(words.slice(colon + 1), words[colon]?.span ?? line.end, line.end);
  const entries = pieces.slice(0, MAX_ENTRIES).map((piece) => parseEntry(actor, piece, report));
  const known = entries.filter((entry) => entry !== undefined);
  const item: MenuAst = { type: 'menu', actor, entries: known, span: spanOf(words, words[0]?.span ?? actor.span) };
  return {
    item: times === undefined ? item : { ...item, times },
    entries: pieces.length,
    whole: known.length === pieces.length,
  };
}

function readActor(word: Word | undefined, end: Span, report: Reporter): Word | undefined {
  if (word !== undefined && !word.quoted && isActorName(word.text)) return word;
  const message = word === undefined ? 'a menu belongs to an actor' : `'${word.text}' is not the name of an actor`;
  report.error('menu-form', word?.span ?? end, message, { expected: FORM });
  return undefined;
}

function readTimes(word: Word, report: Reporter): NumberWord | undefined {
  const value = word.quoted ? undefined : /^x([0-9]+)$/.exec(word.text)?.[1];
  if (value === undefined) {
    const expected = 'x1, x2, …: how often an entry may be taken in all';
    report.error('menu-form', word.span, `'${word.text}' is not a number of times`, { expected });
  } else if (Number(value) < 1 || Number(value) > MAX_TIMES) {
    report.error('number-range', word.span, `${word.text} is out of range`, { expected: `x1 to x${MAX_TIMES}` });
  } else {
    return { value: Number(value), word };
  }
  return undefined;
}

type Piece = { readonly words: readonly Word[]; readonly end: Span };

/** Cut at `|`; the end of a piece is where a word that it lacks would stand. */
function splitEntries(words: readonly Word[], colon: Span, end: Span): readonly Piece[] {
  const pieces: Piece[] = [];
  let piece: Word[] = [];
  for (const word of words) {
    if (isPlain(word, '|')) {
      pieces.push({ words: piece, end: word.span });
      piece = [];
    } else {
      piece.push(word);
    }
  }
  pieces.push({ words: piece, end: words.length === 0 ? colon : end });
  return pieces;
}

function parseEntry(actor: Word, { words, end }: Piece, report: Reporter): StepAst | undefined {
  const [first] = words;
  if (first === undefined) {
    report.error('menu-form', end, 'an entry of this menu is empty', { expected: FORM });
    return undefined;
  }
  const arrow = words.findIndex((word) => isPlain(word, '->'));
  if (arrow >= 0) {
    const expected = 'no result here: say what may come of it in a condition';
    report.error('menu-form', words[arrow]?.span ?? end, 'an entry of a menu expects no result', { expected });
  }
  const act = parseAct(createCursor(arrow < 0 ? words : words.slice(0, arrow), end, report));
  return act === undefined ? undefined : { type: 'step', actor, ...act, inMenu: true, span: spanOf(words, first.span) };
}
