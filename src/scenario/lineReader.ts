/**
 * What may stand where on a line, read word by word and forgiving: for highlighting and completion, where a line is
 * half written. Whether the line is right is for the parser to say.
 */
import { ACTOR_STATES, MR_STATES } from './ast.ts';
import { isPlain } from './cursor.ts';
import { splitAt, type LexedLine, type Word } from './lexer.ts';
import { readOrderWord } from './parseOrder.ts';
import { ACCESS, BLOCKS, CHOICES, DIRECTIVES, isActorName, isName, isTag, MAP_WORDS, MENU, NAMELESS, QUANTIFIERS, SHAPES, verbOf, type ChoiceSlot, type DirectiveWord, type NameSlot, type NumberSlot, type Slot } from './vocabulary.ts'; // prettier-ignore
import { KNOB_NAMES, PRESET_NAMES } from '../sim/model/knobs.ts';
import type { Verb } from '../sim/model/op.ts';
import { GRAINS } from '../sim/model/order.ts';
import { FS_TYPES, KERNELS } from '../sim/model/program.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';

/** What a word is, for its colour. A `keyword` is one word of a fixed set: a mode, a flag, a preset, a knob, a value. */
export type TokenKind =
  | 'directive' | 'actor' | 'verb' | 'name' | 'number' | 'tag' | 'keyword' | 'string' | 'operator' | 'result'
  | 'property' | 'comment' | 'error'; // prettier-ignore

/** What may stand at a place. `line`: what begins a line. `end`: nothing more. */
export type SlotName =
  | 'line' | 'end' | 'text' | 'cells' | 'newName' | 'equals' | 'comma' | 'colon' | 'arrow' | 'step' | 'blocks' | 'count'
  | 'fsType' | 'fsSetting' | 'fsValue' | 'kernel' | 'preset' | 'knob' | 'knobValue' | 'allocOrder' | 'grain' | 'orderWord' | 'threads' | 'cloneWord'
  | 'times' | 'verb' | 'source' | 'tag' | 'mapWord' | 'accessFlag' | 'result' | 'condition' | 'state' | 'join'
  | NameSlot | NumberSlot | ChoiceSlot; // prettier-ignore

export type Place = {
  readonly slot: SlotName;
  /** What may stand here instead. */
  readonly also: readonly SlotName[];
  readonly actor?: string;
  readonly verb?: Verb;
  /** The knob or the setting whose value stands here. */
  readonly key?: string;
  readonly inMenu: boolean;
  /** Flags and words of the step so far. */
  readonly said: readonly string[];
};

export type LineReader = {
  readonly place: () => Place;
  /** Takes a word in, and says what it is. `next` is the word behind it. */
  readonly read: (word: Word, next: Word | undefined) => TokenKind;
};

/** The words of a line as this line splits them. */
export function wordsOf({ words }: LexedLine): readonly Word[] {
  const [first] = words;
  if (first === undefined || first.quoted) return words;
  if (first.text === 'title' || first.text === 'about') return words;
  if (DIRECTIVES.some((word) => word === first.text)) return splitAt(words, /(=)/);
  if (QUANTIFIERS.some((word) => word === first.text)) return splitAt(words, /([=()])/);
  return splitAt(words, first.text === MENU ? /(->|[=,:|])/ : /(->|[=,])/);
}

type Queue = readonly (SlotName | '?')[];

const DIRECTIVE_SLOTS: Readonly<Record<DirectiveWord, Queue>> = {
  title: ['text'],
  about: ['text'],
  note: ['step', 'text'],
  device: ['blocks'],
  fs: ['fsType', 'fsSetting'],
  kernel: ['kernel'],
  option: ['preset', 'knob'],
  alloc: ['allocOrder'],
  proc: ['newName', 'threads'],
  file: ['newName', 'cells'],
  order: ['grain', 'orderWord'],
};

const CONDITION_SLOTS: ReadonlyMap<string, Queue> = new Map<string, Queue>([
  ['file', ['file', 'equals', 'cells', 'join']],
  ['size', ['file', 'equals', 'size', 'join']],
  ['free', ['equals', 'count', 'join']],
  ['zombie', ['equals', 'count', 'join']],
  ['hole', ['file', 'index', 'join']],
  ['pinned', ['file', 'index', 'join']],
  ['shared', ['file', 'index', 'file', 'index', 'join']],
  ['not', ['condition']],
  ['(', ['condition']],
]);

/** Slots that take any number of words. */
const REPEATED: ReadonlySet<SlotName | '?'> = new Set<SlotName | '?'>(['text', 'mapWord', 'accessFlag', 'fsSetting', 'knob', 'orderWord']); // prettier-ignore
/** Slots that may stay empty at the end of a step. */
const OPEN: ReadonlySet<SlotName | '?'> = new Set<SlotName | '?'>(['?', 'mapWord', 'end']);

