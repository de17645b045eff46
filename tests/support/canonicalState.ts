// A state as `semantics` §5 has it, written down at length and told by JSON: what the packed key is held against.
import type { Runs } from '../../src/base/runs.ts';
import { runsEach } from '../../src/base/runs.ts';
import { dramOfPage, isDram, ptePage } from '../../src/sim/model/ids.ts';
import type { Frame } from '../../src/sim/model/frame.ts';
import type { Inode, Lock, State, Wait } from '../../src/sim/model/state.ts';

const pairs = (runs: Runs, tell: (value: number) => unknown = (value) => value): unknown[] => {
  const out: unknown[] = [];
  runsEach(runs, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < len; i++) out.push([at + i, tell(value + i * step)]);
  });
  return out;
};

const lock = ({ holders, queue }: Lock): unknown => ({
  holders: [...holders].sort((a, b) => a.task - b.task).map(({ task, mode }) => `${task} ${mode}`),
  queue,
});

/** Pages of DRAM are told as `dram:N`, to be renamed in the order of their appearance. */
const page = (p: number): unknown => (isDram(p) ? `dram:${dramOfPage(p)}` : p);
const pte = (value: number): unknown => [page(ptePage(value)), value - ptePage(value)];

export function canonicalText(state: State): string {
  const text = JSON.stringify(canonicalState(state));
  const names = new Map<string, number>();
  const renamed = text.replace(/"dram:(\d+)"/g, (_, id: string) => {
    if (!names.has(id)) names.set(id, names.size);
    return `"dram ${names.get(id)}"`;
  });
  const contents = [...names.keys()].map((id) => {
    const { anon, inode, tag, dirty } = state.dram[Number(id)] ?? { anon: false, inode: -1, tag: -1, dirty: false };
    if (anon) return ['anonymous', tag];
    return inode < 0 ? ['orphan', tag] : ['cached', tag, dirty];
  });
  return renamed + JSON.stringify(contents);
}

function canonicalState(state: State): unknown {
  const age = (inode: number): number => state.inodes[inode]?.age ?? -1;
  const ages = (inodes: readonly number[]): number[] => inodes.map(age).sort((a, b) => a - b);
  const { use, tags, unzeroed } = state.device;
  return {
    device: [pairs(use), pairs(tags), pairs(unzeroed)],
    inodes: [...state.inodes].filter(({ live }) => live).sort((a, b) => a.age - b.age).map(inodeRecord),
    procs: state.procs.map((p) => [p.state, p.state === 'dying' ? p.fate : '', ages(p.opens), p.handle, p.handles]),
    maps: state.maps.map((m) => (m.live ? [m.source, m.private, age(m.inode), m.off, m.len, m.writable, pairs(m.ptes, pte)] : m.made)),
    mrs: state.mrs.map((m) => {
      if (m.state === 'none' || m.state === 'destroyed') return m.state;
      const { proc, handle, map, off, len, base, access, odp, writable } = m;
      return [m.state, { proc, handle, map, off, len, base, access, odp, writable }, age(m.inode), pairs(m.pins, page), pairs(m.mtt, page)]; // prettier-ignore
    }),
    dmas: state.dmas.map((d) => {
      if (d.phase === 'none') return 'none';
      if (d.phase === 'done') return ['done', d.result];
      return [d.kind, d.proc, d.mr, d.index, d.tag, page(d.page), age(d.inode), d.fileIndex];
    }),
    pipes: state.pipes.map((p) => (p.phase === 'full' ? [p.proc, page(p.page), age(p.inode), p.fileIndex] : p.phase)),
    tasks: state.tasks.map((t) =>
      t.frames.length === 0
        ? [t.pos, t.signal]
        : [t.pos, t.signal, t.frames.map((f) => frame(f, age)), ages(t.holds), wait(t.wait, age)],
    ),
    sleepers: state.sleepers,
  };
} // prettier-ignore

const inodeRecord = (inode: Inode): unknown => {
  const { name, size, links, memfd, leases, flag, flaggedBy } = inode;
  const cache = pairs(inode.cache, (dram) => `dram:${dram}`);
  return [
    { name, size, links, memfd, leases, flag, flaggedBy },
    pairs(inode.map),
    pairs(inode.entries),
    cache,
    lock(inode.rwsem),
    lock(inode.mmlock),
  ];
};

const wait = (w: Wait, age: (inode: number) => number): unknown =>
  'page' in w ? [w.type, page(w.page), age(w.inode), w.only] : 'lock' in w ? [w.type, age(w.inode), w.lock, w.mode] : w;

function frame(f: Frame, age: (inode: number) => number): unknown {
  switch (f.fn) {
    case 'op':
      return { ...f, page: page(f.page) };
    case 'reflink':
      return { ...f, src: age(f.src), dst: age(f.dst) };
    case 'layout':
    case 'pread':
    case 'pwrite':
    case 'evict':
      return { ...f, inode: age(f.inode) };
    default:
      return f;
  }
}
