/** The directives: what the machine is. */
import { isDirective, type Directive, type Document, type FsSettings } from './ast.ts';
import { reportChoice } from './cursor.ts';
import type { Reporter } from './diagnostic.ts';
import type { Word } from './lexer.ts';
import { MAX_BLOCKS } from '../sim/model/ids.ts';
import { makeOption, PRESETS, type Knobs, type Option, type Preset, type PresetName } from '../sim/model/knobs.ts';
import { KERNELS, type FsType, type Kernel, type Program } from '../sim/model/program.ts';

/** What replaces the text's own option and kernel: the pickers of the page, the flags of the command line. */
export type Overrides = {
  /** Replaces the text's `option` line whole. */
  readonly preset?: PresetName;
  /** On top of the preset (and of the text's knobs, if the preset is the text's). */
  readonly knobs?: Partial<Knobs>;
  readonly kernel?: Kernel;
};

export type Header = Pick<Program, 'title' | 'about' | 'notes' | 'blocks' | 'fs' | 'kernel' | 'option' | 'alloc'> & {
  /** The text was written for a file system, and an override put device-dax in its place. */
  readonly replaced: boolean;
};

const DEFAULT_BLOCKS = 16;

export function resolveHeader(document: Document, overrides: Overrides, steps: number, report: Reporter): Header {
  const directives = document.lines.flatMap(({ item }) => (item !== undefined && isDirective(item) ? [item] : []));
  const last = <T extends Directive['type']>(type: T): Extract<Directive, { type: T }> | undefined =>
    directives.findLast((directive): directive is Extract<Directive, { type: T }> => directive.type === type);
  const kernel = last('kernel');
  const written = kernel === undefined ? KERNELS[0] : readKernel(kernel.version, report);
  const option = readOption(last('option'), overrides);
  return {
    title: last('title')?.text ?? '',
    about: directives.flatMap((directive) => (directive.type === 'about' ? [directive.text] : [])),
    notes: directives.flatMap((directive) => (directive.type === 'note' ? [readNote(directive, steps, report)] : [])),
    blocks: readDevice(last('device'), report),
    fs: readFs(last('fs')?.settings ?? {}, option),
    kernel: overrides.kernel ?? written ?? KERNELS[0],
    option,
    replaced: overrides.preset !== undefined && fsTypeOf(option) !== undefined,
    alloc: last('alloc')?.order ?? 'lowest',
  };
}

/** Only XFS has reflink; a character device has no file system to set. */
function readFs(settings: FsSettings, option: Option): Program['fs'] {
  const type = fsTypeOf(option) ?? settings.type ?? 'xfs';
  if (type === 'device-dax') return { type, reflink: false, dax: 'always', log: 'sync' };
  const { reflink = true, dax = 'always', log = 'sync' } = settings;
  return { type, reflink: type === 'xfs' && reflink, dax, log };
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
