/** `ACTOR [NAME =] VERB ARGS [-> RESULT]`. */
import type { ExpectAst, LostStep, NumberWord, StepArgs, StepAst } from './ast.ts';
import { createCursor, isPlain, readName, reportChoice, skip, takeName, takeNumber, takeTag, takeWord, type Cursor } from './cursor.ts'; // prettier-ignore
import type { Reporter, Span } from './diagnostic.ts';
import { splitAt, type LexedLine, type Word } from './lexer.ts';
import { nearest } from './nearest.ts';
import { VERBS, type Verb } from '../sim/model/op.ts';
import { ACCESS, BLOCKS, CHOICES, DIRECTIVES, isActorName, MAP_WORDS, NAMELESS, oneOf, QUANTIFIERS, SHAPES, usageOf, verbOf, type ChoiceSlot, type NameSlot, type NumberSlot, type Slot } from './vocabulary.ts'; // prettier-ignore

export function parseStep(line: LexedLine, report: Reporter): StepAst | LostStep | undefined {
  const words = splitAt(line.words, /(->|[=,])/);
  const [actor, ...rest] = words;
  if (actor === undefined || !checkActor(actor, rest, report)) return undefined;
  const arrow = rest.findIndex((word) => isPlain(word, '->'));
  const body = arrow < 0 ? rest : rest.slice(0, arrow);
  const cursor = createCursor(body, arrow < 0 ? line.end : (rest[arrow]?.span ?? line.end), report);
  if (reportKeyword(actor, isPlain(body[1], '=') ? body[2] : body[0], report)) return undefined;
  const act = parseAct(cursor);
  if (act === undefined) return { type: 'lost', actor };
  const tail = createCursor(rest.slice(arrow + 1), line.end, report);
  const expect = arrow < 0 ? undefined : parseExpectation(tail);
  const step: StepAst = { type: 'step', actor, ...act, inMenu: false, span: spanOf(words, actor.span) };
  return expect === undefined ? step : { ...step, expect };
}

/** `[NAME =] VERB ARGS`, to the end of the cursor. */
export function parseAct(
  cursor: Cursor,
): Pick<StepAst, 'verb' | 'verbWord' | 'args' | 'broken' | 'target'> | undefined {
  const first = cursor.next();
  const named = isPlain(cursor.peek(), '=');
  if (named) cursor.next();
  const verbWord = takeVerb(cursor, named ? cursor.next() : first);
  const verb = verbWord === undefined ? undefined : verbOf(verbWord.text);
  if (verbWord === undefined || verb === undefined) return undefined;
  const name = checkTarget(verb, verbWord, named ? first : undefined, cursor.report);
  const { args, broken } = parseArgs(cursor, verb);
  const wrong = !takeEndOfStep(cursor, verb) || broken || name === 'wrong';
  return { verb, verbWord, args, broken: wrong, ...(typeof name === 'string' ? {} : { target: name }) };
}

export function spanOf(words: readonly Word[], first: Span): Span {
  const last = words.at(-1)?.span ?? first;
  return { ...first, length: last.column + last.length - first.column };
}

function checkActor(actor: Word, rest: readonly Word[], report: Reporter): boolean {
  if (verbOf(actor.text) !== undefined || isPlain(rest[0], '=')) {
    const expected = 'ACTOR [NAME =] VERB ARGS: who does it stands first';
    report.error('missing-actor', actor.span, 'this step has no actor', { expected });
    return false;
  }
  if (!actor.quoted && isActorName(actor.text)) return true;
  const expected = 'a directive, a condition or an actor: letters, digits, _ and -, or app.2 for a second thread';
  report.error('not-a-name', actor.span, `'${actor.text}' is not the name of an actor`, { expected });
  return false;
}

