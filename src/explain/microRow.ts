/**
 * The form of the tables of micro-steps (`micro*.data.ts`): a label for the timeline, what the step does, and the kernel
 * functions that do it, kernel by kernel and file system by file system.
 */
import type { FsType, Kernel } from '../sim/model/program.ts';

/** `src`: body read in the source of that kernel; `stack`: seen in a recorded kernel stack; `patch`: read as the text of
 *  the merged patch; `mem`: from memory, not verified, and shown as such. */
export type Evidence = 'src' | 'stack' | 'patch' | 'mem';
export type KernelFunction = { readonly name: string; readonly evidence: Evidence };

/**
 * Of kernels 7.0, 6.12, 6.1; a column left out is as the one before. In each, names in calling order, outermost first.
 * After a name: `*` stack, `+` patch, `?` memory; nothing: source.
 */
export type Columns = readonly [v70: string, v612?: string | undefined, v61?: string];

export type MicroRow = {
  /** At most 7 characters. */
  readonly label: string;
  readonly what: string;
  /** On XFS, and on ext4 (less the names of XFS) where that has none of its own. Absent: work of the NIC, of the CPU or of
   *  a policy, or a step that no kernel function is known for. */
  readonly by?: Columns;
  readonly ext4?: Columns;
  /** The functions are those of a DAX file; a page-cache file goes another way. */
  readonly dax?: true;
};

export type MicroTable = Readonly<Record<string, MicroRow>>;

/** Read in the source of 6.12 and 6.1; the 7.0 name is from memory. */
export const src6 = (names: string): Columns => [names.replace(/\S+/g, '$&?'), names];

/** A call that fails on its arguments stays in its own first step. */
export const refusedAtOnce = (label: string): MicroRow => ({ label, what: 'fails before it begins' });

const MARKS: Readonly<Record<string, Evidence>> = { '*': 'stack', '+': 'patch', '?': 'mem' };

function functionOf(word: string): KernelFunction {
  const evidence = MARKS[word.slice(-1)];
  return evidence === undefined ? { name: word, evidence: 'src' } : { name: word.slice(0, -1), evidence };
}

const parsed = (names: string): readonly KernelFunction[] => names.split(' ').filter(Boolean).map(functionOf);

export function columnOf([v70, v612 = v70, v61 = v612]: Columns, kernel: Kernel): readonly KernelFunction[] {
  return parsed({ '7.0': v70, '6.12': v612, '6.1': v61 }[kernel]);
}

/** Names that only one file system has. */
const OF_XFS = /^(__)?xfs_/;
const OF_FILES = /xfs|ext4|dax|iomap/;

/** The functions of a row in one kernel, for a file on one file system. */
export function functionsIn(
  { by, ext4 }: Omit<MicroRow, 'label' | 'what'>,
  kernel: Kernel,
  fs: FsType,
): readonly KernelFunction[] {
  // prettier-ignore
  const chosen = fs === 'ext4' ? (ext4 ?? by) : by;
  const found = chosen === undefined ? [] : columnOf(chosen, kernel);
  if (fs === 'xfs') return found;
  // A DAX device has fault handlers of its own, which nobody has looked up.
  return found.filter(({ name }) => !(fs === 'ext4' ? OF_XFS : OF_FILES).test(name));
}
