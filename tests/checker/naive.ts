// A second checker, written from `semantics` §4 and §5 for clarity alone: states told by JSON in a Map, transitions as
// lists of micro-steps, questions answered by walking the whole graph. It shares no code with src/checker.
import { applyStep, makeWorld, type Step, type World } from '../../src/sim/apply.ts';
import { conditionHolds } from '../../src/sim/conditions.ts';
import { enabledSteps } from '../../src/sim/enabled.ts';
import { finalOf } from '../../src/sim/final.ts';
import { initialState } from '../../src/sim/initial.ts';
import { NOBODY, type Doer } from '../../src/sim/invariants/finding.ts';
import { speaksOf } from '../../src/sim/invariants/vacuity.ts';
import { createJudge, doerOf } from '../../src/sim/judge.ts';
import type { SimEvent } from '../../src/sim/model/event.ts';
import type { Op, Verb } from '../../src/sim/model/op.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import type { Condition, Program } from '../../src/sim/model/program.ts';
import { PROPERTY_IDS, type PropertyId } from '../../src/sim/model/property.ts';
import type { State } from '../../src/sim/model/state.ts';
import { setUp } from '../../src/sim/setup.ts';
import { canonicalText } from '../support/canonicalState.ts';

type Edge = {
  readonly to: Node;
  readonly violated: ReadonlySet<PropertyId>;
  readonly voluntary: boolean;
};
type Node = {
  readonly state: State;
  readonly depth: number;
  readonly final: boolean;
  readonly edges: Edge[];
};

export type NaiveClaim = { readonly positive: number; readonly negative: number; readonly witness: number | undefined; readonly counterexample: number | undefined }; // prettier-ignore

export type NaiveReport = {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly finals: number;
  /** `holds`, `vacuous`, or the length of a shortest run that violates it. */
  readonly verdicts: Readonly<Record<string, 'holds' | 'vacuous' | number>>;
  /** Lengths of shortest runs; undefined: there is none. */
  readonly claims: readonly NaiveClaim[];
  readonly outcomes: ReadonlyMap<string, number>;
  /** `line: actor operation -> result` → length of a shortest run that ends with it. */
  readonly results: ReadonlyMap<string, number>;
};

/** One micro-step, and all that it may come to. */
type Micro = { readonly after: State; readonly events: readonly SimEvent[] };

function microSteps(world: World, state: State, step: Step): readonly Micro[] {
  const answered = (choices: readonly number[]): readonly Micro[] => {
    const {
      state: after,
      events,
      asked,
    } = applyStep(world, state, step.type === 'grace' ? step : { ...step, choices });
    const more = asked[choices.length];
    if (more === undefined) return [{ after, events }];
    return Array.from({ length: more }, (_, answer) => answered([...choices, answer])).flat();
  };
  return answered([]);
}

/** A transition: its micro-steps in order. */
function transitionsOf(world: World, grain: Grain, state: State, step: Step): readonly (readonly Micro[])[] {
  const firsts = microSteps(world, state, step).map((micro) => [micro]);
  return grain === 'micro' ? firsts : firsts.flatMap((path) => toItsEnd(world, step, path));
}

function toItsEnd(world: World, step: Step, path: readonly Micro[]): readonly (readonly Micro[])[] {
  const last = path[path.length - 1];
  const task = step.type === 'dma' ? nicOf(world.program, step.dma) : step.type === 'grace' ? -1 : step.task;
  const record = last?.after.tasks[task];
  if (last === undefined || record === undefined || record.frames.length === 0 || record.wait.type !== 'none') return [path];
  return microSteps(world, last.after, { type: 'run', task }).flatMap((next) => toItsEnd(world, step, [...path, next]));
} // prettier-ignore

/** Every DMA has a task of its own behind those of the actors. */
const nicOf = (program: Program, dma: number): number => program.actors.length + dma;

function brokenIn(program: Program, { after, events }: Micro, by: Doer): readonly PropertyId[] {
  const { lasting, moments } = createJudge(program).judge(after, events, by);
  return [...lasting, ...moments].map(({ id }) => id).filter((id) => id !== 'L1');
}

