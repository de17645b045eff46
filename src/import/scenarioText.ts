/** Machine → the text of a scenario whose end is its state, with what was assumed and the table of blocks as comments. */
import { MAX_SETUP, MAX_TABLE } from './bounds.ts';
import { layOut, type Layout } from './layout.ts';
import { BLOCK, countOf, type Machine, type Told } from './machine.ts';
import { shown } from './names.ts';
import { isFar, place, type Atom, type Placed } from './place.ts';
import { stepsOf } from './steps.ts';

export type BlockRow = {
  /** Of the device here. */
  readonly block: number;
  readonly count: number;
  /** In blocks of 4 KiB of the machine; absent: no output says it. */
  readonly physical?: number;
  readonly files: readonly string[];
};

export type Written = { readonly text: string; readonly steps: number; readonly table: readonly BlockRow[] };

export type Writing = { readonly hidden: boolean; readonly freeName: (name: string) => string; readonly told: Told; readonly sentences: () => { readonly assumed: readonly string[]; readonly misfits: readonly string[] } }; // prettier-ignore

/** Free blocks: enough to write, copy and allocate a little. */
const FREE = 8;

/** Who the processes are, where that is not hidden. */
function procLines({ procs, mrs }: Machine): readonly string[] {
  return procs.flatMap(({ maps, name, called, pid }) => {
    if (maps.length === 0 || name === called) return [];
    const comm = mrs.find((mr) => mr.pid === pid)?.comm ?? '';
    return [`# ${name} = ${called}${comm === '' ? '' : ` (${shown(comm)})`}`];
  });
}

export function writeScenario(machine: Machine, { hidden, freeName, told, sentences }: Writing): Written | undefined {
  const fs = fsOf(machine, told);
  const placed = place(machine, freeName, told);
  if (placed.files.length === 0) return undefined;
  const layout = layOut(placed, freeName, fs === 'xfs');
  if (layout === undefined) {
    told.misfit('ext4 has no shared blocks, but these files have some: are they of two file systems? Import those of one.'); // prettier-ignore
    return undefined;
  }
  if (layout.setup.length > MAX_SETUP) {
    told.misfit(`${layout.setup.length} steps would be needed to lay these extents out; a scenario has at most ${MAX_SETUP} for that. Import fewer files.`); // prettier-ignore
    return undefined;
  }
  if (!layout.inOrder) told.assume('The order of the blocks on the device is not quite that of the machine: a file gets its blocks in the order of its contents here. Which is which, the table says.'); // prettier-ignore
  if (layout.setup.length > 0) told.assume(`The first ${countOf(layout.setup.length, 'step')} only ${layout.setup.length === 1 ? 'lays' : 'lay'} the blocks out as they are there.`); // prettier-ignore
  const { steps, mrBlocks } = stepsOf({ machine, placed, hidden, told });
  tellPinned(machine, mrBlocks, placed, told);
  told.assume('What the blocks hold is not in the outputs: the letters only tell them apart.');
  told.assume(`How much of the device is free is not in the outputs: ${FREE} blocks here.`);
  told.assume('The files are taken to be on DAX: no output says it (statx does: STATX_ATTR_DAX).');
  const table = tableOf(placed, layout);
  const all = [...layout.setup, ...steps];
  const { assumed, misfits } = sentences();
  const text = [
    `title "${titleOf(placed)}"`,
    `about "Imported from the outputs of a machine. ${all.length === 0 ? 'The start' : 'The end'} of this run is its state."`,
    ...procLines(machine),
    '',
    `device ${layout.blocks + FREE}`,
    fs === 'ext4' ? 'fs ext4 dax=always' : 'fs xfs reflink=1 dax=always',
    ...layout.declarations,
    '',
    ...all,
    '',
    ...comments(placed, assumed, misfits, table),
  ].join('\n');
  return { text: `${text.trimEnd()}\n`, steps: all.length, table };
}

