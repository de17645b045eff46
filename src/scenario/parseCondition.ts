/** `exists S2 and not (file A = ab.d or mr live)`: `not` binds tightest, then `and`, then `or`. */
import { ACTOR_STATES, MR_STATES, type ClaimAst, type CondAst } from './ast.ts';
import { createCursor, isPlain, readName, skip, takeEnd, takeName, takeNumber, takeWord, type Cursor } from './cursor.ts'; // prettier-ignore
import type { Reporter } from './diagnostic.ts';
import { splitAt, type LexedLine, type Word } from './lexer.ts';
import { MAX_BLOCKS } from '../sim/model/ids.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';
import { isActorName, type Quantifier } from './vocabulary.ts';

/** Deeper nesting than anybody reads; a bound for the recursion here and wherever a condition is judged. */
const MAX_DEPTH = 50;

const EXPECTED =
  'a property (S5b), file F = TAGS, size F = N, shared F I G J, hole F I, free = N, zombie = N, pinned F I, ' +
  'MR live|revoked|destroyed, ACTOR idle|blocked|killed|exited, not or (';

export function parseClaim(quantifier: Quantifier, line: LexedLine, report: Reporter): ClaimAst | undefined {
  const words = splitAt(line.words.slice(1), /([=()])/);
  const cursor = createCursor(words, line.end, report);
  const condition = parseOr(cursor, 0);
  if (condition === undefined || !takeEnd(cursor, 'and, or, or the end of the line')) return undefined;
  const first = line.words[0]?.span ?? line.end;
  return { type: 'claim', quantifier, condition, span: { ...first, length: line.end.column - first.column } };
}

function parseOr(cursor: Cursor, depth: number): CondAst | undefined {
  return parseList(cursor, 'or', () => parseList(cursor, 'and', () => parseTerm(cursor, depth)));
}

/** Flat, whatever the brackets: `(a and b) and c` says the same as `a and b and c`. */
function parseList(cursor: Cursor, word: 'and' | 'or', term: () => CondAst | undefined): CondAst | undefined {
  const terms: CondAst[] = [];
  do {
    const one = term();
    if (one === undefined) return undefined;
    if (one.type === word) terms.push(...one.of);
    else terms.push(one);
  } while (skip(cursor, word));
  const [only] = terms;
  return terms.length === 1 ? only : { type: word, of: terms };
}

function parseTerm(cursor: Cursor, depth: number): CondAst | undefined {
  const word = takeWord(cursor, EXPECTED);
  if (word === undefined) return undefined;
  if (depth >= MAX_DEPTH) {
    cursor.report.error('nesting', word.span, `more than ${MAX_DEPTH} levels of not and ( )`);
    return undefined;
  }
  if (isPlain(word, 'not')) {
    const of = parseTerm(cursor, depth + 1);
    return of === undefined ? undefined : { type: 'not', of };
  }
  if (!isPlain(word, '(')) return parseAtom(word, cursor);
  const inner = parseOr(cursor, depth + 1);
  if (inner === undefined) return undefined;
  if (skip(cursor, ')')) return inner;
  const span = cursor.peek()?.span ?? cursor.end;
  cursor.report.error('missing-word', span, 'a bracket is not closed', { expected: ')' });
  return undefined;
}

function parseAtom(word: Word, cursor: Cursor): CondAst | undefined {
  const state = parseState(word, cursor);
  if (state !== undefined) return state;
  switch (word.quoted ? '' : word.text) {
    case 'file':
      return parseFile(cursor);
    case 'size': {
      const file = takeName(cursor, 'a file');
      const size = file && takeEquals(cursor) ? takeNumber(cursor, 'a number of blocks') : undefined;
      return file && size && { type: 'size', file, size };
    }
    case 'free':
    case 'zombie': {
      const count = takeEquals(cursor) ? takeNumber(cursor, 'a number of blocks', MAX_BLOCKS) : undefined;
      return count && { type: word.text === 'free' ? 'free' : 'zombie', count };
    }
    case 'hole':
    case 'pinned': {
      const place = takePlace(cursor);
      return place && { type: word.text === 'hole' ? 'hole' : 'pinned', ...place };
    }
    case 'shared': {
      const a = takePlace(cursor);
      const b = a && takePlace(cursor);
      return a && b && { type: 'shared', a: a.file, aIndex: a.index, b: b.file, bIndex: b.index };
    }
    default:
      return parseProperty(word, cursor.report);
  }
}

