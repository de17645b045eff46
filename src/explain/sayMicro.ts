/** One sentence for one micro-step, from its events; what it does in general where they say nothing more. */
import { pageName } from '../sim/query/naming.ts';
import { sentence } from './effects.ts';
import { callName, slotName, upperFirst } from './names.ts';
import { MICROS } from './micro.data.ts';
import { microInfo } from './micro.ts';
import { factsOf, VERB } from './microFacts.ts';
import { sayFailure } from './sayFailure.ts';
import { sayGone, sayHeld, sayVoid } from './sayProcess.ts';
import { saySleep } from './saySleep.ts';
import type { Told } from './told.ts';
import { eventsOf, lastOf } from './told.ts';

export function sayMicro(told: Told): string {
  const { id } = told.micro;
  if (id === 'op.void') return sayVoid(told);
  if (id === 'op.gone') return sayGone(told);
  if (id === 'op.held') return sayHeld(told);
  const now: Told = { ...told, events: told.moment.events };
  const slept = eventsOf(now.events, 'slept').find((event) => event.task === told.turn.task);
  if (slept !== undefined) return saySleep(now, slept.wait);
  const refused = lastOf(now.events, 'refused');
  if (refused !== undefined) {
    const who = /^(load|store)\./.test(id) ? 'The fault' : undefined;
    return `${stepPrefix(told)}${sayFailure(now, refused.errno, who)}`;
  }
  const facts = factsOf(now);
  const clauses = facts.length > 0 ? short(facts) : [general(now)];
  const subject = subjectFor(told);
  const said = clauses.map((text, i) =>
    text.startsWith(VERB) ? `${i === 0 ? subject : 'it'} ${text.slice(1)}` : text,
  );
  const text = sentence(...said);
  const prefix = stepPrefix(told);
  return prefix === '' ? text.replace(/^(the|all) /, (word) => upperFirst(word)) : prefix + text;
}

/** `c2: `, `t3: `: the name of the step in the source's terms; the call before it where it serves one. */
function stepPrefix({ micro: { id, root } }: Told): string {
  const pc = id.slice(id.indexOf('.') + 1);
  const known = pc === 'scan2' ? 'r2' : pc;
  const steps = [root !== id && root === 'op.g3' ? 'g3' : '', /^[a-z]\d$/.test(known) ? known : ''].filter(
    (name) => name !== '',
  );
  return steps.length === 0 ? '' : `${steps.join(', ')}: `;
}

function subjectFor(told: Told): string {
  const { id } = told.micro;
  const fn = id.slice(0, id.indexOf('.'));
  if (fn === 'load' || fn === 'store') return 'the fault';
  if (id === 'op.load' || id === 'op.store') return 'the CPU';
  if (id === 'dma.n1') return told.who;
  if (fn === 'dma') return id === 'dma.dioEnd' ? 'the transfer' : 'the NIC';
  if (fn === 'dereg') return 'dereg_mr';
  if (fn === 'evict') return 'evict';
  return fn === 'exit' ? `the exit of ${told.who}` : callName(told.op);
}

/** A step that found nothing to do says so; `id:variant` as in the table of micro-steps. */
const NOTHING: Readonly<Record<string, string>> = {
  'load.sharedZap': 'finds no other PTE of the shared block to zap',
  'store.zap': 'finds no PTE of the index to zap',
  'store.c2': 'finds no PTE of the index to zap',
  'pwrite.zap': 'finds no PTE of the index to zap',
  'layout.t3': 'finds no PTE in scope to zap',
  'layout.t5:ftruncate': 'leaves the size as it is',
  'layout.t5:punch': 'finds no DAX entry in range to drop',
  'layout.t5': 'finds no DAX entry in range to drop',
  'layout.t6:ftruncate': 'finds no extent past the size',
  'layout.t6:punch': 'finds no extent in range',
  'layout.t6:zero': 'finds nothing to change',
  'layout.t6:alloc': 'finds no hole in range',
};

/** What the micro-step does in any run. */
function general(told: Told): string {
  const { id } = told.micro;
  const result = eventsOf(told.events, 'returned').at(-1)?.result;
  if (result !== undefined && result !== 'ok') return `${callName(told.op)} returns ${result}`;
  const variant = told.op.verb === 'fallocate' ? told.op.mode : told.op.verb;
  const nothing = NOTHING[`${id}:${variant}`] ?? (MICROS[`${id}:${variant}`] === undefined ? NOTHING[id] : undefined);
  if (nothing !== undefined) return `${VERB}${nothing}`;
  if (id === 'dma.n3') return translation(told);
  const text = microInfo(told.program, told.op, id).what.replace(/^[a-z]\d: /, '');
  return /^[a-z-]+s /.test(text) ? `${VERB}${text}` : text;
}

/** `translates mr[1] to block 1`: what n3 put into the DMA. */
function translation(told: Told): string {
  const frame = told.state.tasks[told.turn.task]?.frames.at(-1);
  const dma = frame?.fn === 'dma' ? told.state.dmas[frame.dma] : undefined;
  if (dma === undefined || dma.page < 0) return `${VERB}translates the slot to a page`;
  return `${VERB}translates ${slotName(told.program, dma.mr, dma.index)} to ${pageName(dma.page)}`;
}

const LONGEST = 170;

/** As many clauses as fit. */
function short(clauses: readonly string[]): readonly string[] {
  let length = 0;
  const fitting = clauses.filter((text, i) => (length += text.length + 2) <= LONGEST || i === 0);
  const left = clauses.length - fitting.length;
  return left === 0 ? clauses : [...fitting, `${left} more changes`];
}
