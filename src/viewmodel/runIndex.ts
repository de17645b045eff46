/** What can be looked for in the run that is shown: objects by their names, steps by number and text, properties by title. */
import { runsGet } from '../base/runs.ts';
import { spanAt } from '../base/spans.ts';
import { count, nameOf } from '../explain/names.ts';
import { waitText } from '../explain/waits.ts';
import { pageOfBlock } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import { FREE } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { existsIn } from '../sim/query/exists.ts';
import { isAsleep } from '../sim/query/waits.ts';
import { pinCount } from '../sim/query/pins.ts';
import { taskName } from '../sim/query/naming.ts';

export type RunEntry = {
  readonly id: string;
  readonly group: 'Objects' | 'Steps' | 'Properties';
  readonly name: string;
  readonly detail: string;
  readonly words: string;
  /** Why one cannot go there. */
  readonly blocked?: string;
  readonly go:
    | { readonly type: 'object'; readonly ref: EntityRef }
    | { readonly type: 'step'; readonly step: number }
    | { readonly type: 'property'; readonly id: PropertyId };
};

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

/** Of one object; the others are found by their whole name, `A[500]`. */
const MOST_SLOTS = 32;
const MOST_BLOCKS = 256;

/** Violated properties first, then objects, steps, and the properties that held. */
export function runEntries(shown: Shown): readonly RunEntry[] {
  const properties = propertyEntries(shown);
  const broken = properties.filter(({ blocked }) => blocked === undefined);
  const held = properties.filter(({ blocked }) => blocked !== undefined);
  return [...broken, ...objectEntries(shown), ...stepEntries(shown), ...held];
}

function entryOf({ program, moment: { state } }: Shown, ref: EntityRef, detail: string, words: string): RunEntry {
  return { id: claimKey(ref), group: 'Objects', name: nameOf(program, state, ref), detail, words, go: { type: 'object', ref } }; // prettier-ignore
}

function objectEntries(shown: Shown): RunEntry[] {
  const { state } = shown.moment;
  const numbers = (len: number): number[] => Array.from({ length: Math.min(len, MOST_SLOTS) }, (_, i) => i);
  const files = state.inodes.flatMap(({ live, size }, inode) =>
    live ? [
      entryOf(shown, { type: 'file', inode }, `file, size ${size}`, 'inode'),
      ...numbers(size).map((index) => entryOf(shown, { type: 'extent', inode, index }, 'block of a file', 'extent index')),
    ] : [],
  ); // prettier-ignore
  const maps = state.maps.flatMap(({ live, len }, map) =>
    live ? [
      entryOf(shown, { type: 'map', map }, `mapping, ${count(len, 'page')}`, 'mmap vma'),
      ...numbers(len).map((vpage) => entryOf(shown, { type: 'pte', map, vpage }, 'PTE', 'page table mapping')),
    ] : [],
  ); // prettier-ignore
  const mrs = state.mrs.flatMap(({ state: phase, len }, mr) =>
    phase === 'none' || phase === 'destroyed' ? [] : [
      entryOf(shown, { type: 'mr', mr }, `memory region, ${phase}`, 'MR rdma nic'),
      ...numbers(len).map((slot) => entryOf(shown, { type: 'mtt', mr, slot }, 'MTT slot', 'MR rdma nic table pin')),
    ],
  ); // prettier-ignore
  const dmas = state.dmas.flatMap(({ phase }, dma) =>
    phase === 'posted' ? [entryOf(shown, { type: 'dma', dma }, 'in flight', 'DMA transfer')] : [],
  );
  const pipes = state.pipes.flatMap(({ phase }, pipe) =>
    phase === 'full' ? [entryOf(shown, { type: 'pipe', pipe }, 'holds a page', 'vmsplice')] : [],
  );
  return [...files, ...maps, ...mrs, ...dmas, ...pipes, ...taskEntries(shown), ...pageEntries(shown)];
}

function taskEntries(shown: Shown): RunEntry[] {
  const { program, moment } = shown;
  return program.actors.map((_, task) => {
    const now = moment.state.tasks[task];
    const detail = now !== undefined && isAsleep(now) ? waitText(program, moment.state, now.wait) : 'actor';
    return entryOf(shown, { type: 'task', task }, detail, 'actor thread process task');
  });
}