const VOLUNTARY: readonly Verb[] = ['dereg_mr', 'rereg_mr', 'pipe_read', 'unlease', 'munmap', 'close', 'exit', 'kill', 'signal']; // prettier-ignore

type Exploration = {
  readonly nodes: readonly Node[];
  readonly root: Node;
  readonly transitions: number;
  readonly before: ReadonlySet<PropertyId>;
  readonly spoken: ReadonlySet<PropertyId>;
  readonly results: ReadonlyMap<string, number>;
};

/** The whole graph, breadth first; undefined when it has more states than `most`. */
function explore(program: Program, grain: Grain, most: number): Exploration | undefined {
  const world = makeWorld(program);
  const known = new Map<string, Node>();
  const nodes: Node[] = [];
  const spoken = new Set<PropertyId>();
  const results = new Map<string, number>();
  const endless = program.menus.some(({ times }) => times === undefined);
  const speak = ({ after, events }: Micro, by: Doer): void => {
    for (const id of PROPERTY_IDS) if (speaksOf(id, { state: after, events, by })) spoken.add(id);
  };
  const nodeOf = (state: State, depth: number): Node => {
    const key = canonicalText(state);
    const old = known.get(key);
    if (old !== undefined) return old;
    const final = endless || enabledSteps(world, state).length === 0;
    const node: Node = { state, depth, final, edges: [] };
    known.set(key, node);
    nodes.push(node);
    return node;
  };

  const before = new Set<PropertyId>();
  let state = initialState(program);
  const judgeFirst = (micro: Micro, by: Doer): void => {
    for (const id of brokenIn(program, micro, by)) before.add(id);
    speak(micro, by);
  };
  judgeFirst({ after: state, events: [] }, NOBODY);
  for (const step of setUp(world).steps) {
    const by = doerOf(state, step);
    const { state: after, events } = applyStep(world, state, step);
    judgeFirst({ after, events }, by);
    state = after;
  }

  const root = nodeOf(state, 0);
  let transitions = 0;
  for (let at = 0; at < nodes.length; at++) {
    if (nodes.length > most) return undefined;
    const from = nodes[at];
    if (from === undefined) break;
    for (const step of enabledSteps(world, from.state)) {
      const by = doerOf(from.state, step);
      for (const path of transitionsOf(world, grain, from.state, step)) {
        transitions++;
        for (const micro of path) speak(micro, by);
        noteResults(program, results, { by, path, length: from.depth + 1 });
        from.edges.push({
          to: nodeOf(path[path.length - 1]?.after ?? from.state, from.depth + 1),
          violated: new Set(path.flatMap((micro) => brokenIn(program, micro, by))),
          voluntary: step.type === 'begin' && VOLUNTARY.includes(step.op.verb),
        });
      }
    }
  }
  return { nodes, root, transitions, before, spoken, results };
}

type Came = { readonly by: Doer; readonly path: readonly Micro[]; readonly length: number };

function noteResults(program: Program, results: Map<string, number>, { by, path, length }: Came): void {
  if (by.op === undefined) return;
  const text = textOf(program, by.task, by.op);
  for (const { events } of path)
    for (const event of events) {
      const result = event.type === 'returned' ? event.result : event.type === 'slept' ? 'blocks' : undefined;
      if (result === undefined || !('task' in event) || event.task !== by.task) continue;
      const key = `${text} -> ${result}`;
      if (!results.has(key)) results.set(key, length);
    }
}

function textOf(program: Program, task: number, op: Op): string {
  const inMenus = program.menus.flatMap(({ line, entries }) => entries.map((entry) => ({ ...entry, line })));
  const found = [...program.steps, ...inMenus].find((entry) => entry.op === op);
  return `${found?.line}: ${program.actors[task]?.name ?? ''} ${found?.text}`;
}

/** Somebody sleeps, and no state in which that operation has ended can be reached without a volunteer. */
function isHopeless(node: Node): boolean {
  return node.state.tasks.some((task, id) => task.frames.length > 0 && task.wait.type !== 'none' && !canEnd(node, id));
}

