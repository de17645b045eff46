/** The sentence of position 0: what the world is before the first step. */
import type { Program } from '../sim/model/program.ts';
import type { Inode, State } from '../sim/model/state.ts';
import { extentBlock, extentWritten } from '../sim/model/ids.ts';
import { runsCount, runsEach, runsGet, runsSize } from '../base/runs.ts';
import { count, listOf } from './names.ts';
import { extentsOn } from './relations.ts';

const FEW = 3;
/** Sharing is looked up block by block, so only for files that a sentence can speak of. */
const SMALL = 256;

type FileText = {
  readonly id: number;
  readonly text: string;
  readonly partners: readonly number[];
  readonly whole: boolean;
};

export function startSentence(program: Program, state: State): string {
  const files = state.inodes.flatMap((inode, id) => (inode.live ? [fileText(program, state, id)] : []));
  if (files.length === 0) return `Before the first step: ${count(program.blocks, 'block')}, all free, and no file.`;
  // A file that only shares blocks of one told already is named there.
  const told: FileText[] = [];
  for (const file of files) {
    const said = file.whole && told.some(({ id, whole }) => whole && file.partners.includes(id));
    if (!said) told.push(file);
  }
  const shown = told.slice(0, FEW).map(({ text }, i) => (i === 0 ? `file ${text}` : text));
  const more = told.length > FEW ? `; ${count(told.length - FEW, 'more file')}` : '';
  return `Before the first step: ${shown.join('; ')}${more}.`;
}

function fileText(program: Program, state: State, id: number): FileText {
  const inode = state.inodes[id];
  if (inode === undefined) return { id, text: '', partners: [], whole: false };
  const name = nameOf(program, state, id);
  if (inode.size === 0) return { id, text: `${name} is empty`, partners: [], whole: false };
  const { shared, partners } = sharing(state, id, inode);
  const whole = shared > 0 && shared === runsSize(inode.map);
  const part = whole ? '' : `${shared} of them `;
  const names = listOf(partners.map((other) => nameOf(program, state, other)));
  const text = `${name} has ${count(inode.size, 'block')}${kindsOf(inode)}${shared === 0 ? '' : `, ${part}shared with ${names}`}`;
  return { id, text, partners, whole };
}

const nameOf = (program: Program, state: State, id: number): string =>
  program.files[state.inodes[id]?.name ?? -1]?.name ?? 'a file';

/** ` (1 hole, 2 unwritten)`. */
function kindsOf(inode: Inode): string {
  let unwritten = 0;
  runsEach(inode.map, 0, inode.size, (_at, len, value) => {
    if (!extentWritten(value)) unwritten += len;
  });
  const holes = inode.size - runsSize(inode.map);
  const kinds = [holes > 0 ? count(holes, 'hole') : '', unwritten > 0 ? `${unwritten} unwritten` : ''];
  const text = kinds.filter((kind) => kind !== '').join(', ');
  return text === '' ? '' : ` (${text})`;
}

function sharing(
  state: State,
  id: number,
  inode: Inode,
): { readonly shared: number; readonly partners: readonly number[] } {
  const partners = new Set<number>();
  let shared = 0;
  if (runsCount(inode.map) > SMALL) return { shared, partners: [] };
  runsEach(inode.map, 0, Math.min(inode.size, SMALL), (_at, len, value, step) => {
    for (let i = 0; i < len; i++) {
      const block = extentBlock(value + i * step);
      if ((runsGet(state.device.use, block) ?? 0) < 2) continue;
      shared++;
      for (const other of extentsOn(state, block)) if (other.inode !== id) partners.add(other.inode);
    }
  });
  return { shared, partners: [...partners] };
}
