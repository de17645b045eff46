/** One step: its names become ids, its words an `Op`. */
import type { StepAst } from './ast.ts';
import type { ActorTable } from './actors.ts';
import { BUILD } from './buildOp.ts';
import { isResultWord } from './cursor.ts';
import { ERRNO_ALIASES, ERRNOS } from './errnos.ts';
import type { Reporter } from './diagnostic.ts';
import type { Lengths } from './lengths.ts';
import type { Word } from './lexer.ts';
import { creations, resolveName, type NameTable } from './names.ts';
import type { TagTable } from './tags.ts';
import { ZERO_TAG } from '../sim/model/ids.ts';
import { ACCESS_FLAGS, type AccessFlag, type Op } from '../sim/model/op.ts';
import type { Expectation } from '../sim/model/program.ts';
import { BLOCKS, NAMELESS, PEER, RESULT_WORDS, type NameSlot } from './vocabulary.ts';

export type StepContext = {
  readonly names: NameTable;
  readonly actors: ActorTable;
  readonly tags: TagTable;
  readonly lengths: Lengths;
  /** An order says what comes when: a line may use what any line makes. */
  readonly ordered: boolean;
  readonly report: Reporter;
};

/** The operation, or what is wrong was reported. */
export function resolveStep(step: StepAst, context: StepContext): Op | undefined {
  const ids = resolveNames(step, context);
  if (ids === undefined || step.broken) return undefined;
  return buildOp(step, ids, context);
}

type Ids = Readonly<Partial<Record<NameSlot, number>>>;

function resolveNames(step: StepAst, context: StepContext): Ids | undefined {
  const made = creations(step);
  const ids: Partial<Record<NameSlot, number>> = {};
  let whole = true;
  for (const slot of ['map', 'file', 'dst', 'mr', 'dma', 'pipe', 'actor', 'child'] as const) {
    const word = step.args.names[slot];
    if (word === undefined) continue;
    const id = resolveSlot(step, slot, word, context);
    if (id === undefined) whole = false;
    else ids[slot] = id;
  }
  for (const { kind, word } of made) {
    const id = context.names.find(kind, word.text, step.actor.text)?.id;
    if (kind !== 'file' && id !== undefined) ids[kind] = id;
  }
  return whole ? ids : undefined;
}

function resolveSlot(step: StepAst, slot: NameSlot, word: Word, context: StepContext): number | undefined {
  if (slot === 'child') return context.actors.forkOf(step);
  return slot === 'actor' ? resolveActor(step, word, context) : resolveObject(step, slot, word, context);
}

function resolveObject(
  step: StepAst,
  slot: Exclude<NameSlot, 'actor' | 'child'>,
  word: Word,
  context: StepContext,
): number | undefined {
  const { names, report, ordered } = context;
  const kind = slot === 'dst' ? 'file' : slot;
  const use = { kind, word, actor: step.actor.text } as const;
  const free = ordered || step.inMenu || makesFile(step, slot);
  return resolveName(free ? use : { ...use, after: word.span.line }, names, report);
}

/** `reflink` makes its destination, `create` its file; `dedupe` compares with one that is there. */
const makesFile = ({ verb }: StepAst, slot: NameSlot): boolean =>
  (slot === 'dst' && verb === 'reflink') || (slot === 'file' && verb === 'create');

function resolveActor(step: StepAst, word: Word, { actors, names, report, ordered }: StepContext): number | undefined {
  const task = actors.taskOf(word.text);
  const born = actors.bornOn(word.text);
  if (born !== undefined && !step.inMenu && !ordered && born >= step.span.line) {
    const expected = 'a process that is there from the start, or forked above';
    report.error('use-before-creation', word.span, `'${word.text}' is not there yet: line ${born} forks it`, {
      expected,
    });
    return undefined;
  }
  if (task !== undefined && actors.actors[task]?.type === 'thread') return task;
  if (task !== undefined || word.text === PEER) {
    report.error('remote-actor', word.span, `'${word.text}' is the remote side: it has no process here`, {
      expected: 'a process or thread of this text',
    });
  } else if (!names.unseen.has(word.text)) {
    const hints = { expected: 'an actor of this text, or one that `proc NAME` declares', near: { word: word.text, among: actors.names() } }; // prettier-ignore
    report.error('unknown-actor', word.span, `there is no actor '${word.text}'`, hints);
  }
  return undefined;
}

