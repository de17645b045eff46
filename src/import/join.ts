/** Pieces → one machine: files by path, inode and device; mappings by path; pages and MRs by pid. */
import { MAX_FILES, MAX_MAPS } from './bounds.ts';
import type { FileExtents } from './extents.ts';
import { BLOCK, countOf, type Machine, type MachineFile, type MachineMap, type MachineProc, type Told } from './machine.ts'; // prettier-ignore
import type { MapRow } from './maps.ts';
import { shown, type Names } from './names.ts';
import type { PageRange } from './pagemap.ts';
import type { MrRow } from './rdmaMr.ts';
import type { Facts } from './read.ts';

type Proc = { readonly pid: string | undefined; rows: readonly MapRow[]; pages: readonly PageRange[] };

export function joinFacts(facts: readonly Facts[], context: Context): Machine {
  const { told } = context;
  const procs = joinProcs(facts, told);
  const files = joinFiles(facts, procs, context);
  const mapped = mapFiles(procs, files, context);
  const mrs = facts.flatMap((fact) => (fact.type === 'mrs' ? fact.rows : []));
  const pinned = facts.findLast((fact) => fact.type === 'pinned')?.pages;
  const calledOf = (path: string): string | undefined => files.find(({ paths }) => paths.has(path))?.file.called;
  return { files: files.map(({ file }) => file), procs: mapped, mrs: joinMrs(mrs), pinned, calledOf };
}

/** The same rows as text and as JSON are one MR each. */
function joinMrs(rows: readonly MrRow[]): readonly MrRow[] {
  const known = new Map<string, MrRow>();
  for (const row of rows) {
    const key = `${row.device} ${row.mrn}`;
    known.set(key, { ...known.get(key), ...row });
  }
  return [...known.values()];
}

/** A map and a smaps of one process are the same mappings; without a pid each is a process of its own. */
function joinProcs(facts: readonly Facts[], told: Told): readonly Proc[] {
  const procs: Proc[] = [];
  const of = (pid: string): Proc => {
    const known = procs.find((proc) => proc.pid === pid);
    if (known !== undefined) return known;
    const proc: Proc = { pid, rows: [], pages: [] };
    procs.push(proc);
    return proc;
  };
  const nameless: (readonly MapRow[])[] = [];
  for (const fact of facts) {
    if (fact.type === 'pages') {
      const proc = of(fact.range.pid);
      proc.pages = [...proc.pages, fact.range];
    } else if (fact.type === 'maps' && fact.pid !== undefined) {
      const proc = of(fact.pid);
      proc.rows = mergeRows(proc.rows, fact.rows);
    } else if (fact.type === 'maps') nameless.push(fact.rows);
  }
  for (const rows of nameless) {
    const same = procs.find((proc) => sharesRow(proc.rows, rows));
    if (same !== undefined) same.rows = mergeRows(same.rows, rows);
    else procs.push({ pid: undefined, rows, pages: [] });
  }
  adoptPid(procs, facts, told);
  return procs;
}

/** The pid of MRs or pages is that of the only mappings there are. */
function adoptPid(procs: Proc[], facts: readonly Facts[], told: Told): void {
  const [only, second] = procs.filter(({ pid }) => pid === undefined);
  if (only === undefined) return;
  const pids = new Set(facts.flatMap((fact) => (fact.type === 'mrs' ? fact.rows.flatMap(({ pid }) => pid ?? []) : fact.type === 'pages' ? [fact.range.pid] : []))); // prettier-ignore
  const open = [...pids].filter((pid) => !procs.some((proc) => proc.pid === pid && proc.rows.length > 0));
  const [pid] = open;
  if (second !== undefined || open.length !== 1 || pid === undefined) {
    told.assume(`${countOf(procs.filter((proc) => proc.pid === undefined).length, 'list')} of mappings came without a pid: each is a process of its own.`); // prettier-ignore
    return;
  }
  const pages = procs.find((proc) => proc.pid === pid)?.pages ?? [];
  procs.splice(0, procs.length, ...procs.filter((proc) => proc !== only && proc.pid !== pid), { pid, rows: only.rows, pages }); // prettier-ignore
  told.assume('The list of mappings came without a pid: it is taken for that of the only process that the other outputs name.'); // prettier-ignore
}

const sharesRow = (a: readonly MapRow[], b: readonly MapRow[]): boolean => {
  const known = new Set(a.map(({ start, end, path }) => `${start} ${end} ${path}`));
  return b.some(({ start, end, path }) => path !== '' && known.has(`${start} ${end} ${path}`));
};

function mergeRows(a: readonly MapRow[], b: readonly MapRow[]): readonly MapRow[] {
  const rows = new Map(a.map((row) => [row.start, row]));
  for (const row of b) rows.set(row.start, { ...rows.get(row.start), ...row });
  return [...rows.values()].sort((x, y) => x.start - y.start);
}

export type Context = { readonly names: Names; readonly hidden: boolean; readonly told: Told };
type Joined = { readonly file: MachineFile; readonly paths: Set<string>; readonly inodes: ReadonlySet<string> };

const inodeOf = ({ device, inode }: MapRow): string => `${device} ${inode}`;

