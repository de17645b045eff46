/**
 * One rule for each operation that a recording can have: lines of the scenario language. A rule looks at the operation
 * and at what was recorded before it, never at the id of the recording, and never at what the operation came to.
 */
import { fallocateMode, HELD_BY_DISK, URING_ACCESS } from './ruleTables.ts';
import { profileOf } from './profile.ts';
import { BLOCK_BYTES, wordArg, type RecordedStep } from './recording.ts';
import { count, emit, tags, Untranslatable, word, type Writer } from './writer.ts';

/** Lines whose results are the step's; or a result that is the kernel's before anything of the model is asked. */
export type Written = { readonly lines: readonly number[]; readonly refused?: string };
type Rule = (w: Writer, step: RecordedStep, actor: string) => Written;

/** Who sends signals, owns swap files and ends grace periods: nobody whose pages or locks matter. */
const OUTSIDE = 'outside';
/** A memfd has no name in the language; as a file it goes by this one. */
export const MEMFD_FILE = 'memfd_file';

const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i);
const fileName = (step: RecordedStep, key = 'file'): string => word(step, key).replace(/^memfd$/, MEMFD_FILE);

/** One line, written from the arguments of the step. */
const line =
  (text: (step: RecordedStep) => string): Rule =>
  (w, step, actor) => ({ lines: [emit(w, actor, text(step))] });

/** A system call over n blocks is n lines of one block each, one after the other; `text` gets the i-th. */
const perBlock =
  (length: (step: RecordedStep) => number, text: (step: RecordedStep, i: number) => string): Rule =>
  (w, step, actor) => ({ lines: upTo(length(step)).map((i) => emit(w, actor, text(step, i))) });

const tagsOf = (step: RecordedStep): number => tags(step).length;
const countOf = (step: RecordedStep): number => count(step, 'count');
const at = (step: RecordedStep, key: string, i: number): number => count(step, key) + i;

/** open(2) with O_CREAT: the name is made if it is not there. */
const open: Rule = (w, step, actor) => {
  const file = fileName(step);
  emit(w, actor, `create ${file}`);
  return { lines: [emit(w, actor, `open ${file}`)] };
};

const mmap: Rule = (w, step, actor) => {
  const [file, flags] = [wordArg(step, 'file'), word(step, 'flags')];
  const name = word(step, 'map');
  if (flags.includes('ANONYMOUS')) return { lines: [emit(w, actor, `${name} = mmap anon ${countOf(step)}`)] };
  const words = `${word(step, 'prot') === 'r' ? 'ro' : 'rw'} ${flags.includes('MAP_PRIVATE') ? 'private' : 'shared'}${flags.includes('SYNC') ? ' sync' : ''}`; // prettier-ignore
  const what = file === 'memfd' ? `memfd ${countOf(step)}` : `${fileName(step)} ${count(step, 'block')} ${countOf(step)} ${words}`; // prettier-ignore
  return { lines: [emit(w, actor, `${name} = mmap ${what}`)] };
};

/** The character device of the model is its only file; the recorder shows the first pages of one 2 MiB mapping. */
const mmapDevdax: Rule = (w, step, actor) => {
  const made = [...step.obs.mmapFrames].find(([name, { file }]) => file === 'devdax' && w.seen?.mmapFrames.has(name) !== true); // prettier-ignore
  if (made === undefined) throw new Untranslatable(`step ${step.n}, ${step.op}: no mapping of the device is shown`);
  return { lines: [emit(w, actor, `${made[0]} = mmap devdax 0 ${made[1].pages.length}`)] };
};

/** O_DIRECT of the slow disk, the page as buffer. The note tells what the disk holds. */
const dio =
  (verb: 'dio_write' | 'dio_read'): Rule =>
  (w, step, actor) => {
    const name = `dio${step.n}`;
    const from = verb === 'dio_read' ? ` ${HELD_BY_DISK.exec(step.note ?? '')?.[1] ?? 'disk'}` : '';
    w.inFlight.set(step.n, name);
    return { lines: [emit(w, actor, `${name} = ${verb} ${word(step, 'map')} ${count(step, 'page')}${from}`)] };
  };

/** Flags without IBV_ACCESS_; the recorder writes ODP for ON_DEMAND. */
function access(step: RecordedStep): string {
  const flags = word(step, 'access').toLowerCase().split('|');
  return flags.map((flag) => (flag === 'odp' ? 'on_demand' : flag)).join(' ');
}