/** Every slot that the verb's shape asks for is filled: a step that lacks one is `broken` and never comes here. */
function buildOp(step: StepAst, ids: Ids, { tags, report }: StepContext): Op {
  const { verb, args } = step;
  const { numbers } = args;
  return BUILD[verb]({
    id: (slot) => ids[slot] ?? 0,
    n: (slot) => numbers[slot]?.value ?? 0,
    len: numbers.len === undefined ? {} : { len: numbers.len.value },
    tag: args.tag === undefined ? ZERO_TAG : tags.idOf(args.tag.text),
    choice: (words) => words.find((word) => word === args.choice?.text) ?? words[0],
    source: NAMELESS.find((word) => verb === 'mmap' && word === args.choice?.text) ?? 'file',
    has: (word) => args.words.some(({ text }) => text === word),
    access: verb === 'reg_mr' || verb === 'rereg_mr' ? readAccess(step, report) : [],
  });
}

/** In the order of the table. The kernel answers EINVAL to remote writes without local_write, so it is added. */
function readAccess({ args, verbWord }: StepAst, report: Reporter): readonly AccessFlag[] {
  const asked = new Set(args.words.map(({ text }) => text));
  const remote = args.words.find(({ text }) => text === 'remote_write' || text === 'remote_atomic');
  if (remote !== undefined && !asked.has('local_write')) {
    asked.add('local_write');
    const message = `${remote.text} without local_write is EINVAL (ib_check_mr_access): local_write was added`;
    report.notice('added-local-write', verbWord.span, message);
  }
  return ACCESS_FLAGS.filter((flag) => asked.has(flag));
}

/** An index past what the text says of a mapping or an MR. */
export function checkLengths(op: Op, step: StepAst, { lengths, report }: StepContext): void {
  const inside = (slot: 'index' | 'len', end: number, length: number | undefined, what: string): void => {
    const word = step.args.numbers[slot]?.word;
    if (length === undefined || end <= length || word === undefined) return;
    const expected = length === 0 ? 'a longer one' : `at most ${slot === 'index' ? length - 1 : `${length} blocks`}`;
    report.error('index-range', word.span, `${slot === 'index' ? 'index ' : 'block '}${end - 1} is past ${what}`, {
      expected: `${expected}: it has ${length} block${length === 1 ? '' : 's'}`,
    });
  };
  const name = (slot: NameSlot): string => step.args.names[slot]?.text ?? '';
  switch (op.verb) {
    case 'load':
    case 'store':
    case 'dio_write':
    case 'dio_read':
    case 'vmsplice':
      return inside('index', op.index + 1, lengths.ofMap(op.map), `the mapping ${name('map')}`);
    case 'reg_mr':
    case 'madvise':
      return inside('len', op.off + (op.len ?? 0), lengths.ofMap(op.map), `the mapping ${name('map')}`);
    case 'rdma_read':
    case 'rdma_write':
    case 'post_read':
    case 'post_write':
      return inside('index', op.index + 1, lengths.ofMr(op.mr), `the MR ${name('mr')}`);
    default:
  }
}

const RESULTS: readonly string[] = [...RESULT_WORDS, ...ERRNOS];

/** The result must be one that some step can give: a known word, or a tag of this text. */
export function resolveExpectation(step: StepAst, { tags, report }: StepContext): Expectation | undefined {
  const { expect } = step;
  if (expect === undefined) return undefined;
  const { blocks, result: word } = expect;
  if (word === undefined) return { blocks, text: BLOCKS };
  checkResult(word, tags, report);
  return { blocks, result: word.text, text: blocks ? `${BLOCKS}, ${word.text}` : word.text };
}

function checkResult(word: Word, tags: TagTable, report: Reporter): void {
  const { text } = word;
  const known = (isResultWord(text) && text !== BLOCKS) || tags.has(text) || /^[A-Za-z0-9.]$/.test(text);
  if (known && !word.quoted) return;
  if (/^E[A-Z0-9]+$/.test(text)) {
    const alias = ERRNO_ALIASES.get(text);
    const near = { word: text, among: ERRNOS };
    const hints = { expected: 'an errno name of Linux', ...(alias === undefined ? { near } : { suggestion: alias }) };
    report.error('unknown-errno', word.span, `'${text}' is not an errno`, hints);
  } else {
    const among = [...RESULTS, BLOCKS, ...tags.names()];
    const expected = `${RESULT_WORDS.join(', ')}, ${BLOCKS}, an errno, or a tag of this text`;
    report.error('unknown-result', word.span, `'${text}' is not a result`, { expected, near: { word: text, among } });
  }
}
