/** `ACTOR [NAME =] VERB ARGS [-> RESULT]`. */
import type { ExpectAst, LostStep, NumberWord, StepArgs, StepAst } from './ast.ts';
import { createCursor, isPlain, readName, reportChoice, skip, takeName, takeNumber, takeTag, takeWord, type Cursor } from './cursor.ts'; // prettier-ignore
import type { Reporter, Span } from './diagnostic.ts';
import { splitAt, type LexedLine, type Word } from './lexer.ts';
import { nearest } from './nearest.ts';
import { notBuiltWords, reportNotBuilt } from './notBuilt.ts';
import { FALLOCATE_MODES, VERBS, type Verb } from '../sim/model/op.ts';
import { ACCESS, BLOCKS, DIRECTIVES, isActorName, MAP_WORDS, oneOf, QUANTIFIERS, SHAPES, usageOf, verbOf, type NameSlot, type NumberSlot, type Slot } from './vocabulary.ts'; // prettier-ignore

const KNOWN_VERBS = [...VERBS, ...notBuiltWords('not-built-verb')];

export function parseStep(line: LexedLine, report: Reporter): StepAst | LostStep | undefined {
  const words = splitAt(line.words, /(->|[=,])/);
  const [actor, ...rest] = words;
  if (actor === undefined || !checkActor(actor, rest, report)) return undefined;
  const arrow = rest.findIndex((word) => isPlain(word, '->'));
  const body = arrow < 0 ? rest : rest.slice(0, arrow);
  const cursor = createCursor(body, arrow < 0 ? line.end : (rest[arrow]?.span ?? line.end), report);
  const target = isPlain(body[1], '=') ? cursor.next() : undefined;
  if (target !== undefined) cursor.next();
  if (reportKeyword(actor, cursor.peek(), report)) return undefined;
  const verbWord = takeVerb(cursor);
  const verb = verbWord === undefined ? undefined : verbOf(verbWord.text);
  if (verbWord === undefined || verb === undefined) return { type: 'lost', actor };
  const name = checkTarget(verb, verbWord, target, report);
  const { args, broken } = parseArgs(cursor, verb);
  const tail = createCursor(rest.slice(arrow + 1), line.end, report);
  const expect = arrow < 0 ? undefined : parseExpectation(tail);
  return {
    type: 'step',
    actor,
    verb,
    verbWord,
    args,
    broken: broken || name === 'wrong' || !takeEndOfStep(cursor, verb),
    span: spanOf(words, actor.span),
    ...(typeof name === 'string' ? {} : { target: name }),
    ...(expect === undefined ? {} : { expect }),
  };
}

function spanOf(words: readonly Word[], first: Span): Span {
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
  const isVerb = second !== undefined && (KNOWN_VERBS.includes(second.text) || nearest(second.text, KNOWN_VERBS));
  if (isVerb || nearest(first.text, LINE_WORDS) === undefined) return false;
  const hints = { expected: oneOf(LINE_WORDS), near: { word: first.text, among: LINE_WORDS } };
  report.error('unknown-keyword', first.span, `'${first.text}' begins no line, and no verb follows it`, hints);
  return true;
}

function takeVerb(cursor: Cursor): Word | undefined {
  const word = takeWord(cursor, 'a verb');
  if (word === undefined) return undefined;
  if (!word.quoted && verbOf(word.text) !== undefined) return word;
  if (reportNotBuilt('not-built-verb', word, cursor.report)) return undefined;
  const hints = { expected: `a verb: ${VERBS.join(', ')}`, near: { word: word.text, among: KNOWN_VERBS } };
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

/** `mmap anon LEN`, `mmap memfd LEN`: of the language, not of this build. */
function skipNamelessMemory(cursor: Cursor): boolean {
  const word = cursor.peek();
  if (word === undefined || !reportNotBuilt('not-built-mapping', word, cursor.report)) return false;
  while (cursor.peek() !== undefined) cursor.next();
  return true;
}

type Draft = {
  names: Partial<Record<NameSlot, Word>>;
  numbers: Partial<Record<NumberSlot, NumberWord>>;
  tag?: Word;
  mode?: Word;
  words: Word[];
};

function parseArgs(cursor: Cursor, verb: Verb): { readonly args: StepArgs; readonly broken: boolean } {
  const draft: Draft = { names: {}, numbers: {}, words: [] };
  if (verb === 'mmap' && skipNamelessMemory(cursor)) return { args: draft, broken: true };
  let broken = false;
  let skipping = false;
  for (const slot of SHAPES[verb].slots) {
    if (slot === '?') {
      skipping = !/^[-+]?[0-9]/.test(cursor.peek()?.text ?? '');
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
      return put(draft.names, slot, takeName(cursor, 'a name'));
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
      return put(draft, 'mode', takeMode(cursor));
    case 'mapWords':
      return takeMapWords(cursor, draft.words);
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

function takeMode(cursor: Cursor): Word | undefined {
  const word = takeWord(cursor, oneOf(FALLOCATE_MODES));
  if (word === undefined || FALLOCATE_MODES.some((mode) => isPlain(word, mode))) return word;
  if (reportNotBuilt('not-built-mode', word, cursor.report)) return undefined;
  reportChoice(cursor.report, word, [...FALLOCATE_MODES, ...notBuiltWords('not-built-mode')], 'a mode of fallocate');
  return undefined;
}

function takeMapWords(cursor: Cursor, words: Word[]): boolean {
  let fine = true;
  for (let word = cursor.peek(); word !== undefined; word = cursor.peek()) {
    const { text } = word;
    if (!Object.hasOwn(MAP_WORDS, text) || word.quoted) {
      reportChoice(cursor.report, word, Object.keys(MAP_WORDS), 'a word of mmap');
      fine = false;
    } else if (words.some((other) => other.text === text || other.text === MAP_WORDS[text])) {
      cursor.report.error('conflicting-words', word.span, `'${text}' does not go with the words before it`);
      fine = false;
    } else if (reportNotBuilt('not-built-mapping', word, cursor.report)) {
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
