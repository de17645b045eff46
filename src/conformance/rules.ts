/**
 * One rule for each operation that a recording can have: lines of the scenario language. A rule looks at the operation
 * and at what was recorded before it, never at the id of the recording, and never at what the operation came to.
 */
import { accessWords, fallocateMode, HELD_BY_DISK, lacksLocalWrite, mapKind, URING_ACCESS } from './ruleTables.ts';
import { profileOf } from './profile.ts';
import { BLOCK_BYTES, countArg, wordArg, type RecordedStep } from './recording.ts';
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
/** Of what goes page by page: one, if nothing is said. */
const pagesOf = (step: RecordedStep): number => (step.args.has('count') ? countOf(step) : 1);
const at = (step: RecordedStep, key: string, i: number): number => count(step, key) + i;

/** The same of the other side of the wire. */
const remote =
  (length: (step: RecordedStep) => number, text: (step: RecordedStep, i: number, w: Writer) => string): Rule =>
  (w, step) => ({ lines: upTo(length(step)).map((i) => emit(w, 'peer', text(step, i, w))) });

/** open(2) with O_CREAT: the name is made if it is not there. */
const open: Rule = (w, step, actor) => {
  const file = fileName(step);
  emit(w, actor, `create ${file}`);
  return { lines: [emit(w, actor, `open ${file}`)] };
};

const mmap: Rule = (w, step, actor) => {
  const { prot, shared, anonymous, sync } = mapKind(step);
  const made = (what: string): Written => ({ lines: [emit(w, actor, `${word(step, 'map')} = mmap ${what}`)] });
  // Shared anonymous memory is a file of shmem that nobody else can name.
  if (anonymous) return made(`${shared ? 'memfd' : 'anon'} ${countOf(step)} ${prot}`);
  if (wordArg(step, 'file') === 'memfd' && shared) return made(`memfd ${countOf(step)} ${prot}`);
  const how = `${prot} ${shared ? 'shared' : 'private'}${sync ? ' sync' : ''}`;
  return made(`${fileName(step)} ${count(step, 'block')} ${countOf(step)} ${how}`);
};

/** The model unmaps a mapping as a whole. */
const munmap: Rule = (w, step, actor) => {
  const map = word(step, 'map');
  const [first, length] = [countArg(step, 'page') ?? 0, w.seen?.mmapFrames.get(map)?.pages.length];
  if (first !== 0 || (countArg(step, 'count') ?? length) !== length) throw new Untranslatable('part of a mapping is unmapped'); // prettier-ignore
  return { lines: [emit(w, actor, `munmap ${map}`)] };
};

/** Of past EOF the model knows the blocks that count for the size. */
const fallocate: Rule = (w, step, actor) => {
  const { mode, keepsSize } = fallocateMode(step);
  const [file, from, length] = [fileName(step), count(step, 'block'), countOf(step)];
  const size = (w.seen?.files.get(word(step, 'file'))?.sizeBytes ?? 0) / BLOCK_BYTES;
  if (keepsSize && from + length > size) throw new Untranslatable('blocks past EOF that keep the size');
  return { lines: [emit(w, actor, `fallocate ${file} ${mode} ${from} ${length}`)] };
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
    const begun = emit(w, actor, `${name} = ${verb} ${word(step, 'map')} ${count(step, 'page')}${from}`);
    const returns = w.recording.steps.some((later) => later.op === 'return' && countArg(later, 'of') === step.n);
    // It came back at once, and nobody looked while it was in flight.
    if (!returns && step.result !== 'BLOCKED') return { lines: [begun, emit(w, actor, `dio_end ${name}`)] };
    w.inFlight.set(step.n, name);
    return { lines: [begun] };
  };

const register =
  (text: (step: RecordedStep) => string): Rule =>
  (w, step, actor) => {
    const words = accessWords(step);
    if (lacksLocalWrite(words)) return { lines: [], refused: 'EINVAL' };
    return { lines: [emit(w, actor, `${text(step)} ${words.join(' ')}`)] };
  };

