/** Frames and labels: which file, mapping, MR or transfer a row of slots is, and who holds its locks. */
import { mrName, nameOf, pipeName, procName, slotName } from '../explain/names.ts';
import type { Program } from '../sim/model/program.ts';
import type { Inode, Lock, LockName, Mapping, Mr, State } from '../sim/model/state.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { fileTag } from '../sim/query/inodes.ts';
import { fileName, mapName, taskName } from '../sim/query/naming.ts';
import { slotAt } from './cascade.ts';
import { slotCount } from './claims.ts';
import { FRAME_PAD, frameOf } from './frame.ts';
import type { Word } from './labels.ts';
import { setLabel } from './labels.ts';
import type { LiveBox } from './live.ts';
import { liveIn } from './live.ts';
import type { SceneBox } from './scene.ts';
import type { StagePlan } from './stageLayout.ts';

type BoxSetting = { readonly program: Program; readonly state: State; readonly before: State; readonly plan: StagePlan; readonly lit: ReadonlySet<string> | undefined; readonly ring: string }; // prettier-ignore

type Live<T extends LiveBox['type']> = Extract<LiveBox, { type: T }>;

const word = (key: string, kind: Word['kind'], weight: number, ...texts: string[]): Word => ({
  key,
  kind,
  weight,
  texts,
});

/** Who holds a lock of a file, and who queues for it. */
export function lockWords(program: Program, name: LockName, lock: Lock): Word[] {
  const first = lock.holders[0];
  if (first === undefined) return [];
  const rest = lock.holders.length - 1;
  const who = `${taskName(program, first.task)}${rest > 0 ? ` +${rest}` : ''}`;
  const mode = first.mode === 'shared' ? ', shared' : '';
  const held = `${name}: ${who}`;
  const [waiter] = lock.queue;
  if (waiter === undefined) return [word(name, 'lock', 60, `${held}${mode}`, held, held, who)];
  const more = lock.queue.length - 1;
  const queue = `${taskName(program, waiter.task)}${more > 0 ? ` +${more}` : ''}`;
  const waits = [
    `${held}| · ${queue} ${more > 0 ? 'queue' : 'queues'} behind it`,
    `${held}| · ${queue} ${more > 0 ? 'queue' : 'queues'}`,
  ];
  return [word(name, 'lock', 60, ...waits, `${held}| · ${queue}`, held, `${who}| · ${queue}`, who)];
}

/** `aXcd`: what the file reads as, if that is short. */
function contents(program: Program, state: State, live: Live<'file'>): string {
  const { size } = live.of;
  if (size === 0) return 'empty';
  if (size > 12) return '';
  const tags = Array.from({ length: size }, (_, i) => program.tags[fileTag(state, live.of, i) ?? 0] ?? '.');
  return tags.every((tag) => tag.length === 1) ? tags.join('') : '';
}

/** The names of a file, the longest first: `file A`, `A`; `memfd f`; of a DAX device, `device A`. */
function fileNames(program: Program, live: Live<'file'>): string[] {
  const { of, box } = live;
  const far = box.label.mode === 'far';
  if (of.memfd >= 0) return far ? [`memfd ${mapName(program, of.memfd)}`, 'memfd'] : [`memfd ${mapName(program, of.memfd)}`]; // prettier-ignore
  const name = program.files[of.name]?.name ?? '';
  return far ? [name] : [`${program.fs.type === 'device-dax' ? 'device' : 'file'} ${name}`, name];
}

/** Who holds leases on the layout, and the mark that keeps it. */
export function guardWords(program: Program, { leases, flag }: Inode): Word[] {
  const first = leases[0];
  const holders = leases.map(({ proc }) => procName(program, proc)).join(', ');
  const recalled = leases.some(({ breaking }) => breaking) ? ', recalled' : '';
  const kind = first?.kind === 'exclusive' ? 'exclusive lease' : 'lease';
  const lease = first === undefined ? [] : [word('lease', 'state', 85, `${kind}: ${holders}${recalled}`, `${kind}: ${holders}`, 'lease')]; // prettier-ignore
  return [...lease, ...(flag === 'none' ? [] : [word('flag', 'state', 86, flag)])];
}