const pinPipe: Rule = (w, step, actor) => {
  const pin = word(step, 'pin');
  w.pinned.set(pin, countOf(step));
  const one = (i: number): number => emit(w, actor, `${pipe(pin, i)} = vmsplice ${word(step, 'map')} ${at(step, 'page', i)}`); // prettier-ignore
  return { lines: upTo(countOf(step)).map(one) };
};
const pipe = (pin: string, i: number): string => (i === 0 ? pin : `${pin}-${i}`);
/** Every page that the pipe holds. */
const ofPipe = (verb: 'peek' | 'pipe_read'): Rule => (w, step, actor) => {
  const pin = word(step, 'pin');
  return { lines: upTo(w.pinned.get(pin) ?? 1).map((i) => emit(w, actor, `${verb} ${pipe(pin, i)}`)) };
}; // prettier-ignore

/** fcntl(2): open for write and truncate by path break a lease, what goes through an open file does not. */
const setlease: Rule = (w, step, actor) => {
  const file = fileName(step);
  const kind = word(step, 'lease');
  if (kind === 'F_UNLCK') w.leased.delete(file);
  else w.leased.add(file);
  const text = kind === 'F_UNLCK' ? `unlease ${file}` : `setlease ${file} ${kind === 'F_WRLCK' ? 'exclusive' : 'layout'}`; // prettier-ignore
  return { lines: [emit(w, actor, text)] };
};

const truncatePath: Rule = (w, step, actor) => {
  const file = fileName(step);
  if (w.leased.has(file)) w.recalls.add(step.n);
  return { lines: [emit(w, actor, `ftruncate ${file} ${count(step, 'newSizeBlocks')}`)] };
};

/** Who opens for write waits for a lease as a truncate that changes nothing does. */
const openForWrite: Rule = (w, step, actor) => {
  const file = fileName(step);
  if (!w.leased.has(file)) return { lines: [emit(w, actor, `open ${file}`)] };
  w.recalls.add(step.n);
  const blocks = (w.seen?.files.get(file)?.sizeBytes ?? 0) / BLOCK_BYTES;
  return { lines: [emit(w, actor, `ftruncate ${file} ${blocks}`)] };
};

/** swapon(2) refuses a DAX file before it marks it: no swap file is ever one (read_folio is missing). */
const swapon: Rule = (w, step) =>
  w.recording.dax ? { lines: [], refused: 'EINVAL' } : { lines: [emit(w, OUTSIDE, `set ${fileName(step)} swapfile`)] };

/** XFS_IOC_EXCHANGE_RANGE is of 6.10, and a feature that the recorder's file systems were made without. */
const exchangerange: Rule = ({ recording: { kernel, fs } }) => {
  const known = fs.startsWith('xfs') && profileOf(kernel) !== '6.1';
  return { lines: [], refused: known ? 'EOPNOTSUPP' : 'ENOTTY' };
};

const fork: Rule = (w, step, actor) => {
  const child = wordArg(step, 'child') === undefined ? `P${w.procs.size + 1}` : word(step, 'child');
  w.procs.add(child);
  return { lines: [emit(w, actor, `fork ${child}`)] };
};

/** What ended the wait, by the recorder's note: a signal, SIGKILL, a grace period; else what other steps did. */
const back: Rule = (w, step, actor) => {
  const of = count(step, 'of');
  const note = step.note ?? '';
  // With SA_RESTART the kernel begins the call again after the handler: seen from outside it never left its wait.
  if (note.includes('SIGUSR1') && !note.includes('with SA_RESTART')) emit(w, OUTSIDE, `signal ${actor}`);
  if (note.includes('SIGKILL')) emit(w, OUTSIDE, `kill ${actor}`);
  // Nobody gave the lease up: lease-break-time is over.
  if (step.op === 'return' && w.recalls.delete(of) && w.leased.size > 0) emit(w, OUTSIDE, 'wait');
  const dioName = step.op === 'return' ? w.inFlight.get(of) : undefined;
  return { lines: dioName === undefined ? (w.linesOf.get(of) ?? []) : [emit(w, actor, `dio_end ${dioName}`)] };
};

const clone = (verb: 'reflink' | 'dedupe'): Rule => line((s) => `${verb} ${fileName(s, 'src')} ${fileName(s, 'dst')} ${count(s, 'srcBlock')} ${count(s, 'dstBlock')} ${countOf(s)}`); // prettier-ignore
const onMr = (verb: string, key: 'mr' | 'pin'): Rule => line((s) => `${verb} ${word(s, key)}`);

const pinUring: Rule = (w, step, actor) => {
  w.firstPage.set(word(step, 'pin'), count(step, 'page'));
  const pages = `${count(step, 'page')} ${countOf(step)}`;
  return { lines: [emit(w, actor, `${word(step, 'pin')} = reg_mr ${word(step, 'map')} ${pages} ${URING_ACCESS}`)] };
};
/** The recorder names the page of the mapping, the model the slot of the pin. */
const slotOf = (w: Writer, step: RecordedStep): number => Math.max(0, count(step, 'page') - (w.firstPage.get(word(step, 'pin')) ?? 0)); // prettier-ignore

