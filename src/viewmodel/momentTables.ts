/** The stage as tables: pages, the claims on them, the objects behind those, and who waits for what. */
import { runsEach, runsGet } from '../base/runs.ts';
import { changedRefs } from '../explain/differences.ts';
import { count, listOf, lockName, nameOf } from '../explain/names.ts';
import { claimsOn } from '../explain/owners.ts';
import { waitChain, waitText } from '../explain/waits.ts';
import { extentBlock, extentWritten, NO_FILE, NO_MAP, pageOfBlock, pageOfDram, type Page } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, LockName, State } from '../sim/model/state.ts';
import { BUSY, FREE, ZOMBIE } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { fileTag } from '../sim/query/inodes.ts';
import { fileName, pageName, taskName } from '../sim/query/naming.ts';
import { pinCount } from '../sim/query/pins.ts';
import { isAsleep } from '../sim/query/waits.ts';
import { marksOf } from './marks.ts';
import { cell, compared, MOST_ROWS, type TableCell, type TableRow, type TableScene } from './tables.ts';

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

type Setting = Shown & {
  /** claimKey → ids. */
  readonly broken: ReadonlyMap<string, readonly string[]>;
  readonly changed: ReadonlySet<string>;
};

/** In the order in which they are read: where things are, who holds them, who they are, who waits. */
export function momentTables(shown: Shown): readonly TableScene[] {
  const broken = new Map<string, readonly string[]>();
  for (const { id, next, refs } of marksOf(shown.outline, shown.moment.at)) {
    for (const ref of next ? [] : refs) {
      const known = broken.get(claimKey(ref)) ?? [];
      if (!known.includes(id)) broken.set(claimKey(ref), [...known, id]);
    }
  }
  const setting = { ...shown, broken, changed: new Set(changedRefs(shown.moment).map(claimKey)) };
  const pages = pagesOf(setting);
  return [pagesTable(setting, pages), claimsTable(setting, pages), objectsTable(setting), actorsTable(setting)];
}

type PageEntry = { readonly page: Page; readonly ref: EntityRef };

/** Every block that the run claims at any step, or that is not free now; and the pages of DRAM. */
function pagesOf({ outline, moment: { state } }: Shown): readonly PageEntry[] {
  const blocks = new Set<number>(outline.claimed);
  runsEach(state.device.use, 0, Infinity, (at, len, value, step) => {
    for (let i = 0; i < len && blocks.size < MOST_ROWS * 2; i++) if (value + i * step !== FREE) blocks.add(at + i);
    return blocks.size >= MOST_ROWS * 2 || undefined;
  });
  const dram = state.dram.flatMap(({ live }, id): PageEntry[] =>
    live ? [{ page: pageOfDram(id), ref: { type: 'dram', dram: id } }] : [],
  );
  const sorted = [...blocks].sort((a, b) => a - b);
  return [...sorted.map((block): PageEntry => ({ page: pageOfBlock(block), ref: { type: 'block', block } })), ...dram];
}

function stateText(use: number): string {
  if (use === FREE) return 'free';
  if (use === BUSY) return 'busy until the log commits';
  return use === ZOMBIE ? 'zombie, kept by its pins' : 'owned';
}

type PageFacts = { readonly state: string; readonly tag: string; readonly refcount: string; readonly pins: string };

function factsOf({ program }: Shown, state: State, { page, ref }: PageEntry): PageFacts {
  const pins = `${pinCount(state, page)}`;
  if (ref.type === 'dram') {
    const dram = state.dram[ref.dram];
    if (dram?.live !== true) return { state: 'not there', tag: '', refcount: '', pins: '0' };
    const kind = dram.anon ? 'anonymous' : dram.inode < 0 ? 'out of the page cache' : 'cached';
    return { state: `${kind}${dram.dirty ? ', dirty' : ''}`, tag: program.tags[dram.tag] ?? '', refcount: '', pins };
  }
  const block = ref.type === 'block' ? ref.block : 0;
  const use = runsGet(state.device.use, block) ?? FREE;
  const tag = program.tags[runsGet(state.device.tags, block) ?? 0] ?? '';
  return { state: stateText(use), tag, refcount: use > 0 ? `${use}` : '0', pins };
}