function fileWords(program: Program, state: State, live: Live<'file'>): Word[] {
  const { of } = live;
  const decl = program.files[of.name];
  const origin =
    decl?.init.type === 'reflink' && live.box.spec.key.endsWith(':0') ? (program.files[decl.init.src]?.name ?? '') : '';
  const text = contents(program, state, live);
  return [
    word('name', 'name', 100, ...fileNames(program, live)),
    // A memfd never had a name.
    ...(of.links === 0 && of.memfd < 0 ? [word('unlinked', 'state', 90, 'unlinked')] : []),
    ...guardWords(program, of),
    ...(text === '' ? [] : [word('contents', 'meta', 50, text)]),
    { ...word('size', 'meta', 20, `· size ${of.size}`), joins: true },
    ...(origin === '' ? [] : [{ ...word('origin', 'meta', 10, `· reflink of ${origin}`), joins: true }]),
    ...lockWords(program, 'i_rwsem', of.rwsem),
    ...lockWords(program, 'invalidate_lock', of.mmlock),
  ];
}

/** `A[0..3] ro`, `A[1] rw, private`, `anonymous, 4 pages`, `memfd[0..1] rw`; then shorter ones. */
function rangeTexts(program: Program, state: State, of: Mapping): readonly string[] {
  const access = of.writable ? 'rw' : 'ro';
  if (of.source === 'anon') return [`anonymous, ${access}`, 'anonymous', 'anon'];
  const file = of.source === 'memfd' ? 'memfd' : fileName(program, state, of.inode);
  const range = `${file}[${of.len > 1 ? `${of.off}..${of.off + of.len - 1}` : of.off}]`;
  if (of.private) return [`${range} ${access}, private`, `${range} private`, 'private'];
  return [`${range} ${access}`, range, file];
}

function mapWords(program: Program, state: State, live: Live<'map'>): Word[] {
  const proc = program.maps[live.map]?.proc ?? 0;
  const dead = state.procs[proc]?.state === 'dying' ? [word('dying', 'state', 80, 'dying')] : [];
  const [longest = '', ...shorter] = rangeTexts(program, state, live.of);
  const large = live.box.label.nameSize / 12 > 1.2 && live.of.source === 'file';
  return [
    word('name', 'name', 100, `${procName(program, proc)}: ${program.maps[live.map]?.name ?? ''}`),
    ...dead,
    word('range', 'meta', 50, `${large ? 'mmap ' : ''}${longest}`, ...shorter),
  ];
}

/** `handle of app, also child`: whose closing ends the MR, where that is not its own process alone. */
function handleWords(program: Program, state: State, { proc, handle }: Mr): Word[] {
  const others = state.procs.flatMap(({ handles }, id) =>
    id !== proc && handles.includes(handle) ? [procName(program, id)] : [],
  );
  if (others.length === 0 && handle === proc) return [];
  const own = state.procs[proc]?.handles.includes(handle) === true;
  const also = others.length === 0 ? '' : `, also ${others.join(', ')}`;
  const text = own
    ? `handle of ${procName(program, handle)}${also}`
    : `handle held by ${others.join(', ') || 'nobody'}`;
  return [{ ...word('handle', 'meta', 40, `· ${text}`, `· ${others.join(', ')}`), joins: true }];
}

function mrWords(program: Program, state: State, live: Live<'mr'>): Word[] {
  const { of } = live;
  const over = program.maps[of.map]?.name ?? '';
  const kind = `${of.writable ? 'WRITE' : 'READ'} MR`;
  const phase = of.state === 'live' ? [] : [word('state', 'state', 80, of.state)];
  const odp = of.odp ? [{ ...word('odp', 'meta', 55, '· on demand', '· ODP'), joins: true }] : [];
  return [
    word('name', 'name', 100, `${procName(program, of.proc)}: ${mrName(program, live.mr)}`),
    ...phase,
    word('kind', 'meta', 56, kind, of.writable ? 'WRITE' : 'READ'),
    { ...word('over', 'meta', 30, `over ${over}`), joins: true },
    ...odp,
    ...handleWords(program, state, of),
  ];
}

const KINDS = {
  rdma_read: 'RDMA read',
  rdma_write: 'RDMA write',
  dio_write: 'O_DIRECT write',
  dio_read: 'O_DIRECT read',
} as const;

