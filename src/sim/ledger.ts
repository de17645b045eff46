/** Writes down, as a run goes on, what its outline says: turns, results, waits, locks, violations. */
import type { SimEvent } from './model/event.ts';
import type { Program } from './model/program.ts';
import type { PropertyId } from './model/property.ts';
import type { State } from './model/state.ts';
import { causesOf } from './causes.ts';
import { claimHolds } from './conditions.ts';
import { newHistory, remember } from './history.ts';
import type { History } from './history.ts';
import type { Doer, Finding } from './invariants/finding.ts';
import { NOBODY } from './invariants/finding.ts';
import { createJudge } from './judge.ts';
import type { Judge } from './judge.ts';
import type { Micro, Misfit, Outline, StepResult, Turn, TurnKind, Violation } from './outline.ts';
import { fileName, pageName, ownerName, taskName } from './query/naming.ts';
import { pinsOf } from './query/pins.ts';
import { lockOf, inodeOf } from './query/inodes.ts';
import type { Wait } from './model/state.ts';

type Open<T> = { -readonly [K in keyof T]: T[K] };
type Note = Omit<Open<StepResult>, 'microsteps'> & {
  readonly microsteps: string[];
  returned: string | undefined;
  slept: boolean;
  begun: boolean;
};

export type Ledger = {
  readonly program: Program;
  readonly history: History;
  readonly judge: Judge;
  readonly micros: Micro[];
  readonly turns: Open<Turn>[];
  readonly notes: Note[];
  readonly waits: Open<Outline['waits'][number]>[];
  readonly locks: Open<Outline['locks'][number]>[];
  readonly dmas: Open<Outline['dmas'][number]>[];
  readonly violations: Open<Violation>[];
  /** Lasting violations that still stand, by id and key. */
  readonly standing: Map<string, Open<Violation>>;
  /** What the judge found lasting at the last position: the same array again while that does not change. */
  lasting: readonly Finding[];
};

const blankNote = (): Note => ({
  result: '', value: undefined, met: undefined, blockedOn: undefined, eventually: undefined, held: false, microsteps: [],
  violations: [], returned: undefined, slept: false, begun: false,
}); // prettier-ignore

export function createLedger(program: Program, state: State): Ledger {
  const ledger: Ledger = {
    program, history: newHistory(state), judge: createJudge(program), micros: [], turns: [], notes: program.steps.map(blankNote),
    waits: [], locks: [], dmas: [], violations: [], standing: new Map(), lasting: [],
  }; // prettier-ignore
  judgeStep(ledger, { state, at: 0, step: -1 }, [], NOBODY);
  return ledger;
}

export type Entry = {
  readonly state: State;
  readonly events: readonly SimEvent[];
  readonly micro: Micro;
  readonly by: Doer;
  readonly starts: boolean;
  readonly kind: TurnKind;
};

export function enter(ledger: Ledger, entry: Entry): void {
  const { micro, state, events } = entry;
  const at = ledger.micros.push(micro);
  const open = ledger.turns.at(-1);
  if (entry.starts || open === undefined)
    ledger.turns.push({ step: micro.step, task: micro.task, kind: entry.kind, from: at - 1, to: at }); // prettier-ignore
  else open.to = at;
  remember(ledger.history, at, micro.step, events);
  noteStep(ledger, entry);
  for (const event of events) noteSpans(ledger, { state, event, at, step: micro.step });
  judgeStep(ledger, { state, at, step: micro.step }, events, entry.by);
}

function noteStep(ledger: Ledger, { micro, events, kind, state }: Entry): void {
  const note = ledger.notes[micro.step];
  if (note === undefined) return;
  if (kind === 'held') {
    note.held = true;
    return;
  }
  if (kind === 'exit' || kind === 'dma') return;
  note.begun = true;
  note.microsteps.push(micro.id);
  for (const event of events) {
    if (event.type === 'slept' && event.task === micro.task && !note.slept) {
      note.slept = true;
      note.blockedOn = waitWords(ledger.program, state, event.wait);
    }
    if (event.type === 'returned' && event.task === micro.task) {
      note.returned = event.result;
      note.value = event.value;
    }
  }
}

type At = { readonly state: State; readonly at: number; readonly step: number };

function noteSpans(ledger: Ledger, { state, event, at, step }: At & { event: SimEvent }): void {
  if (event.type === 'slept') {
    const text = waitWords(ledger.program, state, event.wait);
    ledger.waits.push({ task: event.task, step, wait: event.wait, text, from: at });
  } else if (event.type === 'woke') {
    const open = ledger.waits.findLast((w) => w.task === event.task && w.to === undefined);
    if (open !== undefined) open.to = at - 1;
  } else if (event.type === 'locked') {
    const name = fileName(ledger.program, state, event.inode);
    ledger.locks.push({ task: event.task, inode: event.inode, lock: event.lock, mode: event.mode, name, from: at });
  } else if (event.type === 'unlocked') {
    const open = ledger.locks.findLast((l) => l.task === event.task && l.inode === event.inode && l.lock === event.lock && l.to === undefined); // prettier-ignore
    if (open !== undefined) open.to = at;
  } else noteDma(ledger, event, { state, at, step });
}

