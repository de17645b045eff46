/**
 * "Why EOPNOTSUPP": of every step that did not do what it was asked, the rule, what stood in the way and since when, and
 * where in the order of checks that came. Which value would let it pass is found by running it: see `knobWords.ts`.
 */
import { checksOf, type Check } from '../sim/model/check.ts';
import { MAINLINE, type KnobName } from '../sim/model/knobs.ts';
import { manPageOf } from '../sim/model/manPages.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { sentence } from './effects.ts';
import { inTheWay } from './inTheWay.ts';
import { callName, count, dmaKindName, extentName, mrName, upperFirst } from './names.ts';
import { linked, type Line, type Target } from './parts.ts';
import { sayGone, sayHeld, sayVoid } from './sayProcess.ts';
import { wokeFrom } from './saySleep.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, fileOf, lastOf, returnedOf, stepName, tell } from './told.ts';

/** `here` said no; what comes `later` was not reached. */
export type CheckMark = { readonly name: string; readonly state: 'passed' | 'here' | 'later' };

export type RefusalCard = {
  /** `Why EOPNOTSUPP`, `Why NAK`, `Why nothing happened`. */
  readonly title: string;
  readonly rule: Line;
  /** The knob that decided, and its value. Absent: no option decides this. */
  readonly knob: { readonly name: KnobName; readonly value: string } | undefined;
  /** The rule is of a proposal: no kernel has it. */
  readonly proposed: boolean;
  readonly inTheWay: readonly Line[];
  /** Empty where there is no order to speak of. */
  readonly order: readonly CheckMark[];
  /** What the man page says to that errno. */
  readonly man: string;
  /** Index into Program.steps. */
  readonly step: number;
};

/** Up to here in the turn; undefined: nothing was refused. */
export function refusalAt(program: Program, outline: Outline, moment: Moment): RefusalCard | undefined {
  const told = tell(program, outline, moment);
  return told === undefined ? undefined : refusalOf(told);
}

function refusalOf(told: Told): RefusalCard | undefined {
  const idle = idleCard(told);
  if (idle !== undefined) return idle;
  const refused = lastOf(told.events, 'refused');
  const nak = lastOf(told.events, 'nak');
  if (nak !== undefined) return nakCard(told, nak, refused);
  if (refused !== undefined) return refusedCard(told, refused);
  return answerCard(told);
}

const NOTHING = { knob: undefined, proposed: false, inTheWay: [], order: [], man: '' } as const;

/** Every `step 3` of a sentence leads there. */
export function withSteps(text: string, targets: readonly Target[] = []): Line {
  const steps = [...text.matchAll(/\bstep (\d+)/g)].map(([words, n]) => ({ text: words, step: Number(n) - 1 }));
  return linked(text, [...targets, ...steps]);
}

/** Nothing was asked of the machine at all. */
function idleCard(told: Told): RefusalCard | undefined {
  const has = (type: 'void' | 'gone' | 'held'): boolean => eventsOf(told.events, type).length > 0;
  const text = has('held') ? sayHeld(told) : has('void') ? sayVoid(told) : has('gone') ? sayGone(told) : undefined;
  if (text === undefined) return undefined;
  const title = has('held') ? 'Why it is held back' : 'Why nothing happens';
  return { ...NOTHING, title, rule: withSteps(text), step: told.turn.step };
}

function refusedCard(told: Told, refused: EventOf<'refused'>): RefusalCard {
  const { knob, check, errno } = refused;
  const { knobs } = told.program.option;
  // A fault inside a call has its own errno; the caller sees the call's.
  const result = returnedOf(told)?.result;
  const seen = result !== undefined && /^E[A-Z]+$|^SIGBUS$/.test(result) ? result : errno;
  const fault = seen === errno ? '' : `${callName(told.op)} needs the page; its fault got ${errno}: `;
  return {
    title: `Why ${seen}`,
    rule: [upperFirst(sentence(`${fault}${refused.why}`))],
    knob: knob === undefined ? undefined : { name: knob, value: knobs[knob] },
    proposed: knob !== undefined && knobs[knob] !== MAINLINE[knob],
    inTheWay: inTheWay(told, refused),
    order: orderOf(told.op, check),
    man: manText(told, seen, knob),
    step: told.turn.step,
  };
}

const CHECK_NAMES: { readonly [C in Check]: string } = {
  name: 'name', arguments: 'arguments', features: 'features', leases: 'leases', i_rwsem: 'i_rwsem', flag: 'flag',
  'fs.shrink': 'fs.shrink', pins: 'pins', range: 'range', contents: 'contents', blocks: 'free blocks',
  handle: 'uverbs handle', access: 'access', odp: 'on-demand paging', longterm: 'longterm pins', mapping: 'mapping',
  admission: 'fsdax admission', writable: 'writable mapping', faults: 'faults', size: 'end of file', key: 'rkey',
  bounds: 'bounds', translation: 'translation',
}; // prettier-ignore

function orderOf({ verb }: Op, here: Check): readonly CheckMark[] {
  const checks = checksOf(verb);
  const at = checks.indexOf(here);
  return checks.map((check, i) => ({
    name: CHECK_NAMES[check],
    state: i < at ? 'passed' : i === at ? 'here' : 'later',
  }));
}