function joinFiles(facts: readonly Facts[], procs: readonly Proc[], context: Context): Joined[] {
  const { told, names, hidden } = context;
  const rows = procs.flatMap((proc) => proc.rows).filter(({ path, inode }) => path.startsWith('/') && inode !== 0);
  const groups: { found: FileExtents[]; readonly paths: Set<string>; readonly inodes: Set<string> }[] = [];
  for (const fact of facts) {
    if (fact.type !== 'extents') continue;
    const { path } = fact.file;
    const inodes = new Set(rows.filter((row) => samePath(row.path, path)).map(inodeOf));
    const known = groups.find((group) => [...group.paths].some((one) => samePath(one, path)) || [...inodes].some((inode) => group.inodes.has(inode))); // prettier-ignore
    const group = known ?? { found: [], paths: new Set<string>(), inodes };
    if (known === undefined) groups.push(group);
    group.found.push(fact.file);
    group.paths.add(path);
    for (const inode of inodes) group.inodes.add(inode);
  }
  if (groups.length > MAX_FILES) told.misfit(`${groups.length} files: an import takes ${MAX_FILES}; the others are left out.`); // prettier-ignore
  return groups.slice(0, MAX_FILES).map(({ found, paths, inodes }) => {
    const path = [...paths].sort((a, b) => b.length - a.length)[0] ?? '';
    const name = names.file(path, hidden);
    const called = hidden ? name : shown(path);
    return { paths, inodes, file: { name, called, assumed: false, ...mergeExtents(found, called, told) } };
  });
}

/** `f` is `/mnt/f` where one of them is relative. */
const samePath = (a: string, b: string): boolean => {
  const [one, other] = [tidyPath(a), tidyPath(b)];
  if (one === other) return true;
  if (one.startsWith('/') && other.startsWith('/')) return false;
  return one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
};
const tidyPath = (path: string): string => path.replace(/^(?:\.\/)+/, '').replace(/\/{2,}/g, '/');

type Merged = Pick<MachineFile, 'size' | 'extents' | 'fs'>;

/** Several tools on one file: filefrag knows the size, the others its holes; where the blocks are they must agree. */
function mergeExtents(found: readonly FileExtents[], called: string, told: Told): Merged {
  const [first, ...rest] = found;
  const extents = first?.extents ?? [];
  const differs = rest.some((other) => placesOf(other) !== (first === undefined ? '' : placesOf(first)));
  if (differs) told.misfit(`${called}: two outputs disagree on its extents (taken at different moments?). The first is taken.`); // prettier-ignore
  const fs = found.find((one) => one.fs !== undefined)?.fs;
  return { size: found.find(({ size }) => size !== undefined)?.size, extents, fs };
}

/** Written and unwritten runs, joined where they touch: tools cut them otherwise. */
function placesOf({ extents }: FileExtents): string {
  const runs: string[] = [];
  let end = { at: -1, physical: -1, key: '' };
  for (const { at, len, physical, state } of extents) {
    if (physical === undefined) continue;
    const joins = end.at === at && end.physical === physical && end.key === state;
    if (!joins) runs.push(`${state} ${at} ${physical}`);
    end = { at: at + len, physical: physical + len, key: state };
    runs[runs.length - 1] = `${(runs.at(-1) ?? '').split(' to ')[0]} to ${end.at}`;
  }
  return runs.join('\n');
}

function mapFiles(procs: readonly Proc[], files: Joined[], context: Context): readonly MachineProc[] {
  const { told, names, hidden } = context;
  const ignored = new Set<string>();
  let left = 0;
  const found = procs.map(({ pid, rows, pages }): MachineProc => {
    const maps: MachineMap[] = [];
    for (const row of rows) {
      const file = row.deleted ? -1 : fileOf(row, procs, files, context);
      if (file >= 0) maps.push({ ...row, file });
      else if (row.path.startsWith('/')) {
        left++;
        ignored.add(row.path);
      }
    }
    // A process without a mapping of these files is nobody here; it gets a name only if its MRs ask.
    const name = maps.length === 0 ? '' : names.proc(pid, hidden);
    const called = hidden || pid === undefined ? (name === '' ? 'a process' : name) : `pid ${pid}`;
    return { name, called, pid, pages, maps: maps.slice(0, MAX_MAPS) };
  });
  for (const { maps, called } of found)
    if (maps.length === MAX_MAPS) told.misfit(`${called}: more than ${MAX_MAPS} mappings of these files; the others are left out.`); // prettier-ignore
  if (left > 0) {
    const of = hidden ? countOf(ignored.size, 'other file') : [...ignored].slice(0, 3).map(shown).join(', ') + (ignored.size > 3 ? ', …' : ''); // prettier-ignore
    told.misfit(`${countOf(left, 'mapping')} of files whose extents are not here (${of}): left out.`);
  }
  return found;
}

function fileOf(row: MapRow, procs: readonly Proc[], files: Joined[], context: Context): number {
  if (!row.path.startsWith('/') || row.inode === 0) return -1;
  const at = files.findIndex(({ paths, inodes }) => inodes.has(inodeOf(row)) || [...paths].some((path) => samePath(path, row.path))); // prettier-ignore
  if (at >= 0) return at;
  // Of a shared, writable mapping somebody wants to know; nothing says where its blocks are.
  const isData = row.shared && row.writable && !/^\/(?:dev|memfd:|SYSV|anon_hugepage|i915|drm)/.test(row.path);
  if (!isData || files.length >= MAX_FILES) return -1;
  const same = procs.flatMap(({ rows }) => rows).filter((one) => inodeOf(one) === inodeOf(row));
  const size = same.reduce((most, { offset, start, end }) => Math.max(most, offset + end - start), 0);
  const { names, hidden, told } = context;
  const name = names.file(row.path, hidden);
  const called = hidden ? name : shown(row.path);
  told.assume(`${called}: no output says where its blocks are. It is taken as ${countOf(Math.ceil(size / BLOCK), 'written block')}, as far as it is mapped.`); // prettier-ignore
  const file: MachineFile = { name, called, size, extents: [], fs: undefined, assumed: true };
  files.push({ file, paths: new Set([row.path]), inodes: new Set([inodeOf(row)]) });
  return files.length - 1;
}
