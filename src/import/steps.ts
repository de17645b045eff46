/** Mappings, the pages that are mapped, and MRs, as steps of the processes that hold them. */
import { MAX_TOUCHED } from './bounds.ts';
import { BLOCK, countOf, type Machine, type MachineMap, type MachineProc, type Told } from './machine.ts';
import { shown } from './names.ts';
import type { Placed, PlacedFile } from './place.ts';
import type { MrRow } from './rdmaMr.ts';

/** A mapping that has a line. */
type Line = { readonly name: string; readonly map: MachineMap; readonly proc: MachineProc; readonly file: PlacedFile };

export type Steps = { readonly steps: readonly string[]; readonly mrBlocks: number };

type World = { readonly machine: Machine; readonly placed: Placed; readonly hidden: boolean; readonly told: Told };

export function stepsOf(world: World): Steps {
  const lines: Line[] = [];
  const steps: string[] = [];
  for (const proc of world.machine.procs) {
    for (const map of proc.maps) {
      const file = world.placed.files.find((one) => one.file === map.file);
      if (file === undefined) continue;
      const line = { name: `m${lines.length + 1}`, map, proc, file };
      const step = mapStep(line, world);
      if (step === undefined) continue;
      steps.push(step);
      lines.push(line);
    }
  }
  steps.push(...touchSteps(lines, world));
  const mrs = mrSteps(lines, world);
  return { steps: [...steps, ...mrs.steps], mrBlocks: mrs.blocks };
}

const blocksOf = ({ start, end }: MachineMap, unit: number): number => (end - start) / unit;

function mapStep({ name, map, proc, file }: Line, { placed: { unit }, told }: World): string | undefined {
  const [off, len] = [map.offset / unit, blocksOf(map, unit)];
  if (!Number.isInteger(off) || !Number.isInteger(len)) {
    told.misfit(`${proc.called}: its mapping of ${file.called} at byte ${map.offset} is not on blocks of ${unit / 1024} KiB: left out.`); // prettier-ignore
    return undefined;
  }
  if (!map.readable && !map.writable) {
    told.misfit(`${proc.called}: its mapping of ${file.called} allows neither reading nor writing: left out.`);
    return undefined;
  }
  const whole = off === 0 && len === file.size;
  const flags = [...(map.writable ? [] : ['ro']), ...(map.shared ? [] : ['private']), ...(map.sync === true ? ['sync'] : [])]; // prettier-ignore
  return [`${proc.name} ${name} = mmap ${file.name}`, ...(whole ? [] : [off, len]), ...flags].join(' ');
}

function touchSteps(lines: readonly Line[], world: World): readonly string[] {
  const { placed: { unit }, told } = world; // prettier-ignore
  const steps: string[] = [];
  let over = 0;
  for (const line of lines) {
    const { map, file, proc, name } = line;
    const pages = presentPages(line, told);
    const first = map.offset / unit;
    const indexes = [...new Set(pages.map((page) => Math.floor((page * BLOCK) / unit)))].filter((i) => first + i < file.size); // prettier-ignore
    if (steps.length + indexes.length > MAX_TOUCHED) over += indexes.length;
    else steps.push(...indexes.map((i) => `${proc.name} load ${name} ${i}`));
  }
  if (steps.length > 0) told.assume(`${countOf(steps.length, 'page')} that ${steps.length === 1 ? 'is' : 'are'} mapped there ${steps.length === 1 ? 'is' : 'are'} mapped here by a load: whether ${steps.length === 1 ? 'it is' : 'they are'} mapped for writing is not in the outputs.`); // prettier-ignore
  if (over > 0) told.misfit(`${countOf(over, 'mapped page')}: an import maps ${MAX_TOUCHED} one by one. These mappings are here, their pages not yet mapped.`); // prettier-ignore
  checkFrames(lines, world);
  return steps;
}

/** Of pagemap one by one; of smaps only where all are, or none. */
function presentPages({ map, proc, file }: Line, told: Told): readonly number[] {
  const count = (map.end - map.start) / BLOCK;
  const known = proc.pages.filter(({ start, pages }) => start < map.end && start + pages.length * BLOCK > map.start);
  if (known.length > 0) {
    const present = new Set(known.flatMap(({ start, pages }) => pages.flatMap((page, i) => (page.present ? [(start - map.start) / BLOCK + i] : [])))); // prettier-ignore
    return [...present].filter((i) => i >= 0 && i < count).sort((a, b) => a - b);
  }
  if (map.rss === undefined || map.rss === 0) return [];
  if (map.rss === map.end - map.start && count <= MAX_TOUCHED) return Array.from({ length: count }, (_, i) => i);
  told.misfit(`${proc.called}: ${map.rss / 1024} kB of its mapping of ${file.called} are mapped; which pages, only its pagemap says. None is mapped here yet.`); // prettier-ignore
  return [];
}