function pagesTable(setting: Setting, pages: readonly PageEntry[]): TableScene {
  const { program, moment, broken } = setting;
  const rows = pages.slice(0, MOST_ROWS).map((entry): TableRow => {
    const now = factsOf(setting, moment.state, entry);
    const was = factsOf(setting, moment.before, entry);
    const owners = claimsOn(program, moment, entry.page).filter(
      ({ side, ref }) => side === 'File' && ref !== undefined,
    );
    const key = claimKey(entry.ref);
    return {
      key,
      head: { text: pageName(entry.page), ref: entry.ref, ...brokenAt(broken, key) },
      cells: [
        compared(now.state, was.state),
        compared(now.tag, was.tag),
        compared(now.refcount, was.refcount),
        compared(now.pins, was.pins),
        cell(owners.length === 0 ? 'nobody' : listOf(owners.map(({ who }) => who), 8)),
      ],
    }; // prettier-ignore
  });
  return {
    key: 'pages',
    caption: `Pages: ${program.blocks} blocks, ${pages.length} in use in this run`,
    heads: ['Page', 'State', 'Holds', 'Refcount', 'Pins', 'Owned by'],
    rows,
    empty: 'No block is used.',
    more: pages.length > MOST_ROWS ? `${pages.length - MOST_ROWS} more pages: select one to see who owns it.` : '',
  };
}

const brokenAt = (broken: Setting['broken'], key: string): Pick<TableCell, 'broken'> => {
  const ids = broken.get(key);
  return ids === undefined ? {} : { broken: ids };
};

function claimsTable(setting: Setting, pages: readonly PageEntry[]): TableScene {
  const { program, moment, broken, changed } = setting;
  const rows: TableRow[] = [];
  let left = 0;
  for (const { page, ref: pageRef } of pages) {
    for (const { side, who, disagrees, since, ref } of claimsOn(program, moment, page)) {
      if (ref === undefined) continue;
      const key = claimKey(ref);
      if (rows.length >= MOST_ROWS) left += 1;
      else
        rows.push({
          key: `${side} ${key} ${page}`,
          head: { text: who, ref, ...brokenAt(broken, key), ...(changed.has(key) ? { changed: true } : {}) },
          cells: [
            cell(side),
            { text: pageName(page), ref: pageRef },
            cell(since),
            cell(disagrees === '' ? 'agrees' : `disagrees: ${disagrees}`),
          ],
        });
    }
  }
  return {
    key: 'claims',
    caption: 'Claims: who points at which page',
    heads: ['Claim', 'Side', 'Page', 'Since', 'With the file'],
    rows,
    empty: 'Nobody claims a page.',
    more: left > 0 ? `${left} more claims.` : '',
  };
}

/** Files, mappings, MRs, transfers, pipes. */
function objectsTable(setting: Setting): TableScene {
  const { program, moment, broken, changed } = setting;
  const { state, before } = moment;
  const row = (ref: EntityRef, now: string, was: string): TableRow => {
    const key = claimKey(ref);
    const marked = compared(now, was);
    return {
      key,
      head: { text: nameOf(program, state, ref), ref, ...brokenAt(broken, key) },
      cells: [marked.changed === true || !changed.has(key) ? marked : { ...marked, changed: true }],
    };
  };
  const rows = [
    ...state.inodes.flatMap(({ live }, inode) =>
      live ? [row({ type: 'file', inode }, fileText(program, state, inode), fileText(program, before, inode))] : [],
    ),
    ...state.maps.flatMap(({ live }, map) =>
      live ? [row({ type: 'map', map }, mapText(program, state, map), mapText(program, before, map))] : [],
    ),
    ...state.mrs.flatMap(({ state: phase }, mr) =>
      phase === 'none' ? [] : [row({ type: 'mr', mr }, mrText(program, state, mr), mrText(program, before, mr))],
    ),
    ...state.dmas.flatMap(({ phase }, dma) => (phase === 'none' ? [] : [row({ type: 'dma', dma }, phaseText(phase), phaseText(before.dmas[dma]?.phase))])), // prettier-ignore
    ...state.pipes.flatMap(({ phase }, pipe) => (phase === 'none' ? [] : [row({ type: 'pipe', pipe }, phaseText(phase), phaseText(before.pipes[pipe]?.phase))])), // prettier-ignore
  ];
  return {
    key: 'objects',
    caption: 'Objects: files, mappings, memory regions, transfers',
    heads: ['Object', 'State'],
    rows: rows.slice(0, MOST_ROWS),
    empty: 'There is no object.',
    more: rows.length > MOST_ROWS ? `${rows.length - MOST_ROWS} more objects.` : '',
  };
}

