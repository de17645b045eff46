// The same state with other names for its blocks.
import { emptyRuns, runsEach, runsSet, type Runs } from '../../src/base/runs.ts';
import { isBlock, ptePage } from '../../src/sim/model/ids.ts';
import type { Frame } from '../../src/sim/model/frame.ts';
import type { State } from '../../src/sim/model/state.ts';

/** Block b is called `to[b]` afterwards. */
export function blocksRenamed(state: State, to: readonly number[]): State {
  const block = (b: number): number => (b < 0 ? b : (to[b] ?? b));
  // PTEs, extents and pages are a block with bits above it, or none.
  const value = (v: number): number => (isBlock(ptePage(v)) ? v - ptePage(v) + block(ptePage(v)) : v);
  const page = (p: number): number => (p < 0 ? p : value(p));
  const keys = (runs: Runs): Runs => mapped(runs, (at, v) => [block(at), v]);
  const values = (runs: Runs): Runs => mapped(runs, (at, v) => [at, value(v)]);
  const frame = (f: Frame): Frame => {
    if (f.fn === 'op') return { ...f, page: page(f.page) };
    return 'y' in f ? { ...f, x: block(f.x), y: block(f.y) } : f;
  };
  const { use, tags, unzeroed, pins } = state.device;
  return {
    ...state,
    device: { ...state.device, use: keys(use), tags: keys(tags), unzeroed: keys(unzeroed), pins: keys(pins) },
    inodes: state.inodes.map((i) => ({ ...i, map: values(i.map), entries: values(i.entries) })),
    maps: state.maps.map((m) => ({ ...m, ptes: values(m.ptes) })),
    mrs: state.mrs.map((m) => ({ ...m, mtt: values(m.mtt), pins: values(m.pins) })),
    dmas: state.dmas.map((d) => ({ ...d, page: page(d.page) })),
    pipes: state.pipes.map((p) => ({ ...p, page: page(p.page) })),
    tasks: state.tasks.map((t) => ({
      ...t,
      frames: t.frames.map(frame),
      wait: 'page' in t.wait ? { ...t.wait, page: page(t.wait.page) } : t.wait,
    })),
  };
}

function mapped(runs: Runs, to: (at: number, value: number) => readonly [number, number]): Runs {
  let out = emptyRuns;
  runsEach(runs, 0, Infinity, (at, len, first, step) => {
    for (let i = 0; i < len; i++) {
      const [index, value] = to(at + i, first + i * step);
      out = runsSet(out, index, 1, value, 0);
    }
  });
  return out;
}

/** Every way to give the blocks of `which` the names of each other, of `count` blocks. */
export function renamings(count: number, which: readonly number[]): readonly (readonly number[])[] {
  const orders = (rest: readonly number[]): readonly (readonly number[])[] =>
    rest.length === 0 ? [[]] : rest.flatMap((one) => orders(rest.filter((b) => b !== one)).map((so) => [one, ...so]));
  return orders(which).map((order) =>
    Array.from({ length: count }, (_, b) => (which.includes(b) ? (order[which.indexOf(b)] ?? b) : b)),
  );
}