/** One frame of the machine in two mappings is one block of the device, where both are DAX. */
function checkFrames(lines: readonly Line[], { placed: { unit }, told }: World): void {
  const blocks = new Map<number, number>();
  let differ = 0;
  for (const { map, file, proc } of lines) {
    if (!map.shared) continue;
    for (const { start, pages } of proc.pages) {
      for (const [i, page] of pages.entries()) {
        const address = start + i * BLOCK;
        if (!page.present || page.pfn === 0 || address < map.start || address >= map.end) continue;
        const block = physicalAt(file, (map.offset + address - map.start) / unit);
        if (block === undefined) continue;
        const known = blocks.get(page.pfn) ?? block;
        if (known !== block) differ++;
        blocks.set(page.pfn, known);
      }
    }
  }
  if (differ > 0) told.misfit(`${countOf(differ, 'mapped page')} ${differ === 1 ? 'names' : 'name'} a frame that another block has too: the outputs are of different moments. The blocks are as the extents say.`); // prettier-ignore
}

function physicalAt({ segments }: PlacedFile, index: number): number | undefined {
  const found = segments.find(({ at, len }) => at <= index && index < at + len);
  return found === undefined ? undefined : found.from + index - found.at;
}

function mrSteps(lines: readonly Line[], world: World): { readonly steps: readonly string[]; readonly blocks: number } {
  const { machine, told } = world;
  const kernels = machine.mrs.filter(({ pid }) => pid === undefined).length;
  if (kernels > 0) told.misfit(`${countOf(kernels, 'MR')} of the kernel's own, without a pid: left out.`);
  const steps: string[] = [];
  let blocks = 0;
  for (const [i, mr] of machine.mrs.filter(({ pid }) => pid !== undefined).entries()) {
    const called = world.hidden ? `MR ${i + 1}` : `MR ${mr.mrn} of ${shown(mr.device)}`;
    const place = placeMr(mr, lines, called, world);
    if (place === undefined) continue;
    const { line, off, len } = place;
    const range = off === 0 && len === blocksOf(line.map, world.placed.unit) ? '' : ` ${off} ${len}`;
    const access = line.map.writable ? 'local_write remote_read remote_write' : 'remote_read';
    steps.push(`${line.proc.name} mr${steps.length + 1} = reg_mr ${line.name}${range} ${access} on_demand`);
    blocks += len;
  }
  if (steps.length > 0) {
    told.assume('What an MR allows is not in the outputs: reading, and writing where the mapping allows it.');
    told.assume('MRs are on demand: under the option mainline no other kind can be made on a mapping of a DAX file.');
  }
  return { steps, blocks };
}

type MrPlace = { readonly line: Line; readonly off: number; readonly len: number };

/** By its address where the kernel shows it; else by its length, the only other thing that is exported. */
function placeMr(
  mr: MrRow,
  all: readonly Line[],
  called: string,
  { told, placed: { unit } }: World,
): MrPlace | undefined {
  // prettier-ignore
  const { iova, length } = mr;
  const lines = all.filter(({ proc }) => proc.pid === mr.pid);
  const at = iova === undefined ? undefined : lines.find(({ map }) => iova >= map.start && iova + length <= map.end);
  const same = lines.filter(({ map }) => map.end - map.start === length);
  const found = at ?? same[0] ?? lines.find(({ map }) => map.end - map.start >= length);
  if (found === undefined || length === 0) {
    told.misfit(`${called} (${length} bytes): no mapping of its process here is that long. It is on other memory, or its maps are missing: left out.`); // prettier-ignore
    return undefined;
  }
  if (at === undefined) {
    const choice = same.length === 1 ? 'the only mapping of its length' : same.length > 1 ? 'the first of the mappings of its length' : 'the beginning of the first mapping that is long enough'; // prettier-ignore
    told.assume(`${called}: its address is not in the output. It is taken to be on ${choice}, that of ${found.file.called}.`); // prettier-ignore
  }
  const start = at === undefined || iova === undefined ? 0 : iova - found.map.start;
  const [off, end] = [Math.floor(start / unit), Math.ceil((start + length) / unit)];
  if (start % unit !== 0 || length % unit !== 0) told.assume(`${called}: ${length} bytes, taken as the ${countOf(end - off, 'whole block')} that hold them.`); // prettier-ignore
  return { line: found, off, len: end - off };
}
