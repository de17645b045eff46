/**
 * The words of the language and the shape of every verb, as data: the parser, the diagnostics and the formatter all
 * read these tables.
 */
import { ACCESS_FLAGS, ADVICES, FALLOCATE_MODES, FILE_FLAGS, LEASE_KINDS, VERBS, type Verb } from '../sim/model/op.ts';

export const DIRECTIVES = [
  'title',
  'about',
  'note',
  'device',
  'fs',
  'kernel',
  'option',
  'alloc',
  'proc',
  'file',
  'order',
] as const;
export type DirectiveWord = (typeof DIRECTIVES)[number];

export const QUANTIFIERS = ['exists', 'forbid', 'always'] as const;
export type Quantifier = (typeof QUANTIFIERS)[number];

/** Begins a menu line. */
export const MENU = 'any';
/** The actor that needs no process. */
export const PEER = 'peer';

/** Results that are no errno and no tag. */
export const RESULT_WORDS = ['ok', 'SIGBUS', 'NAK', 'EOF', 'void', 'gone', 'differs'] as const;
export const BLOCKS = 'blocks';

/** What a name in a step can stand for. */
export const NAME_KINDS = ['map', 'file', 'mr', 'dma', 'pipe'] as const;
export type NameKind = (typeof NAME_KINDS)[number];
export const KIND_TITLES: Readonly<Record<NameKind, string>> = {
  map: 'a mapping',
  file: 'a file',
  mr: 'an MR',
  dma: 'a DMA',
  pipe: 'a pipe',
};

/** Places of a verb's arguments, in the order in which they are written. `?` opens a group of numbers that may be left out. */
export type NameSlot = NameKind | 'dst' | 'actor' | 'child';
export type NumberSlot = 'index' | 'size' | 'off' | 'len' | 'srcOff' | 'dstOff';
/** One word of a fixed set. */
export type ChoiceSlot = 'mode' | 'advice' | 'lease' | 'flag';
export type Slot = NameSlot | NumberSlot | ChoiceSlot | 'source' | 'tag' | 'mapWords' | 'access' | '?';

export const CHOICES: Readonly<Record<ChoiceSlot, { readonly what: string; readonly words: readonly string[] }>> = {
  mode: { what: 'a mode of fallocate', words: FALLOCATE_MODES },
  advice: { what: 'an advice of madvise', words: ADVICES },
  lease: { what: 'a kind of lease', words: LEASE_KINDS },
  flag: { what: 'a flag of a file', words: FILE_FLAGS },
};

type VerbShape = {
  /** What `NAME =` before the verb names. */
  readonly makes?: 'map' | 'mr' | 'dma' | 'pipe';
  readonly slots: readonly Slot[];
  /** Who may do it: a thread of a process, or the other side of the wire. */
  readonly by?: 'remote' | 'anyone';
};

export const SHAPES: Readonly<Record<Verb, VerbShape>> = {
  mmap: { makes: 'map', slots: ['source', '?', 'off', 'len', 'mapWords'] },
  munmap: { slots: ['map'] },
  load: { slots: ['map', 'index'] },
  store: { slots: ['map', 'index', 'tag'] },
  pread: { slots: ['file', 'index'] },
  pwrite: { slots: ['file', 'index', 'tag'] },
  pwrite_direct: { slots: ['file', 'index', 'tag'] },
  ftruncate: { slots: ['file', 'size'] },
  fallocate: { slots: ['file', 'mode', 'off', 'len'] },
  reflink: { slots: ['file', 'dst', '?', 'srcOff', 'dstOff', 'len'] },
  dedupe: { slots: ['file', 'dst', '?', 'srcOff', 'dstOff', 'len'] },
  create: { slots: ['file'] },
  unlink: { slots: ['file'] },
  open: { slots: ['file'] },
  close: { slots: ['file'] },
  fsync: { slots: ['file'] },
  sync: { slots: [] },
  msync: { slots: ['map'] },
  madvise: { slots: ['map', 'advice', 'off', 'len'] },
  fork: { slots: ['child'] },
  exit: { slots: [] },
  kill: { slots: ['actor'] },
  signal: { slots: ['actor'] },
  reg_mr: { makes: 'mr', slots: ['map', '?', 'off', 'len', 'access'] },
  rereg_mr: { slots: ['mr', 'access'] },
  dereg_mr: { slots: ['mr'] },
  rdma_read: { slots: ['mr', 'index'], by: 'remote' },
  rdma_write: { slots: ['mr', 'index', 'tag'], by: 'remote' },
  post_read: { makes: 'dma', slots: ['mr', 'index'], by: 'remote' },
  post_write: { makes: 'dma', slots: ['mr', 'index', 'tag'], by: 'remote' },
  complete: { slots: ['dma'], by: 'remote' },
  dio_write: { makes: 'dma', slots: ['map', 'index'] },
  dio_read: { makes: 'dma', slots: ['map', 'index', 'tag'] },
  dio_end: { slots: ['dma'] },
  vmsplice: { makes: 'pipe', slots: ['map', 'index'] },
  peek: { slots: ['pipe'] },
  pipe_read: { slots: ['pipe'] },
  setlease: { slots: ['file', 'lease'] },
  unlease: { slots: ['file'] },
  share_uverbs: { slots: ['actor'] },
  set: { slots: ['file', 'flag'] },
  wait: { slots: [], by: 'anyone' },
};

