/**
 * What lights up with an object: everything it claims or is claimed by, and the other views of the same file index, so
 * that an MR slot that lags behind shows together with the PTE and the extent that moved on.
 */
import type { Page } from '../sim/model/ids.ts';
import { NO_INODE } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State, Wait } from '../sim/model/state.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { Mark } from './marks.ts';
import type { SlotRow } from './rows.ts';
import { pageKey, pageRef } from './rows.ts';

type Index = {
  readonly byKey: ReadonlyMap<string, SlotRow>;
  readonly byPage: ReadonlyMap<string, readonly SlotRow[]>;
  readonly byLogical: ReadonlyMap<string, readonly SlotRow[]>;
  readonly byBox: ReadonlyMap<string, readonly SlotRow[]>;
};

const group = (
  rows: readonly SlotRow[],
  keysOf: (row: SlotRow) => readonly (string | undefined)[],
): Map<string, SlotRow[]> => {
  const groups = new Map<string, SlotRow[]>();
  for (const row of rows) {
    for (const key of keysOf(row)) {
      if (key === undefined) continue;
      const found = groups.get(key);
      if (found === undefined) groups.set(key, [row]);
      else found.push(row);
    }
  }
  return groups;
};

const pagesOf = ({ fact }: SlotRow): readonly (string | undefined)[] => [pageKey(fact.page), pageKey(fact.cache)];

function indexRows(rows: readonly SlotRow[]): Index {
  return {
    byKey: new Map(rows.map((row) => [row.key, row])),
    byPage: group(rows, pagesOf),
    byLogical: group(rows, (row) => [row.logical]),
    byBox: group(rows, (row) => [claimKey(row.live.ref)]),
  };
}

function addRow(lit: Set<string>, row: SlotRow): void {
  lit.add(row.key);
  lit.add(claimKey(row.live.ref));
  for (const page of pagesOf(row)) if (page !== undefined) lit.add(page);
}

/** The claims on a page, and where one of them disagrees with the file, what the file says instead. */
function addPage(lit: Set<string>, page: string, index: Index): void {
  lit.add(page);
  for (const row of index.byPage.get(page) ?? []) {
    addRow(lit, row);
    for (const twin of index.byLogical.get(row.logical) ?? []) if (!pagesOf(twin).includes(page)) addRow(lit, twin);
  }
}

function addSlot(lit: Set<string>, row: SlotRow, index: Index): void {
  addRow(lit, row);
  for (const twin of index.byLogical.get(row.logical) ?? []) addRow(lit, twin);
  for (const page of pagesOf(row)) {
    for (const other of page === undefined ? [] : (index.byPage.get(page) ?? [])) addRow(lit, other);
  }
}

function addWait(lit: Set<string>, wait: Wait, at: { state: State; index: Index }): void {
  if (wait.type === 'none' || wait.type === 'threads') return;
  if (wait.inode !== NO_INODE) lit.add(claimKey({ type: 'file', inode: wait.inode }));
  if (wait.type === 'lock') {
    lit.add(claimKey({ type: 'lock', inode: wait.inode, lock: wait.lock }));
    const inode = at.state.inodes[wait.inode];
    const lock = wait.lock === 'i_rwsem' ? inode?.rwsem : inode?.mmlock;
    for (const { task } of lock?.holders ?? [])
      addWait(lit, at.state.tasks[task]?.wait ?? { type: 'none' }, { ...at, state: withoutWait(at.state, task) });
  } else if ('page' in wait) {
    const page = pageKey(wait.page);
    if (page !== undefined) addPage(lit, page, at.index);
  }
}

/** So that a circle of sleepers is gone round once. */
function withoutWait(state: State, task: number): State {
  return {
    ...state,
    tasks: state.tasks.map((other, id) => (id === task ? { ...other, wait: { type: 'none' } } : other)),
  };
}

function addTask(lit: Set<string>, task: number, at: { program: Program; state: State; index: Index }): void {
  lit.add(claimKey({ type: 'task', task }));
  addWait(lit, at.state.tasks[task]?.wait ?? { type: 'none' }, at);
  at.state.inodes.forEach((inode, id) => {
    const holds = [...inode.rwsem.holders, ...inode.mmlock.holders].some((holder) => holder.task === task);
    if (holds) lit.add(claimKey({ type: 'file', inode: id }));
  });
  const actor = at.program.actors[task];
  const proc = actor?.type === 'thread' ? actor.proc : undefined;
  for (const rows of at.index.byBox.values()) {
    for (const row of rows) if (proc !== undefined && procOf(at.program, row) === proc) addRow(lit, row);
  }
}