/** `mr live`, `admin killed`: told by the second word, so that a name may be any word. */
function parseState(word: Word, cursor: Cursor): CondAst | undefined {
  const next = cursor.peek();
  if (next === undefined || next.quoted) return undefined;
  const mr = MR_STATES.find((state) => state === next.text);
  const actor = ACTOR_STATES.find((state) => state === next.text);
  if (mr === undefined && actor === undefined) return undefined;
  cursor.next();
  if (actor !== undefined && !word.quoted && isActorName(word.text)) return { type: 'actor', name: word, state: actor };
  const name = readName(word, mr === undefined ? 'an actor' : 'an MR', cursor.report);
  return name && mr && { type: 'mr', name, state: mr };
}

function parseFile(cursor: Cursor): CondAst | undefined {
  const file = takeName(cursor, 'a file');
  if (file === undefined || !takeEquals(cursor)) return undefined;
  const tags = takeWord(cursor, `the file's tags, one a block; "" if it is empty`);
  if (tags === undefined) return undefined;
  const wrong = /[^A-Za-z0-9.]/.exec(tags.text)?.[0];
  if (wrong === undefined) return { type: 'file', file, tags };
  const expected = "one letter or digit a block, '.' where it reads as zeroes (a hole, an unwritten block)";
  cursor.report.error('not-a-tag', tags.span, `'${wrong}' is not a tag`, { expected });
  return undefined;
}

function takeEquals(cursor: Cursor): boolean {
  const word = takeWord(cursor, '=');
  if (word === undefined || isPlain(word, '=')) return word !== undefined;
  cursor.report.error('unknown-word', word.span, `'${word.text}' is not what follows here`, { expected: '=' });
  return false;
}

function takePlace(
  cursor: Cursor,
): { readonly file: Word; readonly index: NonNullable<ReturnType<typeof takeNumber>> } | undefined {
  const file = takeName(cursor, 'a file');
  const index = file && takeNumber(cursor, 'an index in the file');
  return file && index && { file, index };
}

/** Properties of the debate whose objects the model does not have. */
const UNMODELLED: ReadonlyMap<string, string> = new Map([
  ['S3', 'metadata blocks'],
  ['S9', 'an order of leases'],
  ['S10', 'a medium that outlives a crash'],
  ['L4', 'retries without end'],
  ['L9', 'time'],
]);

const CONDITION_WORDS = ['file', 'size', 'shared', 'hole', 'free', 'zombie', 'pinned', 'not', 'and', 'or'];

function parseProperty(word: Word, report: Reporter): CondAst | undefined {
  const id = word.quoted ? undefined : PROPERTY_IDS.find((known) => known === word.text);
  if (id !== undefined) return { type: 'property', id };
  const objects = word.quoted ? undefined : UNMODELLED.get(word.text);
  if (objects !== undefined) {
    const message = `'${word.text}' speaks of ${objects}, and this model has none`;
    report.error('unmodelled-property', word.span, message, { expected: PROPERTY_IDS.join(', ') });
  } else if (/^[A-Za-z][0-9]/.test(word.text)) {
    const hints = { expected: PROPERTY_IDS.join(', '), near: { word: word.text, among: PROPERTY_IDS } };
    report.error('unknown-property', word.span, `'${word.text}' is not a property`, hints);
  } else {
    const hints = { expected: EXPECTED, near: { word: word.text, among: CONDITION_WORDS } };
    report.error('unknown-condition', word.span, `'${word.text}' does not begin a condition`, hints);
  }
  return undefined;
}