function pageEntries(shown: Shown): RunEntry[] {
  const { outline, moment } = shown;
  const blocks = outline.claimed.slice(0, MOST_BLOCKS).map((block) => blockEntry(shown, block));
  const dram = moment.state.dram.flatMap(({ live }, id) =>
    live && id < MOST_BLOCKS ? [entryOf(shown, { type: 'dram', dram: id }, 'page of DRAM', 'memory page cache anonymous')] : [],
  ); // prettier-ignore
  return [...blocks, ...dram];
}

function blockEntry(shown: Shown, block: number): RunEntry {
  const { program, moment: { state } } = shown; // prettier-ignore
  const use = runsGet(state.device.use, block) ?? FREE;
  const pins = pinCount(state, pageOfBlock(block));
  const tag = program.tags[runsGet(state.device.tags, block) ?? 0] ?? '';
  const detail = [use === FREE ? 'free' : '', `holds ${tag}`, pins === 0 ? '' : count(pins, 'pin')];
  return entryOf(shown, { type: 'block', block }, detail.filter((part) => part !== '').join(', '), 'page');
}

function stepEntries({ program, outline }: Shown): RunEntry[] {
  const reached = new Set(outline.turns.map(({ step }) => step));
  return program.steps.map(({ line, text, actor }, step): RunEntry => {
    const result = outline.steps[step];
    const end = result === undefined ? '' : (result.eventually ?? result.result);
    return {
      id: `step:${step}`,
      group: 'Steps',
      name: `step ${step + 1}: ${taskName(program, actor)} ${text}`,
      detail: [`line ${line}`, end].filter((part) => part !== '').join(', '),
      words: `line ${line}`,
      ...(reached.has(step) ? {} : { blocked: 'This run does not come so far.' }),
      go: { type: 'step', step },
    };
  });
}

function propertyEntries({ outline }: Shown): RunEntry[] {
  return PROPERTY_IDS.map((id): RunEntry => {
    const { title, name } = PROPERTIES[id];
    const first = outline.violations.find((violation) => violation.id === id);
    const turn = first && outline.turns[spanAt(outline.turns, first.at)];
    const where = turn === undefined ? 'violated from the start' : `violated at step ${turn.step + 1}`;
    return {
      id: `property:${id}`,
      group: 'Properties',
      name: `${id}: ${title}`,
      detail: first === undefined ? 'not violated in this run' : where,
      words: `${name} invariant property ${first === undefined ? '' : 'violated broken'}`,
      ...(first === undefined ? { blocked: 'Nothing breaks it in this run.' } : {}),
      go: { type: 'property', id },
    };
  });
}

/** Objects past those listed, by their whole name: `block 5000`, `A[77]`, `mr[40]`. */
export function namedEntries(shown: Shown, query: string): readonly RunEntry[] {
  const { moment: { state } } = shown; // prettier-ignore
  const block = /^(?:block )?(\d{1,9})$/i.exec(query.trim())?.[1];
  if (block !== undefined) {
    const ref: EntityRef = { type: 'block', block: Number(block) };
    const listed = shown.outline.claimed.slice(0, MOST_BLOCKS).includes(Number(block));
    return !listed && existsIn(state, ref) ? [blockEntry(shown, Number(block))] : [];
  }
  const [, owner = '', at = ''] = /^([\w.]{1,64})\[(\d{1,9})\]$/.exec(query.trim()) ?? [];
  return at === '' || Number(at) < MOST_SLOTS ? [] : slotsNamed(shown, owner, Number(at));
}

function slotsNamed(shown: Shown, owner: string, at: number): readonly RunEntry[] {
  const { program, moment: { state } } = shown; // prettier-ignore
  const refs: EntityRef[] = [
    ...idsNamed(state, program, owner).map((inode): EntityRef => ({ type: 'extent', inode, index: at })),
    ...program.maps.flatMap(({ name }, map): EntityRef[] => (name === owner ? [{ type: 'pte', map, vpage: at }] : [])),
    ...program.mrs.flatMap(({ name }, mr): EntityRef[] => (name === owner ? [{ type: 'mtt', mr, slot: at }] : [])),
  ];
  return refs
    .filter((ref) => existsIn(state, ref) && isWithin(state, ref))
    .map((ref) => entryOf(shown, ref, 'by its name', ''));
}

const idsNamed = (state: State, program: Program, name: string): number[] =>
  state.inodes.flatMap((inode, id) => (inode.live && program.files[inode.name]?.name === name ? [id] : []));

/** A file's index is only bounded by the device as far as its name goes. */
const isWithin = (state: State, ref: EntityRef): boolean =>
  ref.type !== 'extent' || ref.index < (state.inodes[ref.inode]?.size ?? 0);
