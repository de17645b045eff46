/** Transitions that a later question needs, in typed arrays: by state, in the order of the states. */
import { createNumbers } from './numbers.ts';

/** Bit 31 of a label: nobody has to take it. The others: the properties in conditions that it violates. */
export const IS_VOLUNTARY = 0x80000000;

/** Nodes are numbered as they are opened; `from(k + 1)` ends the edges of node k. */
export type Graph = {
  /** Opens the list of a state; ids come ascending. `busy`: the tasks in an operation, by bit; `asleep` among them. */
  readonly open: (id: number, busy: number, asleep: number) => void;
  readonly edge: (to: number, label: number) => void;
  readonly size: () => number;
  readonly id: (node: number) => number;
  /** The node of a state, or −1. */
  readonly nodeOf: (id: number) => number;
  readonly busy: (node: number) => number;
  readonly asleep: (node: number) => number;
  readonly from: (node: number) => number;
  readonly target: (edge: number) => number;
  readonly label: (edge: number) => number;
  readonly bytes: () => number;
};

export function createGraph(): Graph {
  const ids = createNumbers();
  const busies = createNumbers();
  const asleeps = createNumbers();
  const starts = createNumbers();
  const targets = createNumbers();
  const labels = createNumbers();
  return {
    open(id, busy, asleep) {
      ids.push(id);
      busies.push(busy);
      asleeps.push(asleep);
      starts.push(targets.size());
    },
    edge(to, label) {
      targets.push(to);
      labels.push(label);
    },
    size: () => ids.size(),
    id: ids.get,
    nodeOf(id) {
      let low = 0;
      let high = ids.size() - 1;
      while (low <= high) {
        const middle = (low + high) >>> 1;
        const found = ids.get(middle);
        if (found === id) return middle;
        if (found < id) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    },
    busy: busies.get,
    asleep: asleeps.get,
    from: (node) => (node < starts.size() ? starts.get(node) : targets.size()),
    target: targets.get,
    label: labels.get,
    bytes: () => [ids, busies, asleeps, starts, targets, labels].reduce((sum, list) => sum + list.bytes(), 0),
  };
}