function procOf(program: Program, { live }: SlotRow): number | undefined {
  switch (live.type) {
    case 'file':
      return undefined;
    case 'map':
      return program.maps[live.map]?.proc;
    default:
      return live.of.proc;
  }
}

function addBox(lit: Set<string>, key: string, index: Index): void {
  lit.add(key);
  for (const row of index.byBox.get(key) ?? []) addRow(lit, row);
}

/** Frames that belong together: a mapping and its file, an MR and its mapping. */
function addOwners(lit: Set<string>, ref: EntityRef, state: State): void {
  if (ref.type === 'map') lit.add(claimKey({ type: 'file', inode: state.maps[ref.map]?.inode ?? NO_INODE }));
  if (ref.type === 'mr') lit.add(claimKey({ type: 'map', map: state.mrs[ref.mr]?.map ?? -1 }));
  if (ref.type === 'file')
    state.maps.forEach((map, id) => map.live && map.inode === ref.inode && lit.add(claimKey({ type: 'map', map: id })));
}

/** claimKeys of all that lights up; the object itself among them. */
export function related(
  program: Program,
  state: State,
  rows: readonly SlotRow[],
  refs: readonly EntityRef[],
): Set<string> {
  const index = indexRows(rows);
  const lit = new Set<string>();
  for (const ref of refs) {
    const key = claimKey(ref);
    lit.add(key);
    const row = index.byKey.get(key);
    if (row !== undefined) addSlot(lit, row, index);
    if (ref.type === 'block' || ref.type === 'dram') addPage(lit, key, index);
    else if (ref.type === 'file' || ref.type === 'map' || ref.type === 'mr') {
      addBox(lit, key, index);
      addOwners(lit, ref, state);
    } else if (ref.type === 'task') addTask(lit, ref.task, { program, state, index });
    else if (ref.type === 'lock') {
      lit.add(claimKey({ type: 'file', inode: ref.inode }));
      const inode = state.inodes[ref.inode];
      const lock = ref.lock === 'i_rwsem' ? inode?.rwsem : inode?.mmlock;
      for (const { task } of [...(lock?.holders ?? []), ...(lock?.queue ?? [])])
        addTask(lit, task, { program, state, index });
    } else if (ref.type === 'lease') lit.add(claimKey({ type: 'file', inode: ref.inode }));
  }
  return lit;
}

/** The page that a claim is on; a page itself; nothing for the rest. */
export function pageBehind(state: State, ref: EntityRef, rows: readonly SlotRow[]): EntityRef | undefined {
  if (ref.type === 'block' || ref.type === 'dram') return ref;
  if (ref.type === 'task') {
    const wait = state.tasks[ref.task]?.wait;
    return wait !== undefined && 'page' in wait ? pageRef(wait.page) : undefined;
  }
  const key = claimKey(ref);
  const page = rows.find((row) => row.key === key)?.fact.page;
  return page === undefined ? undefined : pageRef(page);
}

/** The pages that sleepers wait for, the one waited for longest first. */
function awaitedPages(state: State): readonly Page[] {
  return state.sleepers.flatMap((task) => {
    const wait = state.tasks[task]?.wait;
    return wait !== undefined && 'page' in wait ? [wait.page] : [];
  });
}

/** What a scene is about when nobody points at anything: what is broken, else what is waited for. */
export function subjectOf(state: State, marks: readonly Mark[], rows: readonly SlotRow[]): readonly EntityRef[] {
  const broken = marks.filter((mark) => !mark.next).flatMap(({ refs }) => refs.slice(0, 1));
  const claims = broken.filter((ref) => pageBehind(state, ref, rows) !== undefined);
  if (claims.length > 0) return claims;
  const awaited = awaitedPages(state).flatMap((page) => pageRef(page) ?? []);
  return [...broken, ...awaited, ...state.sleepers.map((task): EntityRef => ({ type: 'task', task }))];
}