const STATES: readonly string[] = [...MR_STATES, ...ACTOR_STATES];

function slotsOf(slots: readonly Slot[]): Queue {
  return slots.map((slot) => (slot === 'mapWords' ? 'mapWord' : slot === 'access' ? 'accessFlag' : slot));
}

type Mode = 'directive' | 'step' | 'menu' | 'claim';

type Reading = {
  queue: Queue;
  mode: Mode;
  actor?: string;
  verb?: Verb;
  key?: string;
  said: string[];
};

export function createLineReader(): LineReader {
  const at: Reading = { queue: ['line'], mode: 'directive', said: [] };
  return { place: () => placeOf(at), read: (word, next) => readWord(at, word, next) };
}

function placeOf({ queue, mode, actor, verb, key, said }: Reading): Place {
  const [head = 'end', second = 'end'] = queue;
  const slot = head === '?' ? (second === '?' ? 'end' : second) : head;
  const also: SlotName[] = [];
  const rest = head === '?' ? queue.slice(queue.indexOf('len') + 1) : queue.slice(1);
  const [follower = 'end'] = rest;
  if (head === '?' && follower !== '?' && follower !== 'end') also.push(follower);
  if (head === 'preset') also.push('knob');
  if (head === 'fsType') also.push('fsSetting');
  if (head === 'cells' && mode === 'directive') also.push('equals');
  if (head === 'times') also.push('colon');
  if (mode === 'step' && verb !== undefined && isComplete(head, follower, said)) also.push('arrow');
  const known = { ...(actor === undefined ? {} : { actor }), ...(verb === undefined ? {} : { verb }), ...(key === undefined ? {} : { key }) }; // prettier-ignore
  return { slot, also, ...known, inMenu: mode === 'menu', said };
}

const isComplete = (head: SlotName | '?', follower: SlotName | '?', said: readonly string[]): boolean =>
  head === '?' ? OPEN.has(follower) : head === 'accessFlag' ? said.length > 0 : OPEN.has(head);

function readWord(at: Reading, word: Word, next: Word | undefined): TokenKind {
  if (at.mode === 'step' && isPlain(word, '->')) {
    at.queue = ['result'];
    return 'operator';
  }
  if (at.mode === 'menu' && isPlain(word, '|')) {
    restart(at);
    return 'operator';
  }
  const [head = 'end', ...rest] = at.queue;
  if (head === '?') {
    at.queue = /^[-+]?[0-9]/.test(word.text) ? rest : rest.slice(rest.indexOf('len') + 1);
    return readWord(at, word, next);
  }
  if (!REPEATED.has(head)) at.queue = rest;
  return READ[head](at, word, next);
}

function restart(at: Reading): void {
  at.queue = ['verb'];
  delete at.verb;
  at.said = [];
}

type Read = (at: Reading, word: Word, next: Word | undefined) => TokenKind;

const plain =
  (kind: TokenKind, fits: (word: string) => boolean): Read =>
  (_, { text, quoted }) =>
    !quoted && fits(text) ? kind : 'error';
const oneWord = (words: readonly string[]): Read => plain('keyword', (word) => words.includes(word));
const symbol = (sign: string): Read => plain('operator', (word) => word === sign);
const name = plain('name', isName);
const number = plain('number', (word) => /^[0-9]+$/.test(word));
const flag =
  (words: readonly string[]): Read =>
  (at, word) => {
    at.said = [...at.said, word.text];
    return !word.quoted && words.includes(word.text) ? 'keyword' : 'error';
  };

const readLine: Read = (at, word, next) => {
  const directive = word.quoted ? undefined : DIRECTIVES.find((known) => known === word.text);
  if (directive !== undefined) {
    at.queue = DIRECTIVE_SLOTS[directive];
    return 'directive';
  }
  if (QUANTIFIERS.some((known) => isPlain(word, known))) {
    at.mode = 'claim';
    at.queue = ['condition'];
    return 'directive';
  }
  if (isPlain(word, MENU)) {
    at.mode = 'menu';
    at.queue = ['actor', 'times', 'colon', 'verb'];
    return 'directive';
  }
  at.mode = 'step';
  restart(at);
  at.actor = word.text;
  return !word.quoted && isActorName(word.text) && !isPlain(next, '=') ? 'actor' : 'error';
};

const readVerb: Read = (at, word, next) => {
  if (isPlain(next, '=')) {
    at.queue = ['equals', 'verb'];
    return isName(word.text) && !word.quoted ? 'name' : 'error';
  }
  const verb = word.quoted ? undefined : verbOf(word.text);
  if (verb === undefined) return 'error';
  at.verb = verb;
  at.queue = slotsOf(SHAPES[verb].slots);
  return 'verb';
};