/** A misspelt directive or quantifier: its second word is nothing like a verb. */
function reportKeyword(first: Word, second: Word | undefined, report: Reporter): boolean {
  const isVerb =
    second !== undefined && (verbOf(second.text) !== undefined || nearest(second.text, VERBS) !== undefined);
  if (isVerb || nearest(first.text, LINE_WORDS) === undefined) return false;
  const hints = { expected: oneOf(LINE_WORDS), near: { word: first.text, among: LINE_WORDS } };
  report.error('unknown-keyword', first.span, `'${first.text}' begins no line, and no verb follows it`, hints);
  return true;
}

function takeVerb(cursor: Cursor, word: Word | undefined): Word | undefined {
  if (word === undefined) {
    cursor.report.error('missing-word', cursor.end, 'the line ends too early', { expected: 'a verb' });
    return undefined;
  }
  if (!word.quoted && verbOf(word.text) !== undefined) return word;
  const near = { word: word.text, among: VERBS };
  const hints = { expected: 'a verb', elseExpected: `a verb: ${VERBS.join(', ')}`, near };
  cursor.report.error('unknown-verb', word.span, `'${word.text}' is not a verb`, hints);
  return undefined;
}

const LINE_WORDS = [...DIRECTIVES, ...QUANTIFIERS];

/** The name that the step makes; `wrong` if it has one too many or too few. */
function checkTarget(verb: Verb, at: Word, target: Word | undefined, report: Reporter): Word | 'none' | 'wrong' {
  const { makes } = SHAPES[verb];
  if (makes === undefined) {
    if (target === undefined) return 'none';
    report.error('takes-no-name', target.span, `${verb} makes nothing to name`, { expected: usageOf(verb) });
    return 'wrong';
  }
  if (target === undefined) {
    report.error('needs-name', at.span, `what ${verb} makes needs a name`, { expected: usageOf(verb) });
    return 'wrong';
  }
  return readName(target, `a name for what ${verb} makes`, report) ?? 'wrong';
}

type Draft = {
  names: Partial<Record<NameSlot, Word>>;
  numbers: Partial<Record<NumberSlot, NumberWord>>;
  tag?: Word;
  choice?: Word;
  words: Word[];
};

function parseArgs(cursor: Cursor, verb: Verb): { readonly args: StepArgs; readonly broken: boolean } {
  const draft: Draft = { names: {}, numbers: {}, words: [] };
  let broken = false;
  let skipping = false;
  for (const slot of SHAPES[verb].slots) {
    if (slot === '?') {
      skipping = draft.choice !== undefined || !/^[-+]?[0-9]/.test(cursor.peek()?.text ?? '');
      if (draft.choice !== undefined && !put(draft.numbers, 'len', takeNumber(cursor, 'the number of pages')))
        broken = true;
    } else if (!(skipping && (slot === 'off' || slot === 'srcOff' || slot === 'dstOff' || slot === 'len'))) {
      if (cursor.peek() === undefined && slot !== 'mapWords') {
        cursor.report.error('missing-word', cursor.end, `${verb} needs more`, { expected: usageOf(verb) });
        return { args: draft, broken: true };
      }
      if (!takeSlot(cursor, slot, draft)) broken = true;
    }
  }
  return { args: draft, broken };
}

function takeSlot(cursor: Cursor, slot: Exclude<Slot, '?'>, draft: Draft): boolean {
  switch (slot) {
    case 'map':
    case 'file':
    case 'mr':
    case 'dma':
    case 'pipe':
    case 'dst':
    case 'child':
      return put(draft.names, slot, takeName(cursor, 'a name'));
    case 'source':
      if (!NAMELESS.some((word) => isPlain(cursor.peek(), word))) return takeSlot(cursor, 'file', draft);
      return put(draft, 'choice', cursor.next());
    case 'actor':
      return put(draft.names, slot, takeActor(cursor));
    case 'index':
    case 'size':
    case 'off':
    case 'len':
    case 'srcOff':
    case 'dstOff':
      return put(draft.numbers, slot, takeNumber(cursor, 'a number of blocks'));
    case 'tag':
      return put(draft, 'tag', takeTag(cursor));
    case 'mode':
    case 'advice':
    case 'lease':
    case 'flag':
      return put(draft, 'choice', takeOneOf(cursor, slot));
    case 'mapWords':
      return takeMapWords(cursor, draft);
    case 'access':
      return takeAccess(cursor, draft.words);
  }
}