function canEnd(node: Node, task: number): boolean {
  const seen = new Set([node]);
  for (const at of seen) {
    if (at.state.tasks[task]?.frames.length === 0) return true;
    for (const { to, voluntary } of at.edges) if (!voluntary) seen.add(to);
  }
  return false;
}

function mentionedIn(condition: Condition): readonly PropertyId[] {
  if (condition.type === 'property') return [condition.id];
  if (condition.type === 'not') return mentionedIn(condition.of);
  return condition.type === 'and' || condition.type === 'or' ? condition.of.flatMap(mentionedIn) : [];
}

type Pair = { readonly node: Node; readonly violated: readonly PropertyId[]; readonly length: number };

/** Every state together with what was violated on the way to it, of `ids`; shortest runs first. */
function pairsOf({ root, before }: Exploration, ids: readonly PropertyId[], hopeless: ReadonlySet<Node>): readonly Pair[] {
  const pairs: Pair[] = [];
  const seen = new Map<Node, Set<string>>();
  const reach = (node: Node, on: ReadonlySet<PropertyId>, length: number): void => {
    const violated = ids.filter((id) => on.has(id) || (id === 'L1' && hopeless.has(node)));
    const sets = seen.get(node) ?? new Set();
    seen.set(node, sets);
    if (sets.has(violated.join())) return;
    sets.add(violated.join());
    pairs.push({ node, violated, length });
  };
  reach(root, before, 0);
  for (const { node, violated, length } of pairs)
    for (const edge of node.edges) reach(edge.to, new Set([...violated, ...edge.violated]), length + 1);
  return pairs;
} // prettier-ignore

function judgeClaims(program: Program, exploration: Exploration, hopeless: ReadonlySet<Node>): readonly NaiveClaim[] {
  const all = [...new Set(program.claims.flatMap(({ condition }) => mentionedIn(condition)))];
  const runs = pairsOf(exploration, all, hopeless).filter(({ node }) => node.final);
  const ends = exploration.nodes.filter(({ final }) => final).map((node): Pair => ({ node, violated: [], length: node.depth })); // prettier-ignore
  return program.claims.map(({ condition }) => {
    const asked = mentionedIn(condition).length > 0 ? runs : ends;
    const meets = ({ node, violated }: Pair): boolean => conditionHolds({ program, state: node.state, violated: new Set(violated) }, condition); // prettier-ignore
    const positive = asked.filter(meets);
    const negative = asked.filter((pair) => !meets(pair));
    return { positive: positive.length, negative: negative.length, witness: positive[0]?.length, counterexample: negative[0]?.length }; // prettier-ignore
  });
}

export function naiveCheck(program: Program, grain: Grain, most: number): NaiveReport | undefined {
  const exploration = explore(program, grain, most);
  if (exploration === undefined) return undefined;
  const { nodes, before, spoken, transitions, results } = exploration;
  const hopeless = new Set(nodes.filter(isHopeless));
  const verdictOf = (id: PropertyId): 'holds' | 'vacuous' | number => {
    if (before.has(id)) return 0;
    const lengths = nodes.flatMap((node) => node.edges.filter(({ violated }) => violated.has(id)).map(() => node.depth + 1)); // prettier-ignore
    if (id === 'L1') for (const { depth } of hopeless) lengths.push(depth);
    return lengths.length > 0 ? Math.min(...lengths) : spoken.has(id) ? 'holds' : 'vacuous';
  };
  const outcomes = new Map<string, number>();
  for (const { state, final } of nodes) {
    const text = JSON.stringify(finalOf(program, state));
    if (final) outcomes.set(text, (outcomes.get(text) ?? 0) + 1);
  }
  return {
    states: nodes.length,
    transitions,
    depth: Math.max(...nodes.map(({ depth }) => depth)),
    finals: nodes.filter(({ final }) => final).length,
    verdicts: Object.fromEntries(PROPERTY_IDS.map((id) => [id, verdictOf(id)])),
    claims: judgeClaims(program, exploration, hopeless),
    outcomes,
    results,
  };
}