/** `knob=value`: the value is one of the words of the knob. */
const readKey =
  (words: readonly string[], value: SlotName): Read =>
  (at, word) => {
    at.key = word.text;
    at.queue = ['equals', value, ...at.queue];
    return !word.quoted && words.includes(word.text) ? 'keyword' : 'error';
  };

const FS_SETTINGS = ['reflink', 'dax', 'log'];

const readCondition: Read = (at, word, next) => {
  if (next !== undefined && !next.quoted && STATES.includes(next.text)) {
    at.queue = ['state', 'join'];
    return ACTOR_STATES.some((state) => state === next.text) ? 'actor' : 'name';
  }
  const slots = word.quoted ? undefined : CONDITION_SLOTS.get(word.text);
  const isProperty = !word.quoted && PROPERTY_IDS.some((id) => id === word.text);
  at.queue = slots ?? (isProperty ? ['join'] : ['state', 'join']);
  if (slots !== undefined) return word.text === '(' ? 'operator' : 'keyword';
  return isProperty ? 'property' : isActorName(word.text) && next === undefined ? 'name' : 'error';
};

const readJoin: Read = (at, word) => {
  if (isPlain(word, ')')) {
    at.queue = ['join'];
    return 'operator';
  }
  at.queue = ['condition'];
  return isPlain(word, 'and') || isPlain(word, 'or') ? 'keyword' : 'error';
};

const readNewName: Read = (at, word, next) => {
  if (at.mode === 'directive' && isPlain(next, '=')) at.queue = ['equals', 'cloneWord', 'file', '?', 'off', 'len'];
  return name(at, word, next);
};

const ORDER_KINDS = {
  step: 'number',
  lines: 'number',
  run: 'actor',
  dma: 'name',
  grace: 'name',
  wrong: 'error',
} as const;

const choice = (slot: ChoiceSlot): Read => oneWord(CHOICES[slot].words);

const READ: Readonly<Record<SlotName, Read>> = {
  line: readLine,
  end: () => 'error',
  text: () => 'string',
  cells: (_, { text }) => (/^[A-Za-z0-9._]*$/.test(text) ? 'tag' : 'error'),
  newName: readNewName,
  equals: symbol('='),
  comma: symbol(','),
  colon: symbol(':'),
  arrow: symbol('->'),
  step: number,
  blocks: number,
  count: number,
  fsType: (at, word, next) =>
    isPlain(next, '=') ? readKey(FS_SETTINGS, 'fsValue')(at, word, next) : oneWord(FS_TYPES)(at, word, next),
  fsSetting: readKey(FS_SETTINGS, 'fsValue'),
  fsValue: oneWord(['0', '1', 'always', 'never', 'sync', 'async']),
  kernel: oneWord(KERNELS),
  preset: (at, word, next) =>
    isPlain(next, '=') ? readKey(KNOB_NAMES, 'knobValue')(at, word, next) : oneWord(PRESET_NAMES)(at, word, next),
  knob: readKey(KNOB_NAMES, 'knobValue'),
  knobValue: plain('keyword', (word) => /^[a-z]+$/.test(word)),
  allocOrder: oneWord(['lowest', 'any']),
  grain: oneWord(GRAINS),
  orderWord: (_, word) => ORDER_KINDS[readOrderWord(word)?.type ?? 'wrong'],
  threads: (at, word) => {
    at.queue = ['equals', 'count'];
    return isPlain(word, 'threads') ? 'keyword' : 'error';
  },
  cloneWord: oneWord(['reflink']),
  times: (at, word) => {
    if (isPlain(word, ':')) {
      at.queue = ['verb'];
      return 'operator';
    }
    return /^x[0-9]+$/.test(word.text) && !word.quoted ? 'number' : 'error';
  },
  verb: readVerb,
  source: (at, word, next) => {
    if (!NAMELESS.some((known) => isPlain(word, known))) return name(at, word, next);
    at.queue = ['len', 'mapWord'];
    return 'keyword';
  },
  tag: plain('tag', isTag),
  mapWord: flag(Object.keys(MAP_WORDS)),
  accessFlag: flag(ACCESS),
  result: (at, word) => {
    if (isPlain(word, BLOCKS)) at.queue = ['comma', 'result'];
    return word.quoted ? 'error' : 'result';
  },
  condition: readCondition,
  state: oneWord(STATES),
  join: readJoin,
  map: name,
  file: name,
  mr: name,
  dma: name,
  pipe: name,
  dst: name,
  child: name,
  actor: (at, word) => {
    if (at.mode === 'menu' && at.verb === undefined) at.actor = word.text;
    return !word.quoted && isActorName(word.text) ? 'actor' : 'error';
  },
  index: number,
  size: number,
  off: number,
  len: number,
  srcOff: number,
  dstOff: number,
  mode: choice('mode'),
  advice: choice('advice'),
  lease: choice('lease'),
  flag: choice('flag'),
};