const phaseText = (phase: string | undefined): string => (phase === undefined || phase === 'none' ? 'not made' : phase);

/** `size 4: a X c d, lease of app`: contents as far as a line goes. */
function fileText(program: Program, state: State, inode: number): string {
  const record = state.inodes[inode];
  if (record?.live !== true) return 'not there';
  const shown = Math.min(record.size, 16);
  const at = (index: number): string => {
    const extent = runsGet(record.map, index);
    if (record.memfd === NO_MAP && extent === undefined) return 'hole';
    if (extent !== undefined && !extentWritten(extent)) return `unwritten block ${extentBlock(extent)}`;
    return program.tags[fileTag(state, record, index) ?? 0] ?? '.';
  };
  const contents = Array.from({ length: shown }, (_, i) => at(i)).join(' ');
  const leases = record.leases.map(({ proc, breaking }) => `lease of ${program.procs[proc]?.name ?? '?'}${breaking ? ', recalled' : ''}`); // prettier-ignore
  return [
    record.size === 0 ? 'empty' : `size ${record.size}: ${contents}${record.size > shown ? ' …' : ''}`,
    record.links === 0 && record.name !== NO_FILE ? 'unlinked' : '',
    ...leases,
    record.flag === 'none' ? '' : record.flag,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function mapText(program: Program, state: State, map: number): string {
  const now = state.maps[map];
  if (now?.live !== true) return 'not mapped';
  const of = now.source === 'anon' ? 'anonymous' : `${fileName(program, state, now.inode)}[${now.off}..${now.off + now.len - 1}]`; // prettier-ignore
  return `${of}, ${now.writable ? 'read-write' : 'read-only'}, ${now.private ? 'private' : 'shared'}`;
}

function mrText(program: Program, state: State, mr: number): string {
  const now = state.mrs[mr];
  if (now === undefined || now.state === 'none') return 'not registered';
  const over = program.maps[now.map]?.name ?? '?';
  const how = now.odp ? 'on demand' : `pinned ${now.writable ? 'for write' : 'read-only'}`;
  return `${now.state}, over ${over}, ${count(now.len, 'page')}, ${how}`;
}

const LOCKS: readonly LockName[] = ['i_rwsem', 'invalidate_lock'];

function actorsTable(setting: Setting): TableScene {
  const { program, moment, broken } = setting;
  const { state, before } = moment;
  const rows = program.actors.map((_, task): TableRow => {
    const ref: EntityRef = { type: 'task', task };
    return {
      key: claimKey(ref),
      head: { text: taskName(program, task), ref, ...brokenAt(broken, claimKey(ref)) },
      cells: [
        compared(doing(program, state, task), doing(program, before, task)),
        compared(waiting(program, state, task), waiting(program, before, task)),
        compared(holding(program, state, task, 'holders'), holding(program, before, task, 'holders')),
        compared(holding(program, state, task, 'queue'), holding(program, before, task, 'queue')),
      ],
    };
  });
  return {
    key: 'actors',
    caption: 'Actors: what they do, wait for, and hold',
    heads: ['Actor', 'Does', 'Waits', 'Holds locks', 'Queues for'],
    rows,
    empty: 'Nobody acts.',
    more: '',
  };
}

const doing = (program: Program, state: State, task: number): string =>
  waitChain(program, state, task).links[0]?.detail ?? 'idle';

function waiting(program: Program, state: State, task: number): string {
  const now = state.tasks[task];
  return now !== undefined && isAsleep(now) ? waitText(program, state, now.wait) : 'no';
}

function holding(program: Program, state: State, task: number, list: 'holders' | 'queue'): string {
  const locks = state.inodes.flatMap((inode, id) =>
    LOCKS.flatMap((name) => {
      const lock = name === 'i_rwsem' ? inode.rwsem : inode.mmlock;
      return lock[list].flatMap((one) => (one.task === task ? [`${lockName(program, state, id, name)}, ${one.mode}`] : [])); // prettier-ignore
    }),
  );
  return locks.length === 0 ? 'none' : locks.join('; ');
}
