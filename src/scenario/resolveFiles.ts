/**
 * What the files hold before the first step. On device-dax every `file` is a character device of its own, cut from the
 * device in the order of the text (as namespaces are): all of its blocks are there, and none is shared.
 */
import type { Directive, Document } from './ast.ts';
import type { Reporter } from './diagnostic.ts';
import { declaredSize } from './lengths.ts';
import type { Word } from './lexer.ts';
import type { NameTable } from './names.ts';
import type { Header } from './resolveHeader.ts';
import type { TagTable } from './tags.ts';
import { ZERO_TAG } from '../sim/model/ids.ts';
import type { Cell, FileDecl } from '../sim/model/program.ts';

type FileContext = {
  readonly names: NameTable;
  readonly tags: TagTable & { readonly add: (name: string) => void };
  readonly header: Header;
  readonly report: Reporter;
};

type Files = {
  /** In the order of `names.files`; those that only a step makes are absent at first. */
  readonly files: readonly FileDecl[];
  /** Of the device. */
  readonly blocks: number;
};

export function resolveFiles(document: Document, context: FileContext): Files {
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
    const init = item.type === 'file' ? readCells(item, context) : readClone(item, { sizes, files }, context);
    const file = { name: item.name.text, init };
    files[id] = file;
    sizes.set(id, declaredSize(file, (src) => sizes.get(src)) ?? 0);
    const before = blocks;
    if (init.type === 'cells') blocks += init.cells.filter((cell) => cell !== 'hole').length;
    if (before <= header.blocks && blocks > header.blocks) reportFull(item.name, blocks, context);
  }
  // Blocks that were shared are not shared there: the device must hold them all.
  return { files, blocks: header.replaced ? Math.max(header.blocks, blocks) : header.blocks };
}

function reportFull(name: Word, blocks: number, { header, report }: FileContext): void {
  if (header.replaced) return;
  const message = `the files so far need ${blocks} blocks, the device has ${header.blocks}`;
  report.error('device-too-small', name.span, message, { expected: `device ${blocks}, or more` });
}

type Cells = Extract<Directive, { type: 'file' }>;

function readCells({ name, cells }: Cells, { tags, header, report }: FileContext): FileDecl['init'] {
  const device = header.fs.type === 'device-dax';
  if (device && !header.replaced && cells.includes('_')) {
    const expected = "a letter or digit a block, '.' for zeroes";
    report.error('not-of-this-fs', name.span, 'a character device has no unwritten blocks', { expected });
  }
  const readCell = (c: string): Cell => {
    if (device && (c === '.' || c === '_')) return { tag: ZERO_TAG };
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
  { sizes, files }: { readonly sizes: ReadonlyMap<number, number>; readonly files: readonly FileDecl[] },
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
  if (!header.fs.reflink && !header.replaced) reportUnshared(word, header, report);
  const off = range?.off.value ?? 0;
  if (range !== undefined && off + range.len.value > size) {
    const expected = `blocks within 0 … ${size - 1}`;
    report.error(
      'index-range',
      range.len.word.span,
      `block ${off + range.len.value - 1} is past the file ${word.text}`,
      {
        expected,
      },
    );
  }
  const len = range === undefined ? {} : { len: range.len.value };
  const init = files[entry.id]?.init;
  if (header.fs.type !== 'device-dax' || init?.type !== 'cells') return { type: 'reflink', src: entry.id, off, ...len };
  return { type: 'cells', cells: init.cells.slice(off, range === undefined ? undefined : off + range.len.value) };
}

function reportUnshared(word: Word, { fs }: Header, report: Reporter): void {
  const expected = 'fs xfs reflink=1, or the knob fs.reflink=off: shared before the switch';
  const message =
    fs.type === 'xfs'
      ? 'a file system made with reflink=0 has no shared blocks'
      : `${fs.type === 'ext4' ? 'ext4' : 'a character device'} has no shared blocks`;
  report.error('shared-without-reflink', word.span, message, { expected });
}
