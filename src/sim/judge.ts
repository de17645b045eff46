/** Asks every property after a step, and again only of what may have changed. */
import type { SimEvent } from './model/event.ts';
import type { Program } from './model/program.ts';
import type { State } from './model/state.ts';
import { ALL_PROPERTIES } from './invariants/all.ts';
import type { Step } from './apply.ts';
import type { Doer, Finding, StateProperty, Stretch, StretchRules } from './invariants/finding.ts';
import { INPUTS, MOST_FINDINGS, NOBODY, STRETCHED } from './invariants/finding.ts';

export type Judge = {
  /**
   * All that is broken in this state, and all that this step's events broke for a moment. States come in order. While
   * nothing lasting changes, `lasting` is the same array.
   */
  readonly judge: (state: State, events: readonly SimEvent[], by?: Doer) => Verdicts;
};

export type Verdicts = { readonly lasting: readonly Finding[]; readonly moments: readonly Finding[] };

/** Whose step it is, by the state before it. */
export function doerOf(before: State, step: Step): Doer {
  if (step.type === 'begin') return { task: step.task, op: step.op };
  if (step.type !== 'run') return NOBODY;
  const outer = before.tasks[step.task]?.frames[0];
  return outer?.fn === 'op' ? { task: step.task, op: outer.op } : { task: step.task };
}

/** What one property said last. */
type Memo = {
  state: State;
  inputs: readonly unknown[];
  found: readonly Finding[];
  /** Of a property of stretches, by object: the broken places, ascending, each told once. */
  readonly broken: Map<string, Map<number, Finding | undefined>>;
};

export function createJudge(program: Program): Judge {
  const memos = new Map<StateProperty, Memo>();
  const lastingOf = (property: StateProperty, state: State): readonly Finding[] => {
    const before = memos.get(property);
    if (before !== undefined && areInputs(property, state, before.inputs)) return before.found;
    const inputs = property.inputs.map((name) => INPUTS[name].of(state));
    const memo = before ?? { state, inputs, found: [], broken: new Map() };
    const { stretches } = property;
    if (stretches === undefined) memo.found = unlessEmpty(property.check(program, state));
    else if (updateBroken(stretches, memo, before?.state, state) || before === undefined)
      memo.found = tellAll(program, stretches, memo, state);
    memo.state = state;
    memo.inputs = inputs;
    memos.set(property, memo);
    return memo.found;
  };
  let parts: readonly (readonly Finding[])[] = [];
  let lasting: readonly Finding[] = [];
  return {
    judge(state, events, by = NOBODY) {
      const moments: Finding[] = [];
      const now: (readonly Finding[])[] = [];
      for (const property of ALL_PROPERTIES) {
        if (property.kind === 'state') now.push(lastingOf(property, state));
        else
          for (const event of events) {
            if (!property.on.includes(event.type)) continue;
            const found = property.check(program, state, event, by);
            if (found !== undefined) moments.push(found);
          }
      }
      if (now.length !== parts.length || now.some((part, i) => part !== parts[i])) lasting = now.flat();
      parts = now;
      return { lasting, moments };
    },
  };
}

/** Without a list of them: it is asked of every property after every micro-step. */
function areInputs({ inputs }: StateProperty, state: State, before: readonly unknown[]): boolean {
  for (let k = 0; k < inputs.length; k++) {
    const name = inputs[k];
    if (name !== undefined && INPUTS[name].of(state) !== before[k]) return false;
  }
  return true;
}

const NOTHING: readonly Finding[] = [];
const unlessEmpty = (found: readonly Finding[]): readonly Finding[] => (found.length === 0 ? NOTHING : found);

/** Judges the suspects anew; true when something is broken now that was not, or the other way round. */
function updateBroken(rules: StretchRules, memo: Memo, before: State | undefined, now: State): boolean {
  let changed = false;
  for (const stretch of rules.suspects(before, now)) {
    const places = memo.broken.get(nameOf(stretch)) ?? new Map<number, Finding | undefined>();
    for (const at of placesIn(places, stretch)) {
      places.delete(at);
      changed = true;
    }
    rules.broken(now, stretch, (at) => {
      places.set(at, undefined);
      changed = true;
    });
    memo.broken.set(nameOf(stretch), places);
  }
  return changed;
}

const nameOf = ({ of, id }: Stretch): string => `${of}:${id}`;

function placesIn(places: ReadonlyMap<number, unknown>, { from, to }: Stretch): readonly number[] {
  if (places.size === 0) return [];
  if (to - from === 1) return places.has(from) ? [from] : [];
  return [...places.keys()].filter((at) => at >= from && at < to);
}

function tellAll(program: Program, rules: StretchRules, { broken }: Memo, state: State): readonly Finding[] {
  const found: Finding[] = [];
  for (const of of STRETCHED)
    for (const id of idsOf(broken, of)) {
      const places = broken.get(`${of}:${id}`) ?? new Map<number, Finding | undefined>();
      for (const at of [...places.keys()].sort((a, b) => a - b)) {
        if (found.length >= MOST_FINDINGS) return found;
        const told = places.get(at) ?? rules.tell(program, state, { of, id, from: at, to: at + 1 });
        places.set(at, told);
        found.push(told);
      }
    }
  return found;
}

function idsOf(broken: ReadonlyMap<string, ReadonlyMap<number, unknown>>, of: Stretch['of']): readonly number[] {
  return [...broken]
    .filter(([name, places]) => places.size > 0 && name.startsWith(`${of}:`))
    .map(([name]) => Number(name.slice(of.length + 1)))
    .sort((a, b) => a - b);
}
