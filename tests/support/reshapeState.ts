// Ways to change a state by hand: give its slots other numbers, change one thing of any kind, or one page or block.
import { emptyRuns, runsClear, runsEach, runsSet, type Runs } from '../../src/base/runs.ts';
import { dramOfPage, isDram, makeExtent, makePte, pageOfDram, ptePage, ZERO_PAGE } from '../../src/sim/model/ids.ts';
import type { Frame } from '../../src/sim/model/frame.ts';
import type { State } from '../../src/sim/model/state.ts';
import { NO_DRAM, NO_INODE_RECORD } from '../../src/sim/model/state.ts';

type Choose = (n: number) => number;

function mapValues(runs: Runs, to: (value: number) => number): Runs {
  let out = emptyRuns;
  runsEach(runs, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < len; i++) out = runsSet(out, at + i, 1, to(value + i * step), 0);
  });
  return out;
}

/** A random place for each of `count` slots, among `room`. */
function places(count: number, room: number, choose: Choose): readonly number[] {
  const free = Array.from({ length: room }, (_, i) => i);
  return Array.from({ length: count }, () => free.splice(choose(free.length), 1)[0] ?? 0);
}

function moved<T>(table: readonly T[], to: readonly number[], blank: T): T[] {
  const room = Math.max(-1, ...to) + 1;
  const out = Array.from({ length: room }, () => blank);
  table.forEach((record, id) => (out[to[id] ?? 0] = record));
  return out;
}

/** The same state with inodes and DRAM pages in other slots. */
export function renumbered(state: State, choose: Choose): State {
  const inodes = places(state.inodes.length, state.inodes.length + 2, choose);
  const drams = places(state.dram.length, state.dram.length + 2, choose);
  const inode = (id: number): number => (id < 0 ? id : (inodes[id] ?? id));
  const page = (p: number): number => (isDram(p) ? pageOfDram(drams[dramOfPage(p)] ?? 0) : p);
  const pages = (runs: Runs): Runs => mapValues(runs, (value) => value - ptePage(value) + page(ptePage(value)));
  const frame = (f: Frame): Frame => {
    if (f.fn === 'op') return { ...f, page: page(f.page) };
    if (f.fn === 'reflink') return { ...f, src: inode(f.src), dst: inode(f.dst) };
    return 'inode' in f ? { ...f, inode: inode(f.inode) } : f;
  };
  return {
    ...state,
    names: state.names.map(inode),
    inodes: moved(
      state.inodes.map((i) => ({ ...i, cache: mapValues(i.cache, (dram) => drams[dram] ?? 0) })),
      inodes,
      NO_INODE_RECORD,
    ),
    dram: moved(state.dram.map((d) => ({ ...d, inode: inode(d.inode) })), drams, NO_DRAM),
    procs: state.procs.map((p) => ({ ...p, opens: p.opens.map(inode).sort((a, b) => a - b) })),
    maps: state.maps.map((m) => ({ ...m, inode: inode(m.inode), ptes: pages(m.ptes) })),
    mrs: state.mrs.map((m) => ({ ...m, inode: inode(m.inode), mtt: pages(m.mtt), pins: pages(m.pins) })),
    dmas: state.dmas.map((d) => ({ ...d, inode: inode(d.inode), page: page(d.page) })),
    pipes: state.pipes.map((p) => ({ ...p, inode: inode(p.inode), page: page(p.page) })),
    tasks: state.tasks.map((t) => ({
      ...t,
      holds: t.holds.map(inode).sort((a, b) => a - b),
      wait: 'inode' in t.wait ? { ...t.wait, inode: inode(t.wait.inode) } : t.wait,
      frames: t.frames.map(frame),
    })),
  };
} // prettier-ignore

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Changes one number, flag or index of a map somewhere; which inodes and cached pages there are stays. */
export function nudged(state: State, choose: Choose): State {
  return nudge(state, choose) as State;
}

const RUNS: ReadonlySet<string> = new Set(['use', 'tags', 'unzeroed', 'pins', 'map', 'entries', 'ptes', 'mtt']);
/** Changed alone, these would leave a state that points at nothing. */
const IDENTITY: ReadonlySet<string> = new Set(['age', 'live', 'cache']);

function nudge(value: unknown, choose: Choose): unknown {
  if (typeof value === 'number') return value + (choose(2) === 0 ? 1 : 2);
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) {
    if (value.length === 0) return value;
    const at = choose(value.length);
    return value.map((part: unknown, i) => (i === at ? nudge(part, choose) : part));
  }
  if (!isPlain(value)) return value;
  const keys = Object.keys(value).filter((key) => !('age' in value && IDENTITY.has(key)));
  const key = keys[choose(keys.length)] ?? '';
  const part = value[key];
  if (RUNS.has(key) && Array.isArray(part)) return { ...value, [key]: runsSet(part as Runs, choose(4), 1, choose(3), 0) }; // prettier-ignore
  return { ...value, [key]: nudge(part, choose) };
}

/** One page, extent, reference or tag other than it was: what a wrong rule could leave. */
export function shaken(state: State, blocks: number, choose: Choose): State {
  const { device } = state;
  const at = choose(4);
  const block = choose(blocks);
  const value = choose(5) === 0 ? ZERO_PAGE : choose(blocks);
  const other = (runs: Runs, to: number): Runs => (choose(4) === 0 ? runsClear(runs, at, 1) : runsSet(runs, at, 1, to, 1));
  const one = <T>(table: readonly T[], change: (record: T) => T): readonly T[] => {
    const id = choose(Math.max(1, table.length));
    return table.map((record, i) => (i === id ? change(record) : record));
  };
  switch (choose(6)) {
    case 0:
      return { ...state, device: { ...device, use: runsSet(device.use, block, 1, choose(4) - 1, 0) } };
    case 1:
      return { ...state, device: { ...device, tags: runsSet(device.tags, block, 1, choose(3), 0) } };
    case 2:
      return { ...state, inodes: one(state.inodes, (i) => ({ ...i, map: other(i.map, makeExtent(block, choose(4) > 0)) })) };
    case 3:
      return { ...state, maps: one(state.maps, (m) => ({ ...m, ptes: other(m.ptes, makePte(value, choose(2) > 0, false)) })) };
    case 4:
      return { ...state, mrs: one(state.mrs, (m) => (at < m.len ? { ...m, mtt: other(m.mtt, value) } : m)) };
    default:
      return { ...state, mrs: one(state.mrs, (m) => (at < m.len ? { ...m, inode: choose(state.inodes.length), pins: other(m.pins, value) } : m)) };
  }
} // prettier-ignore
