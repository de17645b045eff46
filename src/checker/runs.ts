/**
 * Conditions that speak of runs: every pair of a state and the set of mentioned properties violated on the way to it,
 * breadth first over the graph.
 */
import type { PropertyId } from '../sim/model/property.ts';
import type { Graph } from './graph.ts';
import { hopelessOf } from './liveness.ts';
import { createNumbers } from './numbers.ts';
import type { Pieces } from './pieces.ts';
import type { Search } from './search.ts';
import type { Tally } from './claims.ts';
import { bitOf } from './watch.ts';

/** A run by its states, and by what each transition violates (a set of mentioned properties, L1 left out). */
export type RunPath = { readonly ids: readonly number[]; readonly labels: readonly number[] };

export type RunTally = Tally & { readonly witnessPath?: RunPath; readonly counterexamplePath?: RunPath };

const ROOT = 0xffffffff;
/** States of a piece. */
const PIECE = 5000;

/** By claim of runs, in order. */
export function* judgeRuns(search: Search): Pieces<readonly RunTally[]> {
  const { claims, graph } = search;
  const { ids, finals, tables, truth, weighed, weights } = claims;
  const width = 1 << ids.length;
  const seen = new Uint32Array(Math.ceil((search.visited.size() * width) / 32));
  const [states, sets, from, labels] = [createNumbers(), createNumbers(), createNumbers(), createNumbers()];
  const lasting = yield* hopelessSets(graph, ids);
  const compress = (bits: number): number => ids.reduce((set, id, k) => ((bits & bitOf(id)) !== 0 ? set | (1 << k) : set), 0); // prettier-ignore

  function reach(state: number, set: number, source: number, label: number): void {
    const all = set | (lasting?.(state) ?? 0);
    const at = state * width + all;
    if (((seen[at >>> 5] ?? 0) & (1 << (at & 31))) !== 0) return;
    seen[at >>> 5] = (seen[at >>> 5] ?? 0) | (1 << (at & 31));
    states.push(state);
    sets.push(all);
    from.push(source);
    labels.push(label);
  }

  reach(0, compress(search.before), ROOT, 0);
  for (let k = 0; k < states.size(); k++) {
    if (k % PIECE === 0) yield;
    const node = graph.nodeOf(states.get(k));
    if (node < 0) continue;
    for (let edge = graph.from(node); edge < graph.from(node + 1); edge++) {
      const bits = graph.label(edge) & search.mentioned;
      reach(graph.target(edge), sets.get(k) | compress(bits), k, bits);
    }
  }

  const finalAt = new Map<number, number>();
  for (let k = 0; k < finals.size(); k++) finalAt.set(finals.get(k), k);
  const pathOf = (end: number): RunPath => {
    const found: number[] = [];
    const labelled: number[] = [];
    for (let k = end; k !== ROOT; k = from.get(k)) {
      found.push(states.get(k));
      if (from.get(k) !== ROOT) labelled.push(labels.get(k));
    }
    return { ids: found.reverse(), labels: labelled.reverse() };
  };
  const count = claims.tallies.filter(({ ofRuns }) => ofRuns).length;
  return Array.from({ length: count }, (_, claim) => {
    const tally: { -readonly [K in keyof RunTally]: RunTally[K] } = { positive: 0, negative: 0 };
    for (let k = 0; k < states.size(); k++) {
      const final = finalAt.get(states.get(k));
      if (final === undefined) continue;
      const weight = weights[weighed.get(final)] ?? 1;
      if (truth[tables.get(final)]?.[sets.get(k)]?.[claim] === true) {
        tally.positive += weight;
        tally.witnessPath ??= pathOf(k);
      } else {
        tally.negative += weight;
        tally.counterexamplePath ??= pathOf(k);
      }
    }
    return tally;
  });
}

/** L1 is violated in a state, not by a transition: the bit that a state adds. */
function* hopelessSets(graph: Graph, ids: readonly PropertyId[]): Pieces<((state: number) => number) | undefined> {
  const k = ids.indexOf('L1');
  if (k < 0) return undefined;
  const hopeless = yield* hopelessOf(graph);
  return (state) => {
    const node = graph.nodeOf(state);
    return node >= 0 && hopeless[node] !== 0 ? 1 << k : 0;
  };
}
