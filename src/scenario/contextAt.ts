/** What may be written at a place of a text, with the names in scope there: for completion. The text may have errors. */
import { candidatesAt, type Candidate } from './candidates.ts';
import { createReporter, SILENT } from './diagnostic.ts';
import { lexLine, type Word } from './lexer.ts';
import { createLineReader, wordsOf, type Place, type SlotName } from './lineReader.ts';
import { parseDocument } from './parser.ts';
import { scopeAt } from './scope.ts';
import { MENU, QUANTIFIERS } from './vocabulary.ts';

export type Context = {
  /** The word that a candidate replaces; empty where none is begun. Offsets in UTF-16 units. */
  readonly from: number;
  readonly to: number;
  readonly slot: SlotName | 'comment';
  readonly candidates: readonly Candidate[];
  /** The step so far: who, and what. */
  readonly actor?: string;
  readonly verb?: Place['verb'];
};

export function contextAt(text: string, offset: number): Context {
  const at = Math.max(0, Math.min(offset, text.length));
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const found = text.indexOf('\n', at);
  const line = text.slice(start, found < 0 ? undefined : found);
  const number = countLines(text, start);
  const lead = line.startsWith('\uFEFF') ? 1 : 0;
  const base = start + lead;
  const lexed = lexLine(line.slice(lead, line.endsWith('\r') ? -1 : undefined), number, SILENT);
  const column = Math.max(0, at - base);
  if (lexed.comment !== undefined && column > lexed.commentAt) {
    return { from: at, to: at, slot: 'comment', candidates: [] };
  }
  const words = wordsOf(lexed);
  const here = words.find((word) => isUnder(word, column));
  const before = words.filter(({ span }) => span.column - 1 + span.length <= column && span !== here?.span);
  const reader = createLineReader();
  before.forEach((word, i) => reader.read(word, before[i + 1] ?? here));
  const place = placeAt(reader.place(), here, words[before.length + (here === undefined ? 0 : 1)]);
  const [from, to] = here === undefined ? [at, at] : [base + here.span.column - 1, base + here.span.column - 1 + here.span.length]; // prettier-ignore
  const anywhere = words[0] !== undefined && before.length > 0 && seesAll(words[0]);
  const scope = scopeAt(text, number, anywhere);
  const { slot, actor, verb } = place;
  const candidates = here?.quoted === true ? [] : candidatesAt(place, scope);
  return { from, to, slot, candidates, ...(actor === undefined ? {} : { actor }), ...(verb === undefined ? {} : { verb }) }; // prettier-ignore
}

/** Something has to follow: a line that ended here would be too short. */
export function mustGoOn(line: string): boolean {
  const report = createReporter();
  parseDocument([lexLine(line, 1, report)], report);
  return report.all().some(({ code }) => code === 'missing-word' || code === 'menu-form');
}

function countLines(text: string, end: number): number {
  let lines = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) lines++;
  return lines;
}

const PUNCTUATION: ReadonlySet<string> = new Set(['=', ',', ':', '|', '(', ')', '->']);

/** The word that the cursor is in or just behind. Behind a sign a new word begins. */
function isUnder({ text, quoted, span }: Word, column: number): boolean {
  const from = span.column - 1;
  if (!quoted && PUNCTUATION.has(text)) return false;
  return from <= column && column <= from + span.length && !(quoted && column === from);
}

/** What is named before `=` is new, whatever else could stand there. */
function placeAt(place: Place, here: Word | undefined, next: Word | undefined): Place {
  const named = here !== undefined && next?.text === '=' && !next.quoted;
  return named && place.slot === 'verb' ? { ...place, slot: 'newName', also: [] } : place;
}

/** Orders, menus and conditions may name what any line makes. */
const seesAll = ({ text, quoted }: Word): boolean =>
  !quoted && (text === MENU || text === 'order' || QUANTIFIERS.some((word) => word === text));
