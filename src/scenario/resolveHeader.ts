/** The directives: what the machine is, and what its files hold before the first step. */
import { isDirective, type Directive, type Document } from './ast.ts';
import { reportChoice } from './cursor.ts';
import type { Reporter } from './diagnostic.ts';
import { declaredSize } from './lengths.ts';
import type { Word } from './lexer.ts';
import type { NameTable } from './names.ts';
import type { TagTable } from './tags.ts';
import { MAX_BLOCKS } from '../sim/model/ids.ts';
import { makeOption, PRESETS, type Knobs, type Option, type Preset, type PresetName } from '../sim/model/knobs.ts';
import { KERNELS, type Cell, type FileDecl, type FsType, type Kernel, type Program } from '../sim/model/program.ts';

/** What replaces the text's own option and kernel: the pickers of the page, the flags of the command line. */
export type Overrides = {
  /** Replaces the text's `option` line whole. */
  readonly preset?: PresetName;
  /** On top of the preset (and of the text's knobs, if the preset is the text's). */
  readonly knobs?: Partial<Knobs>;
  readonly kernel?: Kernel;
};

type Header = Pick<Program, 'title' | 'about' | 'notes' | 'blocks' | 'fs' | 'kernel' | 'option' | 'alloc'>;

const DEFAULT_BLOCKS = 16;

export function resolveHeader(document: Document, overrides: Overrides, steps: number, report: Reporter): Header {
  const directives = document.lines.flatMap(({ item }) => (item !== undefined && isDirective(item) ? [item] : []));
  const last = <T extends Directive['type']>(type: T): Extract<Directive, { type: T }> | undefined =>
    directives.findLast((directive): directive is Extract<Directive, { type: T }> => directive.type === type);
  const kernel = last('kernel');
  const written = kernel === undefined ? KERNELS[0] : readKernel(kernel.version, report);
  const fs = last('fs')?.settings;
  const option = readOption(last('option'), overrides);
  return {
    title: last('title')?.text ?? '',
    about: directives.flatMap((directive) => (directive.type === 'about' ? [directive.text] : [])),
    notes: directives.flatMap((directive) => (directive.type === 'note' ? [readNote(directive, steps, report)] : [])),
    blocks: readDevice(last('device'), report),
    fs: {
      type: fsTypeOf(option) ?? fs?.type ?? 'xfs',
      reflink: fs?.reflink ?? true,
      dax: fs?.dax ?? 'always',
      log: fs?.log ?? 'sync',
    },
    kernel: overrides.kernel ?? written ?? KERNELS[0],
    option,
    alloc: last('alloc')?.order ?? 'lowest',
  };
}

/** A preset may stand for another file system than the text's. */
function fsTypeOf({ preset }: Option): FsType | undefined {
  const { fs }: Preset = PRESETS[preset];
  return fs;
}

function readDevice(device: Extract<Directive, { type: 'device' }> | undefined, report: Reporter): number {
  if (device === undefined) return DEFAULT_BLOCKS;
  const { value, word } = device.blocks;
  if (value > 0) return value;
  report.error('number-range', word.span, 'a device has at least one block', { expected: `1 to ${MAX_BLOCKS}` });
  return DEFAULT_BLOCKS;
}

export function readKernel(word: Word, report: Reporter): Kernel | undefined {
  const found = KERNELS.find((kernel) => kernel === word.text);
  if (found === undefined) reportChoice(report, word, KERNELS, 'a kernel of this model');
  return found;
}

function readOption(directive: Extract<Directive, { type: 'option' }> | undefined, overrides: Overrides): Option {
  const written = overrides.preset === undefined ? directive?.option : undefined;
  const preset = overrides.preset ?? written?.preset ?? 'mainline';
  return makeOption(preset, { ...written?.knobs, ...overrides.knobs });
}

function readNote(
  note: Extract<Directive, { type: 'note' }>,
  steps: number,
  report: Reporter,
): Program['notes'][number] {
  const { value, word } = note.step;
  if (value < 1 || value > steps) {
    const expected = steps === 0 ? 'at least one step to speak about' : `1 to ${steps}`;
    report.error('note-step', word.span, `there is no step ${value}`, { expected });
  }
  return { step: value, text: note.text };
}

type FileContext = {
  readonly names: NameTable;
  readonly tags: TagTable & { readonly add: (name: string) => void };
  readonly header: Header;
  readonly report: Reporter;
};

/** All files in the order of `names.files`; those that only a step makes are absent at first. */
export function resolveFiles(document: Document, context: FileContext): readonly FileDecl[] {
  const { names, report, header } = context;
  const files: FileDecl[] = names.files.map((name) => ({ name, init: { type: 'absent' } }));
  const sizes = new Map<number, number>();
  let blocks = 0;
  for (const { item } of document.lines) {
    if (item?.type !== 'file' && item?.type !== 'clone') continue;
    const id = names.find('file', item.name.text, '')?.id;
    if (id === undefined) continue;
    if (sizes.has(id)) {
      report.error('duplicate-name', item.name.span, `the file '${item.name.text}' is declared twice`);
      continue;
    }
    const init = item.type === 'file' ? readCells(item.cells, context) : readClone(item, sizes, context);
    const file = { name: item.name.text, init };
    files[id] = file;
    sizes.set(id, declaredSize(file, (src) => sizes.get(src)) ?? 0);
    const before = blocks;
    if (init.type === 'cells') blocks += init.cells.filter((cell) => cell !== 'hole').length;
    if (before <= header.blocks && blocks > header.blocks) reportFull(item.name, blocks, context);
  }
  return files;
}

function reportFull(name: Word, blocks: number, { header, report }: FileContext): void {
  const message = `the files so far need ${blocks} blocks, the device has ${header.blocks}`;
  report.error('device-too-small', name.span, message, { expected: `device ${blocks}, or more` });
}

function readCells(cells: string, { tags }: FileContext): FileDecl['init'] {
  const readCell = (c: string): Cell => {
    if (c === '.') return 'hole';
    if (c === '_') return 'unwritten';
    tags.add(c);
    return { tag: tags.idOf(c) };
  };
  return { type: 'cells', cells: [...cells].map(readCell) };
}

type Clone = Extract<Directive, { type: 'clone' }>;

function readClone(
  { src: word, range }: Clone,
  sizes: ReadonlyMap<number, number>,
  context: FileContext,
): FileDecl['init'] {
  const { names, report, header } = context;
  const entry = names.find('file', word.text, '');
  const size = entry === undefined ? undefined : sizes.get(entry.id);
  if (entry === undefined || size === undefined) {
    const near = { word: word.text, among: names.files.slice(0, sizes.size) };
    report.error('unknown-name', word.span, `no line above declares a file '${word.text}'`, {
      expected: 'file NAME',
      near,
    });
    return { type: 'absent' };
  }
  if (!header.fs.reflink) {
    const expected = 'fs xfs reflink=1, or the knob fs.reflink=off: shared before the switch';
    report.error('shared-without-reflink', word.span, 'a file system made with reflink=0 has no shared blocks', {
      expected,
    });
  }
  if (range === undefined) return { type: 'reflink', src: entry.id, off: 0 };
  const { off, len } = range;
  if (off.value + len.value > size) {
    const expected = `blocks within 0 … ${size - 1}`;
    report.error('index-range', len.word.span, `block ${off.value + len.value - 1} is past the file ${word.text}`, {
      expected,
    });
  }
  return { type: 'reflink', src: entry.id, off: off.value, len: len.value };
}