const pinPipe: Rule = (w, step, actor) => {
  const pin = word(step, 'pin');
  w.pinned.set(pin, pagesOf(step));
  const one = (i: number): number => emit(w, actor, `${pipe(pin, i)} = vmsplice ${word(step, 'map')} ${at(step, 'page', i)}`); // prettier-ignore
  return { lines: upTo(pagesOf(step)).map(one) };
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

/** A handler that lets the call return with EINTR. */
const HANDLED = /SIG(USR1|USR2|ALRM)/;

/** What ended the wait, by the recorder's note: a signal, SIGKILL, a grace period; else what other steps did. */
const back: Rule = (w, step, actor) => {
  const of = count(step, 'of');
  const note = step.note ?? '';
  // With SA_RESTART the kernel begins the call again after the handler: seen from outside it never left its wait.
  if (HANDLED.test(note) && !note.includes('with SA_RESTART')) emit(w, OUTSIDE, `signal ${actor}`);
  else if (step.result === 'EINTR') throw new Untranslatable('no note says which signal came');
  if (note.includes('SIGKILL')) emit(w, OUTSIDE, `kill ${actor}`);
  else if (step.result === 'KILLED') throw new Untranslatable('no note says who was killed');
  // Nobody gave the lease up: lease-break-time is over.
  if (step.op === 'return' && w.recalls.delete(of) && w.leased.size > 0) emit(w, OUTSIDE, 'wait');
  const dioName = step.op === 'return' ? w.inFlight.get(of) : undefined;
  return { lines: dioName === undefined ? (w.linesOf.get(of) ?? []) : [emit(w, actor, `dio_end ${dioName}`)] };
};

/** FICLONE, and FICLONERANGE, where no length is all to the end. */
const clone =
  (verb: 'reflink' | 'dedupe'): Rule =>
  (w, step, actor) => {
    const files = `${fileName(step, 'src')} ${fileName(step, 'dst')}`;
    const [from, to] = [countArg(step, 'srcBlock') ?? 0, countArg(step, 'dstBlock') ?? 0];
    const rest = (w.seen?.files.get(word(step, 'src'))?.sizeBytes ?? 0) / BLOCK_BYTES - from;
    const range = ['srcBlock', 'dstBlock', 'count'].some((key) => step.args.has(key));
    const text = range ? `${files} ${from} ${to} ${countArg(step, 'count') || Math.max(0, rest)}` : files; // prettier-ignore
    return { lines: [emit(w, actor, `${verb} ${text}`)] };
  };
const onMr = (verb: string, key: 'mr' | 'pin'): Rule => line((s) => `${verb} ${word(s, key)}`);

const pinUring: Rule = (w, step, actor) => {
  w.firstPage.set(word(step, 'pin'), count(step, 'page'));
  const pages = `${count(step, 'page')} ${pagesOf(step)}`;
  return { lines: [emit(w, actor, `${word(step, 'pin')} = reg_mr ${word(step, 'map')} ${pages} ${URING_ACCESS}`)] };
};
/** The recorder names the page of the mapping, the model the slot of the pin. */
const slotOf = (w: Writer, step: RecordedStep, i: number): number => i + Math.max(0, count(step, 'page') - (w.firstPage.get(word(step, 'pin')) ?? 0)); // prettier-ignore

/** By operation, without what stands in brackets. */
const RULES: Readonly<Record<string, Rule>> = {
  open,
  openForWrite,
  exchangerange,
  fork,
  mmap,
  munmap,
  'mmap devdax': mmapDevdax,
  // A remark of the recorder.
  note: () => ({ lines: [] }),
  exit: line(() => 'exit'),
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
  swapoff: (w, s) => ({ lines: [emit(w, OUTSIDE, `set ${fileName(s)} none`)] }),
  pwrite: perBlock(tagsOf, (s, i) => `pwrite ${fileName(s)} ${at(s, 'block', i)} ${tags(s).charAt(i)}`),
  pwriteDirect: perBlock(tagsOf, (s, i) => `pwrite_direct ${fileName(s)} ${at(s, 'block', i)} ${tags(s).charAt(i)}`),
  pread: perBlock(pagesOf, (s, i) => `pread ${fileName(s)} ${at(s, 'block', i)}`),
  load: perBlock(pagesOf, (s, i) => `load ${word(s, 'map')} ${at(s, 'page', i)}`),
  store: perBlock(tagsOf, (s, i) => `store ${word(s, 'map')} ${at(s, 'page', i)} ${tags(s).charAt(i)}`),
  ftruncate: line((s) => `ftruncate ${fileName(s)} ${count(s, 'newSizeBlocks')}`),
  'ftruncate devdax': line(() => 'ftruncate devdax 0'),
  fallocate,
  clonerange: clone('reflink'),
  dedupe: clone('dedupe'),
  madvise: line((s) => `madvise ${word(s, 'map')} ${word(s, 'advice').replace('MADV_', '').toLowerCase()} ${count(s, 'page')} ${countOf(s)}`), // prettier-ignore
  directWriteFromMap: dio('dio_write'),
  directReadIntoMap: dio('dio_read'),
  ibv_reg_mr: register((s) => `${word(s, 'mr')} = reg_mr ${word(s, 'map')} ${count(s, 'page')} ${pagesOf(s)}`),
  ibv_rereg_mr: register((s) => `rereg_mr ${word(s, 'mr')}`),
  ibv_dereg_mr: onMr('dereg_mr', 'mr'),
  rdmaRead: remote(pagesOf, (s, i) => `rdma_read ${word(s, 'mr')} ${at(s, 'page', i)}`),
  rdmaWrite: remote(tagsOf, (s, i) => `rdma_write ${word(s, 'mr')} ${at(s, 'page', i)} ${tags(s).charAt(i)}`),
  // A fixed buffer is a longterm pin with write, as a writable MR's; I/O with it reads or writes the pinned page.
  pinUring,
  uringWriteFixed: remote(pagesOf, (s, i, w) => `rdma_read ${word(s, 'pin')} ${slotOf(w, s, i)}`),
  uringReadFixed: remote(tagsOf, (s, i, w) => `rdma_write ${word(s, 'pin')} ${slotOf(w, s, i)} ${tags(s).charAt(i)}`),
  unpinUring: onMr('dereg_mr', 'pin'),
  return: back,
  stillBlocked: back,
};

/** `pinPipe(vmsplice)` is `pinPipe`; `truncate(path)` and `truncate` are two. */
export function ruleOf({ op }: RecordedStep): Rule | undefined {
  const own = (name: string): Rule | undefined => (Object.hasOwn(RULES, name) ? RULES[name] : undefined);
  return own(op) ?? own(op.replace(/\(.*\)$/, ''));
}