export const ACCESS: readonly string[] = ACCESS_FLAGS;
/** What `mmap` may map instead of a file: so no file can be called so. */
export const NAMELESS = ['anon', 'memfd'] as const;
/** Words after `mmap FILE`, and the one that each excludes. `rw` and `shared` are what is meant without a word. */
export const MAP_WORDS: Readonly<Record<string, string | undefined>> = {
  ro: 'rw',
  rw: 'ro',
  shared: 'private',
  private: 'shared',
  sync: undefined,
};

const LABELS: Readonly<Record<Exclude<Slot, '?'>, string>> = {
  map: 'MAPPING',
  file: 'FILE',
  mr: 'MR',
  dma: 'DMA',
  pipe: 'PIPE',
  dst: 'DST',
  actor: 'ACTOR',
  index: 'INDEX',
  size: 'SIZE',
  off: 'OFF',
  len: 'LEN',
  srcOff: 'SRCOFF',
  dstOff: 'DSTOFF',
  tag: 'TAG',
  child: 'CHILD',
  source: 'FILE',
  mode: FALLOCATE_MODES.join('|'),
  advice: ADVICES.join('|'),
  lease: LEASE_KINDS.join('|'),
  flag: FILE_FLAGS.join('|'),
  mapWords: '[ro|rw] [shared|private] [sync]',
  access: 'ACCESS…',
};

/** `NAME = reg_mr MAPPING [OFF LEN] ACCESS…` */
export function usageOf(verb: Verb): string {
  const { makes, slots } = SHAPES[verb];
  const words: string[] = makes === undefined ? [verb] : ['NAME', '=', verb];
  let open = false;
  for (const slot of slots) {
    if (slot === '?') {
      open = true;
      words.push('[');
    } else {
      const last = open && slot === 'len';
      words.push(LABELS[slot] + (last ? ']' : ''));
      if (last) open = false;
    }
  }
  const usage = words.join(' ').replace(/\[ /g, '[');
  return verb === 'mmap' ? `${usage}; or NAME = mmap anon|memfd LEN [ro|rw]` : usage;
}

export function verbOf(word: string): Verb | undefined {
  return VERBS.find((verb) => verb === word);
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

const NAME = /^[A-Za-z0-9_-]+$/;
const ACTOR = /^[A-Za-z0-9_-]+(?:\.[0-9]+)?$/;
const TAG = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const LONGEST_NAME = 64;

export const isName = (word: string): boolean => word.length <= LONGEST_NAME && NAME.test(word);
export const isActorName = (word: string): boolean => word.length <= LONGEST_NAME && ACTOR.test(word);
/** `.` is the tag of zeroes. */
export const isTag = (word: string): boolean => word === '.' || (word.length <= LONGEST_NAME && TAG.test(word));
/** `a` of `a.2`. */
export const processName = (actor: string): string => actor.split('.', 1)[0] ?? actor;