function put<K extends string, V>(into: Partial<Record<K, V>>, key: K, value: V | undefined): boolean {
  if (value === undefined) return false;
  into[key] = value;
  return true;
}

function takeActor(cursor: Cursor): Word | undefined {
  const word = takeWord(cursor, 'an actor');
  if (word === undefined || (!word.quoted && isActorName(word.text))) return word;
  cursor.report.error('not-a-name', word.span, `'${word.text}' is not the name of an actor`);
  return undefined;
}

function takeOneOf(cursor: Cursor, slot: ChoiceSlot): Word | undefined {
  const { words, what } = CHOICES[slot];
  const word = takeWord(cursor, oneOf(words));
  if (word === undefined || words.some((known) => isPlain(word, known))) return word;
  reportChoice(cursor.report, word, words, what);
  return undefined;
}

/** Anonymous memory is private, a memfd is shared, and MAP_SYNC is for files. */
const EXCLUDED: Readonly<Record<string, readonly string[]>> = { anon: ['shared', 'sync'], memfd: ['private', 'sync'] };

function takeMapWords(cursor: Cursor, { words, choice }: Draft): boolean {
  let fine = true;
  const excluded = EXCLUDED[choice?.text ?? ''] ?? [];
  for (let word = cursor.peek(); word !== undefined; word = cursor.peek()) {
    const { text } = word;
    if (!Object.hasOwn(MAP_WORDS, text) || word.quoted) {
      reportChoice(cursor.report, word, Object.keys(MAP_WORDS), 'a word of mmap');
      fine = false;
    } else if (
      excluded.includes(text) ||
      words.some((other) => other.text === text || other.text === MAP_WORDS[text])
    ) {
      cursor.report.error('conflicting-words', word.span, `'${text}' does not go with the words before it`);
      fine = false;
    }
    words.push(word);
    cursor.next();
  }
  return fine;
}

function takeAccess(cursor: Cursor, words: Word[]): boolean {
  let fine = true;
  for (let word = cursor.next(); word !== undefined; word = cursor.next()) {
    const { text } = word;
    if (!ACCESS.includes(text) || word.quoted) {
      reportChoice(cursor.report, word, ACCESS, 'an access flag');
      fine = false;
    } else if (words.some((other) => other.text === text)) {
      cursor.report.error('conflicting-words', word.span, `'${text}' is there twice`);
      fine = false;
    }
    words.push(word);
  }
  return fine;
}

function takeEndOfStep(cursor: Cursor, verb: Verb): boolean {
  const word = cursor.next();
  if (word === undefined) return true;
  cursor.report.error('extra-word', word.span, `'${word.text}' is one word too many`, { expected: usageOf(verb) });
  return false;
}

/** What stands after `->`; whether the word is a result is judged when the tags are known. */
function parseExpectation(cursor: Cursor): ExpectAst | undefined {
  const expected = "a result: ok, an errno, SIGBUS, NAK, EOF, a tag, void, gone, 'blocks' or 'blocks, RESULT'";
  const first = takeWord(cursor, expected);
  if (first === undefined) return undefined;
  const blocks = isPlain(first, BLOCKS);
  const more = blocks && skip(cursor, ',');
  const result = more ? takeWord(cursor, 'the final result') : first;
  const extra = cursor.next();
  if (extra !== undefined) {
    cursor.report.error('extra-word', extra.span, `'${extra.text}' is one word too many`, { expected });
  }
  return blocks && !more ? { blocks } : { blocks, ...(result === undefined ? {} : { result }) };
}