/** By operation, without what stands in brackets. */
const RULES: Readonly<Record<string, Rule>> = {
  open,
  openForWrite,
  exchangerange,
  fork,
  mmap,
  'mmap devdax': mmapDevdax,
  setlease,
  swapon,
  'truncate(path)': truncatePath,
  pinPipe,
  peekPipe: ofPipe('peek'),
  drainPipe: ofPipe('pipe_read'),
  close: line((s) => `close ${fileName(s)}`),
  unlink: line((s) => `unlink ${fileName(s)}`),
  fsync: line((s) => `fsync ${fileName(s)}`),
  fdatasync: line((s) => `fsync ${fileName(s)}`),
  sync: line(() => 'sync'),
  // Nothing that is mapped or pinned leaves the cache, and DAX entries stay (invalidate_mapping_pages).
  drop_caches: () => ({ lines: [] }),
  msync: line((s) => `msync ${word(s, 'map')}`),
  munmap: line((s) => `munmap ${word(s, 'map')}`),
  swapoff: (w, s) => ({ lines: [emit(w, OUTSIDE, `set ${fileName(s)} none`)] }),
  pwrite: perBlock(tagsOf, (s, i) => `pwrite ${fileName(s)} ${at(s, 'block', i)} ${tags(s).charAt(i)}`),
  pwriteDirect: perBlock(tagsOf, (s, i) => `pwrite_direct ${fileName(s)} ${at(s, 'block', i)} ${tags(s).charAt(i)}`),
  pread: perBlock(countOf, (s, i) => `pread ${fileName(s)} ${at(s, 'block', i)}`),
  load: perBlock(countOf, (s, i) => `load ${word(s, 'map')} ${at(s, 'page', i)}`),
  store: perBlock(tagsOf, (s, i) => `store ${word(s, 'map')} ${at(s, 'page', i)} ${tags(s).charAt(i)}`),
  ftruncate: line((s) => `ftruncate ${fileName(s)} ${count(s, 'newSizeBlocks')}`),
  'ftruncate devdax': line(() => 'ftruncate devdax 0'),
  fallocate: line((s) => `fallocate ${fileName(s)} ${fallocateMode(s)} ${count(s, 'block')} ${countOf(s)}`),
  clonerange: clone('reflink'),
  dedupe: clone('dedupe'),
  madvise: line((s) => `madvise ${word(s, 'map')} ${word(s, 'advice').replace('MADV_', '').toLowerCase()} ${count(s, 'page')} ${countOf(s)}`), // prettier-ignore
  directWriteFromMap: dio('dio_write'),
  directReadIntoMap: dio('dio_read'),
  ibv_reg_mr: line((s) => `${word(s, 'mr')} = reg_mr ${word(s, 'map')} ${count(s, 'page')} ${countOf(s)} ${access(s)}`),
  ibv_rereg_mr: line((s) => `rereg_mr ${word(s, 'mr')} ${access(s)}`),
  ibv_dereg_mr: onMr('dereg_mr', 'mr'),
  rdmaRead: (w, s) => ({ lines: [emit(w, 'peer', `rdma_read ${word(s, 'mr')} ${count(s, 'page')}`)] }),
  rdmaWrite: (w, s) => ({ lines: [emit(w, 'peer', `rdma_write ${word(s, 'mr')} ${count(s, 'page')} ${tags(s)}`)] }),
  // A fixed buffer is a longterm pin with write, as a writable MR's; I/O with it reads or writes the pinned page.
  pinUring,
  uringWriteFixed: (w, s) => ({ lines: [emit(w, 'peer', `rdma_read ${word(s, 'pin')} ${slotOf(w, s)}`)] }),
  uringReadFixed: (w, s) => ({ lines: [emit(w, 'peer', `rdma_write ${word(s, 'pin')} ${slotOf(w, s)} ${tags(s)}`)] }),
  unpinUring: onMr('dereg_mr', 'pin'),
  return: back,
  stillBlocked: back,
};

/** `pinPipe(vmsplice)` is `pinPipe`; `truncate(path)` and `truncate` are two. */
export function ruleOf({ op }: RecordedStep): Rule | undefined {
  const own = (name: string): Rule | undefined => (Object.hasOwn(RULES, name) ? RULES[name] : undefined);
  return own(op) ?? own(op.replace(/\(.*\)$/, ''));
}