function flightWords(program: Program, live: Live<'dma'> | Live<'pipe'>): Word[] {
  const name = word('name', 'name', 100, live.box.spec.label);
  if (live.type === 'pipe') return [name, word('kind', 'meta', 50, 'vmsplice, holds the page', 'vmsplice')];
  const through = live.of.kind.startsWith('rdma') ? `of ${slotName(program, live.of.mr, live.of.index)}, ` : '';
  const kind = KINDS[live.of.kind];
  return [
    name,
    word(
      'kind',
      'meta',
      50,
      `${kind} ${through}in flight`,
      `${kind}, in flight`,
      kind,
      kind.slice(0, kind.indexOf(' ')),
    ),
  ];
}

function wordsOf(program: Program, state: State, live: LiveBox): Word[] {
  switch (live.type) {
    case 'file':
      return fileWords(program, state, live);
    case 'map':
      return mapWords(program, state, live);
    case 'mr':
      return mrWords(program, state, live);
    case 'dma':
    case 'pipe':
      return flightWords(program, live);
  }
}

/** What slot i of a box is called. */
export function slotTitle(program: Program, state: State, live: LiveBox, index: number): string {
  switch (live.type) {
    case 'file':
      return nameOf(program, state, { type: 'extent', inode: live.inode, index });
    case 'map':
      return `${mapName(program, live.map)}[${index}]`;
    case 'mr':
      return slotName(program, live.mr, index);
    case 'dma':
      return nameOf(program, state, live.ref);
    case 'pipe':
      return pipeName(program, live.pipe);
  }
}

function lookOf(live: LiveBox): SceneBox['look'] {
  if (live.type === 'file') return live.of.links === 0 && live.of.memfd < 0 ? 'unlinked' : 'live';
  if (live.type === 'mr' && live.of.state !== 'live') return live.of.state === 'revoked' ? 'revoked' : 'pinning';
  return 'live';
}

function isChanged(before: State, live: LiveBox): boolean {
  const then = liveIn(before, live);
  if (then === undefined) return true;
  if (live.type === 'file' && then.type === 'file')
    return (
      live.of.size !== then.of.size ||
      live.of.links !== then.of.links ||
      live.of.leases !== then.of.leases ||
      live.of.flag !== then.of.flag
    );
  return live.type === 'mr' && then.type === 'mr' && live.of.state !== then.of.state;
}

/** A frame encloses the slots that its object has; a file's ends where the file does. */
function frameRect(plan: StagePlan, live: LiveBox): { x: number; w: number } {
  const { k } = plan;
  const { slots, side } = live.box;
  const cascade = side === 'above' ? plan.above : plan.below;
  const first = slots[0] ?? (plan.columns.wide[live.box.col] ?? plan.gutter) + slotAt(cascade, live.box.row);
  const shown =
    live.type === 'file' ? live.box.spec.indexes.filter((index) => index < live.of.size).length : slotCount(live);
  if (shown === 0) return { x: first - (FRAME_PAD + 1) * k, w: 2 * (FRAME_PAD + 1) * k };
  return frameOf(first, (slots[shown - 1] ?? first) + cascade.slot, k);
}

export function sceneBox(setting: BoxSetting, live: LiveBox): SceneBox {
  const { program, state, before, plan, lit, ring } = setting;
  const words = wordsOf(program, state, live);
  const { box } = live;
  const pad = FRAME_PAD * plan.k;
  const spoken = words.map(({ texts }) => (texts[0] ?? '').replace(/^· /, '').replace('|', '')).join(', ');
  return {
    key: claimKey(live.ref),
    ref: live.ref,
    hue: box.spec.hue,
    ...frameRect(plan, live),
    y: box.y - pad,
    h: plan.tier.slot * plan.k + 2 * pad,
    look: lookOf(live),
    eof: live.type === 'file',
    changed: state !== before && isChanged(before, live),
    ringed: ring === claimKey(live.ref),
    faded: lit !== undefined && !lit.has(claimKey(live.ref)),
    label: setLabel(words, { plan: box.label, baselines: box.baselines, measure: plan.measure }),
    plate: box.label.plate,
    name: spoken,
  };
}
