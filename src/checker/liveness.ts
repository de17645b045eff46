/**
 * L1 over the graph: an operation waits, and no state in which it has ended is reachable without a voluntary step of
 * another actor. The graph holds every state in which somebody is in an operation, with its transitions that nobody
 * has to volunteer for. A state that is not in it has nobody in an operation, or was not expanded: then everything may
 * still end.
 */
import type { Graph } from './graph.ts';
import { IS_VOLUNTARY } from './graph.ts';
import type { Pieces } from './pieces.ts';

/** Nodes of a piece: some milliseconds. */
const PIECE = 5000;

/** The first state with a hopeless sleeper, and that sleeper. */
export type Hopeless = { readonly id: number; readonly task: number };

export function* findHopeless(graph: Graph): Pieces<Hopeless | undefined> {
  const tasks = yield* hopelessOf(graph);
  const k = tasks.findIndex((bits) => bits !== 0);
  const bits = tasks[k] ?? 0;
  return k < 0 ? undefined : { id: graph.id(k), task: 31 - Math.clz32(bits & -bits) };
}

/** By node: the tasks that sleep and will not end, by bit. */
export function* hopelessOf(graph: Graph): Pieces<Uint32Array> {
  const ends = yield* endings(graph);
  for (let k = 0; k < ends.length; k++) {
    ends[k] = graph.asleep(k) & ~(ends[k] ?? 0);
    if (k % PIECE === 0) yield;
  }
  return ends;
}

/** By node: the tasks whose operation can still end, by bit; from the ends backwards. */
function* endings(graph: Graph): Pieces<Uint32Array> {
  const size = graph.size();
  const ends = new Uint32Array(size);
  const { starts, sources } = yield* backwards(graph, ends);
  const work: number[] = [];
  for (let k = 0; k < size; k++) if (ends[k] !== 0) work.push(k);
  let done = 0;
  for (let k = work.pop(); k !== undefined; k = work.pop()) {
    if (++done % PIECE === 0) yield;
    const can = ends[k] ?? 0;
    for (let at = starts[k] ?? 0; at < (starts[k + 1] ?? 0); at++) {
      const source = sources[at] ?? 0;
      const more = ((ends[source] ?? 0) | can) >>> 0;
      if (more === ends[source]) continue;
      ends[source] = more;
      work.push(source);
    }
  }
  return ends;
}

/** The transitions within the graph by their target; `ends` gets what one transition alone decides. */
function* backwards(graph: Graph, ends: Uint32Array): Pieces<{ readonly starts: Uint32Array; readonly sources: Uint32Array }> {
  const size = graph.size();
  const starts = new Uint32Array(size + 1);
  function* eachEdge(visit: (from: number, to: number) => void): Pieces<void> {
    for (let k = 0; k < size; k++) {
      if (k % PIECE === 0) yield;
      for (let edge = graph.from(k); edge < graph.from(k + 1); edge++)
        if ((graph.label(edge) & IS_VOLUNTARY) === 0) visit(k, graph.nodeOf(graph.target(edge)));
    }
  }
  yield* eachEdge((from, to) => {
    if (to >= 0) starts[to + 1] = (starts[to + 1] ?? 0) + 1;
    ends[from] = (ends[from] ?? 0) | (to < 0 ? -1 : ~graph.busy(to));
  });
  for (let k = 0; k < size; k++) starts[k + 1] = (starts[k + 1] ?? 0) + (starts[k] ?? 0);
  const sources = new Uint32Array(starts[size] ?? 0);
  const next = starts.slice();
  yield* eachEdge((from, to) => {
    if (to < 0) return;
    const at = next[to] ?? 0;
    sources[at] = from;
    next[to] = at + 1;
  });
  return { starts, sources };
} // prettier-ignore