/** `ftruncate(2) lists ETXTBSY, but not for this cause.` */
function manText({ op, program }: Told, errno: string, knob: KnobName | undefined): string {
  const page = manPageOf(op.verb);
  if (page === undefined || errno === 'ENOENT') return '';
  if (page.errnos.includes(errno)) return `${page.man} lists ${errno}.`;
  if (errno !== 'ETXTBSY' || !page.swapfile) return `${page.man} does not list ${errno}.`;
  return knob === 'file.immutable' && program.option.knobs[knob] === 'swapfile'
    ? `${page.man} lists ETXTBSY for a swap file.`
    : `${page.man} lists ETXTBSY for what is executed or a swap file, not for this cause.`;
}

const NAK_RULES: { readonly [W in EventOf<'nak'>['why']]: string } = {
  key: 'the rkey names no live MR when the operation is posted',
  bounds: 'the operation reaches past the end of the MR',
  access: 'the MR does not have this remote access',
  fault: 'the NIC finds no page to translate to',
};

const NAK_CHECKS: { readonly [W in EventOf<'nak'>['why']]: Check } = {
  key: 'key', bounds: 'bounds', access: 'access', fault: 'translation',
}; // prettier-ignore

function nakCard(told: Told, nak: EventOf<'nak'>, refused: EventOf<'refused'> | undefined): RefusalCard {
  const { program, state } = told;
  const check = refused?.check ?? NAK_CHECKS[nak.why];
  const name = mrName(program, nak.mr);
  const kind = dmaKindName(state.dmas[nak.dma]?.kind ?? 'rdma_read');
  const why = refused === undefined ? '' : `: its fault got ${refused.errno}, ${refused.why}`;
  const rule = sentence(`the ${kind} of ${name} is answered with a NAK: ${NAK_RULES[nak.why]}${why}`);
  const knob = refused?.knob;
  return {
    title: 'Why NAK',
    rule: linked(upperFirst(rule), [{ text: name, ref: { type: 'mr', mr: nak.mr } }]),
    knob: knob === undefined ? undefined : { name: knob, value: program.option.knobs[knob] },
    proposed: knob !== undefined && program.option.knobs[knob] !== MAINLINE[knob],
    inTheWay: refused === undefined ? inTheWay(told, { type: 'refused', errno: 'NAK', why: '', check }) : inTheWay(told, refused), // prettier-ignore
    order: orderOf(told.op, check),
    man: '',
    step: told.turn.step,
  };
}

/** The call was made, and its answer is no `ok`: a signal, the end of the file, contents that differ. */
function answerCard(told: Told): RefusalCard | undefined {
  const result = returnedOf(told)?.result;
  const card = { ...NOTHING, step: told.turn.step };
  if (result === 'EINTR') return { ...card, title: 'Why EINTR', rule: interruptedBy(told), man: manText(told, result, undefined) }; // prettier-ignore
  if (result === 'EOF') return { ...card, title: 'Why EOF', rule: pastEnd(told), order: orderOf(told.op, 'size') };
  if (result === 'differs') {
    const rule = 'The two ranges do not hold the same data, so nothing is shared.';
    return { ...card, title: 'Why differs', rule: [rule], order: orderOf(told.op, 'contents') };
  }
  if (result === undefined || !/^E[A-Z]+$|^SIGBUS$|^NAK$/.test(result)) return undefined;
  // What an earlier turn of the operation found.
  return { ...card, title: `Why ${result}`, rule: [upperFirst(sentence(`${callName(told.op)} fails with ${result}`))] };
}

/** Who sent the signal: the last step before that was aimed at this actor's process. */
function interruptedBy(told: Told): Line {
  const { program, turn } = told;
  const actor = program.actors[turn.task];
  const proc = actor?.type === 'thread' ? actor.proc : undefined;
  const sender = told.outline.turns.findLast(({ step, to }) => {
    const op = program.steps[step]?.op;
    const aimed =
      op !== undefined && (op.verb === 'signal' || op.verb === 'kill') ? program.actors[op.actor] : undefined;
    return to <= turn.from && aimed?.type === 'thread' && aimed.proc === proc;
  });
  const by = sender === undefined ? '' : `, sent by ${stepName(sender.step)}`;
  const what = wokeFrom(told) === undefined ? 'a signal is pending when it would sleep' : 'a signal ended its wait';
  return withSteps(upperFirst(sentence(`${what}${by}; this wait is interruptible, and the file is as it was`)));
}

function pastEnd(told: Told): Line {
  const { op, state } = told;
  const inode = op.verb === 'pread' ? state.names[op.file] : undefined;
  const record = inode === undefined ? undefined : state.inodes[inode];
  if (op.verb !== 'pread' || inode === undefined || record === undefined) return ['The read begins at or past the end of the file.']; // prettier-ignore
  const name = extentName(told, inode, op.index);
  return [`${name} is past the end: ${fileOf(told, inode)} has ${count(record.size, 'block')}.`];
}