/** Magic numbers of statfs, as filefrag prints them. */
function fsOf({ files }: Machine, told: Told): 'xfs' | 'ext4' {
  const kinds = new Set(files.flatMap(({ fs }) => (fs === undefined ? [] : [fs === '58465342' ? 'xfs' : fs === 'ef53' ? 'ext4' : fs]))); // prettier-ignore
  const isXfs = kinds.has('xfs') || !kinds.has('ef53') && files.some(({ extents }) => extents.some(({ shared }) => shared)); // prettier-ignore
  const other = [...kinds].find((kind) => kind !== 'xfs' && kind !== 'ext4');
  if (kinds.size > 1) told.assume('The files are of several file systems; here they are on one device.');
  if (other !== undefined) told.misfit(`A file system with the magic number ${other}: this model has XFS and ext4; ${isXfs || !kinds.has('ext4') ? 'XFS' : 'ext4'} is taken.`); // prettier-ignore
  if (kinds.size === 0) told.assume('The file system is not in these outputs: XFS with reflink is taken.');
  return isXfs || !kinds.has('ext4') ? 'xfs' : 'ext4';
}

function tellPinned({ pinned }: Machine, mrBlocks: number, { unit }: Placed, told: Told): void {
  if (pinned === undefined) return;
  const here = mrBlocks === 0 ? 'No MR is here' : `The MRs here cover ${countOf((mrBlocks * unit) / BLOCK, 'page')}`;
  if (pinned === 0) told.assume(`No page is pinned on the machine (nr_foll_pin_acquired = nr_foll_pin_released). ${here}.`); // prettier-ignore
  else told.misfit(`${countOf(pinned, 'page')} ${pinned === 1 ? 'is' : 'are'} pinned on the machine (nr_foll_pin_acquired − nr_foll_pin_released); which, no output says. ${here}; other pins are not here.`); // prettier-ignore
}

function titleOf({ files }: Placed): string {
  const names = files.filter(({ file }) => file >= 0).map(({ name }) => name);
  return `Imported: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

function tableOf({ atoms, unit }: Placed, { blockOf }: Layout): readonly BlockRow[] {
  const by = unit / BLOCK;
  const rows: BlockRow[] = [];
  const sorted = [...atoms].sort((a, b) => (blockOf.get(a) ?? 0) - (blockOf.get(b) ?? 0));
  for (const atom of sorted) {
    const files = filesOf(atom);
    const far = isFar(atom.from, unit);
    const last = rows.at(-1);
    const joins = last?.physical !== undefined && !far && last.physical + last.count * by === atom.from * by && last.files.join() === files.join(); // prettier-ignore
    if (last !== undefined && joins) rows[rows.length - 1] = { ...last, count: last.count + atom.len };
    else rows.push({ block: blockOf.get(atom) ?? 0, count: atom.len, files, ...(far ? {} : { physical: atom.from * by }) }); // prettier-ignore
  }
  return rows;
}

const filesOf = ({ users }: Atom): readonly string[] => [...new Set(users.map(({ name }) => name))];

const span = (from: number, count: number): string => (count === 1 ? `${from}` : `${from}..${from + count - 1}`);

export function tableLine({ block, count, physical, files }: BlockRow, unit: number): string {
  const by = unit / BLOCK;
  const there = physical === undefined ? 'unknown' : `physical ${span(physical, count * by)}`;
  return `block ${span(block, count)} = ${there}, ${files.join(' ')}`;
}

function comments(
  { unit }: Placed,
  assumed: readonly string[],
  misfits: readonly string[],
  table: readonly BlockRow[],
): readonly string[] {
  // prettier-ignore
  const list = (head: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`# ${head}`, ...lines.slice(0, MAX_TABLE).map((line) => `#   ${line}`), ...(lines.length > MAX_TABLE ? [`#   … ${lines.length - MAX_TABLE} more are in the report of the import`] : [])]; // prettier-ignore
  return [
    ...list('Assumed:', assumed),
    ...list('Did not fit:', misfits),
    ...list('Blocks of the device = those of the machine, 4 KiB each, and whose they are:', table.map((row) => tableLine(row, unit))), // prettier-ignore
  ];
}