/** O_DIRECT is in flight as well, but it is no work of the NIC. */
function noteDma(ledger: Ledger, event: SimEvent, { at, step }: At): void {
  if (event.type === 'posted' && event.mr >= 0) {
    const { dma, kind, mr, slot } = event;
    const task = ledger.micros[at - 1]?.task ?? -1;
    ledger.dmas.push({ dma, task, step, kind, mr, slot, name: dmaName(ledger.program, event), from: at });
  } else if (event.type === 'completed') {
    const open = ledger.dmas.findLast((span) => span.dma === event.dma && span.to === undefined);
    if (open !== undefined) open.to = at;
  }
}

/** Its name in the text; what rdma_read and rdma_write post has none. */
function dmaName(program: Program, { dma, mr, slot }: Extract<SimEvent, { type: 'posted' }>): string {
  const isNamed = dma < program.dmas.length - program.actors.length;
  return isNamed ? ownerName(program, { type: 'dma', dma }) : ownerName(program, { type: 'mr', mr, slot });
}

/** What a sleeper waits for, in words. */
export function waitWords(program: Program, state: State, wait: Wait): string {
  switch (wait.type) {
    case 'none':
      return '';
    case 'lock': {
      const holders = lockOf(inodeOf(state, wait.inode), wait.lock).holders.map((h) => taskName(program, h.task));
      return `${wait.lock} of ${fileName(program, state, wait.inode)}${holders.length > 0 ? `, held by ${holders.join(', ')}` : ''}`; // prettier-ignore
    }
    case 'pin':
    case 'write':
    case 'evict':
    case 'spin': {
      const owners = [...new Set(pinsOf(state, wait.page).map((p) => ownerName(program, p.owner)))];
      return `${pageName(wait.page)}, pinned by ${owners.join(', ')}`;
    }
    case 'lease': {
      const holders = inodeOf(state, wait.inode).leases.filter((lease) => lease.proc !== wait.proc);
      const names = [...new Set(holders.map((lease) => program.procs[lease.proc]?.name ?? '?'))];
      return `the lease on ${fileName(program, state, wait.inode)} that ${names.join(', ')} holds`;
    }
    case 'threads':
      return `the other threads of ${program.procs[wait.proc]?.name ?? '?'}`;
  }
}

function judgeStep(ledger: Ledger, where: At, events: readonly SimEvent[], by: Doer): void {
  const { lasting, moments } = ledger.judge.judge(where.state, events, by);
  if (lasting !== ledger.lasting) noteLasting(ledger, lasting, where);
  ledger.lasting = lasting;
  for (const finding of moments) addViolation(ledger, finding, 'moment', where);
}

function noteLasting(ledger: Ledger, lasting: readonly Finding[], where: At): void {
  const seen = new Set<string>();
  for (const finding of lasting) {
    const key = `${finding.id} ${finding.key}`;
    seen.add(key);
    if (ledger.standing.has(key)) continue;
    ledger.standing.set(key, addViolation(ledger, finding, 'state', where));
  }
  for (const [key, violation] of ledger.standing) {
    if (seen.has(key)) continue;
    violation.until = where.at;
    ledger.standing.delete(key);
  }
}

function addViolation(ledger: Ledger, finding: Finding, kind: 'state' | 'moment', where: At): Open<Violation> {
  const { program, history } = ledger;
  const because = causesOf({ program, history, ...where }, finding);
  const violation = { ...finding, kind, at: where.at, step: where.step, because };
  ledger.violations.push(violation);
  const note = ledger.notes[where.step];
  if (note !== undefined && !note.violations.includes(finding.id)) note.violations = [...note.violations, finding.id];
  return violation;
}

export function closeLedger(ledger: Ledger, state: State, misfit?: Misfit): Outline {
  const { program, micros, turns, waits, locks, dmas, violations, history } = ledger;
  const violated = new Set<PropertyId>(violations.map((v) => v.id));
  return {
    length: micros.length,
    micros,
    turns,
    steps: ledger.notes.map((note, i) => resultOf(program, note, i)),
    waits,
    locks,
    dmas,
    violations,
    claims: program.claims.map((claim) => ({ text: claim.text, met: claimHolds({ program, state, violated }, claim.quantifier, claim.condition) })), // prettier-ignore
    claimed: [...history.claimed].sort((a, b) => a - b),
    anon: [...history.anon].sort((a, b) => a - b),
    ...(misfit === undefined ? {} : { misfit }),
  };
}

/** `result` is what `->` is compared with: `blocks` for a step that slept, '' for one that never came to run. */
function resultOf(program: Program, note: Note, index: number): StepResult {
  const result = !note.begun ? '' : note.slept ? 'blocks' : (note.returned ?? '');
  const eventually = note.slept ? note.returned : undefined;
  const expect = program.steps[index]?.expect;
  const { value, blockedOn, held, microsteps, violations } = note;
  const met = expect === undefined ? undefined : expect.blocks ? note.slept && (expect.result === undefined || expect.result === eventually) : expect.result === result; // prettier-ignore
  return { result, value, met, blockedOn, eventually, held, microsteps, violations };
}
