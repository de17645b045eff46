/**
 * After fsx: random calls of three processes on three files, under every option, kernel and file system, against files
 * that are lists of values. What is compared: every value that a call returns, and every file after every call.
 */
import { loadScenario } from '../../src/scenario/load.ts';
import { applyOperation, makeWorld, type Step, type World } from '../../src/sim/apply.ts';
import { initialState } from '../../src/sim/initial.ts';
import { KNOBS, PRESET_NAMES, type PresetName } from '../../src/sim/model/knobs.ts';
import type { Op } from '../../src/sim/model/op.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { State } from '../../src/sim/model/state.ts';
import { fileTag } from '../../src/sim/query/inodes.ts';
import { canGoOn, isAsleep } from '../../src/sim/query/waits.ts';
import { chooser } from '../support/interleave.ts';
import { after, cloneRange, type NaiveFile } from './naive.ts';

type Roll = (sides: number) => number;
type Clone = Extract<Op, { readonly src: unknown }>;

/** Files stay this short, so that calls meet each other. */
const LONGEST = 12;
const FILES = ['A', 'B', 'C'] as const;
const TAGS = 'PQRSTUVWXYZ';
/** Calls before another world is made. */
const SESSION = 500;

const PRESETS: readonly PresetName[] = PRESET_NAMES.filter((preset) => preset !== 'device-dax');
const KERNELS = ['7.0', '6.12', '6.1'] as const;
const SYSTEMS = ['xfs', 'xfs log=async', 'ext4', 'xfs dax=never'] as const;

export type Session = {
  readonly text: string;
  readonly calls: number;
  readonly checked: number;
  readonly slept: number;
};

/** 6.1 leaves PTEs on the old block when pwrite breaks a share: recorded, and no business of this soak. */
const isStale = (kernel: string, fs: string): boolean => kernel === '6.1' && !fs.includes('dax=never');

function textOf(roll: Roll): string {
  const fs = SYSTEMS[roll(SYSTEMS.length)] ?? 'xfs';
  const kernel = KERNELS[roll(KERNELS.length)] ?? '7.0';
  const tags = [...TAGS].map((tag) => `admin pwrite C 0 ${tag}`).join('\n');
  return [
    'title "soak"',
    `device ${24 + roll(24)}`,
    `fs ${fs}`,
    `kernel ${kernel}`,
    `option ${optionOf(roll)}`,
    roll(2) === 0 ? 'alloc any' : 'alloc lowest',
    'file A abcdef',
    // Where a share would let a mapping go stale, there is none from the start either.
    fs === 'ext4' || isStale(kernel, fs) ? 'file B abcdef' : 'file B = reflink A',
    'file C z',
    'app m = mmap A',
    'app n = mmap B',
    'log k = mmap A',
    'app mr = reg_mr m remote_read',
    tags,
  ].join('\n');
}

/** A preset; or one in which pins are there to be met, and something is done about them. */
function optionOf(roll: Roll): string {
  const preset = PRESETS[roll(PRESETS.length)] ?? 'mainline';
  if (roll(2) === 0) return preset;
  const one = (knob: 'layout.onPin' | 'reflink.onPin' | 'write.onPin'): string => `${knob}=${KNOBS[knob][roll(KNOBS[knob].length)] ?? ''}`; // prettier-ignore
  return `${preset} pin.longterm=allow ${one('layout.onPin')} ${one('reflink.onPin')} ${one('write.onPin')}`;
}

function program(text: string): Program {
  const loaded = loadScenario(text);
  if (!loaded.ok) throw new Error(`${loaded.error[0]?.message ?? ''}\n${text}`);
  return loaded.value.program;
}

/** Runs one session to its end; throws with the text and the last calls where the two differ. */
export function soakOnce(seed: number, naive = after): Session {
  const roll = chooser(seed);
  const text = textOf(roll);
  const world = makeWorld(program(text));
  const machine = createMachine(world, roll, naive);
  machine.mapAll();
  for (let n = 0; n < SESSION; n += 1) machine.step();
  return { text, ...machine.counts() };
}

function createMachine(world: World, roll: Roll, naive: typeof after) {
  const { program: p } = world;
  const maps = p.maps.map(({ name }) => name);
  const fileOfMap = [0, 1, 0];
  let state: State = initialState(p);
  let files: NaiveFile[] = [[...'abcdef'], [...'abcdef'], ['z']];
  const running = new Map<number, Op>();
  const log: string[] = [];
  const counts = { calls: 0, checked: 0, slept: 0 };
  const answer = (_: State, free: number): number => roll(free);

  const tagOf = (id: number): string => p.tags[id] ?? '?';
  const rollTag = (): number => p.tags.indexOf(TAGS[roll(TAGS.length)] ?? 'P');
  const differ = (what: string): never => {
    throw new Error(`${what}\n${log.slice(-12).join('\n')}\nfiles ${files.map((file) => file.join('')).join(' ')}`);
  };

  /**
   * ext4 makes a whole small extent written when one block of it is stored to. A zero page that is mapped beside it stays,
   * and a write there is in place: S6, which the properties tell. So either nothing is unwritten here, or nobody looks.
   */
  const unwritten = p.fs.type !== 'ext4' || roll(2) === 0;
  const looks = p.fs.type !== 'ext4' || !unwritten;
  const staleMaps = isStale(p.kernel, p.fs.dax === 'never' ? 'dax=never' : '');

  const mmapOp = (map: number): Op => ({ verb: 'mmap', map, source: 'file', file: fileOfMap[map] ?? 0, off: 0, len: LONGEST, writable: true, private: false, sync: false }); // prettier-ignore

  function begin(task: number, op: Op): void {
    running.set(task, op);
    log.push(`${p.actors[task]?.name ?? '?'} ${JSON.stringify(op)}`);
    apply({ type: 'begin', task, op, menu: 'unlimited' });
  }

  function mapAll(): void {
    begin(0, mmapOp(0));
    begin(0, mmapOp(1));
    begin(1, mmapOp(2));
  }

  function rollOp(task: number): Op {
    const file = roll(FILES.length);
    const [index, off, len] = [roll(LONGEST), roll(LONGEST), 1 + roll(4)];
    const own = task === 0 ? [0, 1] : task === 1 ? [2] : [];
    const map = own[roll(own.length)];
    if (map !== undefined && roll(2) === 0) {
      switch (roll(8)) {
        case 0: return roll(2) === 0 ? pinOp(map) : mmapOp(map);
        case 1: return roll(8) === 0 ? { verb: 'munmap', map } : { verb: 'madvise', map, advice: 'dontneed', off: roll(4), len: 1 + roll(4) };
        case 2: return roll(2) === 0 ? { verb: 'msync', map } : { verb: 'madvise', map, advice: 'remove', off: roll(4), len: 1 + roll(3) };
        case 3: return pinOp(map);
        case 4: case 5: return { verb: 'load', map, index };
        default: return { verb: 'store', map, index, tag: rollTag() };
      }
    }
    switch (roll(12)) {
      case 0: case 1: return { verb: 'pread', file, index };
      case 2: return { verb: 'pwrite', file, index, tag: rollTag() };
      case 3: return { verb: 'pwrite_direct', file, index, tag: rollTag() };
      case 4: return { verb: 'ftruncate', file, size: roll(LONGEST) };
      case 5: return { verb: 'fallocate', file, mode: 'punch', off, len };
      case 6: return { verb: 'fallocate', file, mode: (['alloc', 'zero', 'unshare'] as const)[roll(3)] ?? 'alloc', off: roll(LONGEST - 4), len };
      case 7: return { verb: 'fallocate', file, mode: 'collapse', off, len };
      case 8: return { verb: 'fallocate', file, mode: 'insert', off, len: 1 };
      case 9: return cloneOp('reflink', file);
      case 10: return cloneOp('dedupe', file);
      default: return otherOp(file);
    }
  } // prettier-ignore

  function otherOp(file: number): Op {
    const ops: readonly Op[] = [{ verb: 'fsync', file }, { verb: 'sync' }, { verb: 'setlease', file, kind: 'layout' }, { verb: 'unlease', file }]; // prettier-ignore
    return ops[roll(ops.length)] ?? { verb: 'sync' };
  }

  function cloneOp(verb: 'reflink' | 'dedupe', src: number): Op {
    const dst = roll(FILES.length);
    if (roll(2) === 0 && verb === 'reflink') return { verb, src, dst };
    return { verb, src, dst, range: { srcOff: roll(6), dstOff: roll(6), len: roll(5) } };
  }

  /** A pin makes others wait, fail, or go round it. Under `rewrite` it would change what they do to the file. */
  function pinOp(map: number): Op {
    if (p.option.knobs['layout.onPin'] === 'rewrite' || map !== 0) return { verb: 'load', map, index: roll(LONGEST) };
    const mr = 0;
    if (roll(3) === 0) return { verb: 'dereg_mr', mr };
    return { verb: 'reg_mr', mr, map, off: roll(3), len: 1 + roll(3), access: roll(2) === 0 ? ['remote_read'] : ['local_write', 'remote_write'] };
  } // prettier-ignore

  const skips = (op: Op): boolean =>
    (!unwritten && op.verb === 'fallocate' && (op.mode === 'alloc' || op.mode === 'zero')) ||
    (!looks && op.verb === 'load') ||
    (staleMaps && (op.verb === 'reflink' || op.verb === 'dedupe' || (op.verb === 'fallocate' && op.mode === 'unshare'))) ||
    // Longer than the mappings: nobody could look at it.
    (op.verb === 'fallocate' && op.mode === 'insert' && (files[op.file]?.length ?? 0) >= LONGEST); // prettier-ignore

  function step(): void {
    const sleepers = state.sleepers.filter((task) => canGoOn(p, state, task));
    const idle = state.tasks.flatMap(({ frames, wait }, task) => (frames.length === 0 && wait.type === 'none' && p.actors[task]?.type === 'thread' ? [task] : [])); // prettier-ignore
    const woken = sleepers[roll(sleepers.length + 1)];
    // Somebody who sleeps for a pin of one who sleeps for him would sleep for ever.
    if (woken === undefined && idle.length === 0 && sleepers.length === 0) return rescue();
    const task = woken ?? idle[roll(Math.max(1, idle.length))] ?? sleepers[0];
    if (task === undefined) return;
    if (state.sleepers.includes(task)) return apply({ type: 'run', task });
    const op = rollOp(task);
    if (skips(op)) return;
    counts.calls += 1;
    begin(task, op);
  }

  /** Deadlock is for the checker: here it is ended, as an admin would. */
  function rescue(): void {
    const recalled = state.inodes.findIndex((inode) => inode.leases.some(({ breaking }) => breaking));
    if (recalled >= 0) return apply({ type: 'grace', inode: recalled });
    state = initialState(p);
    files = [[...'abcdef'], [...'abcdef'], ['z']];
    running.clear();
    log.push('--- everybody slept');
    mapAll();
  }

  function apply(doing: Step): void {
    const returned: { readonly task: number; readonly result: string }[] = [];
    state = applyOperation(
      world,
      state,
      doing,
      (_, events) => {
        for (const event of events) if (event.type === 'returned') returned.push({ task: event.task, result: event.result }); // prettier-ignore
      },
      answer,
    );
    if ('task' in doing && state.tasks[doing.task] !== undefined && isAsleep(state.tasks[doing.task] ?? never())) counts.slept += 1; // prettier-ignore
    for (const { task, result } of returned) {
      const op = running.get(task);
      if (op === undefined) continue;
      running.delete(task);
      log.push(`  ${p.actors[task]?.name ?? '?'} ${op.verb} -> ${result}`);
      took(op, result);
    }
    compareFiles();
  }

  const never = (): never => differ('a task is gone');

  function took(op: Op, result: string): void {
    counts.checked += 1;
    switch (op.verb) {
      case 'pread':
        return expectValue(op.verb, result, files[op.file]?.[op.index] ?? 'EOF', /^(EINVAL|gone|EINTR)$/);
      case 'load':
        return expectValue(op.verb, result, valueAt(op.map, op.index), /^(EFAULT|gone|void|EINTR)$/);
      case 'store': {
        const file = fileOfMap[op.map] ?? 0;
        const within = op.index < (files[file]?.length ?? 0);
        if (result === 'ok' && !within) return differ('a store past the end went through');
        if (result === 'ok') change(file, (now) => now.map((value, i) => (i === op.index ? tagOf(op.tag) : value)));
        return;
      }
      case 'madvise':
        if (op.advice === 'remove' && result === 'ok') {
          const punch = { verb: 'fallocate', file: fileOfMap[op.map] ?? 0, mode: 'punch', off: Number(op.off), len: op.len } as const; // prettier-ignore
          change(punch.file, (now) => naive(punch, now, tagOf));
        }
        return;
      case 'dedupe':
        return dedupe(op, result);
      case 'reflink':
        if (result === 'ok') change(op.dst, (now) => naive(op, now, tagOf, files[op.src]));
        return;
      case 'fallocate':
        // Nothing was allocated, but what was punched before stays punched.
        if (op.mode === 'zero' && result === 'ENOSPC')
          change(op.file, (now) => naive({ ...op, mode: 'punch' }, now, tagOf)); // prettier-ignore
        else if (result === 'ok') change(op.file, (now) => naive(op, now, tagOf));
        return;
      default:
        if (result === 'ok' && 'file' in op && op.verb !== 'mmap') change(op.file, (now) => naive(op, now, tagOf));
    }
  }

  const valueAt = (map: number, index: number): string => files[fileOfMap[map] ?? 0]?.[index] ?? 'SIGBUS';

  function expectValue(what: string, result: string, wanted: string, otherwise: RegExp): void {
    if (result !== wanted && !otherwise.test(result)) differ(`${what} of ${maps.join()}: ${result}, not ${wanted}`);
  }

  function dedupe(op: Clone, result: string): void {
    if (result !== 'ok' && result !== 'differs') return;
    const [src = [], dst = []] = [files[op.src], files[op.dst]];
    if (op.range?.len === 0) return;
    const { srcOff, dstOff, len } = cloneRange(op, src);
    const same = src.slice(srcOff, srcOff + len).join() === dst.slice(dstOff, dstOff + len).join();
    if (same !== (result === 'ok')) differ(`dedupe says ${result}`);
  }

  function change(file: number, make: (now: NaiveFile) => NaiveFile): void {
    files = files.map((now, i) => (i === file ? make(now) : now));
  }

  function compareFiles(): void {
    files.forEach((file, name) => {
      const inode = state.inodes[state.names[name] ?? -1];
      if (inode === undefined) return differ(`file ${FILES[name] ?? '?'} is gone`);
      if (inode.size !== file.length) differ(`file ${FILES[name] ?? '?'}: size ${inode.size}, not ${file.length}`);
      for (let i = 0; i < file.length; i += 1) {
        const tag = tagOf(fileTag(state, inode, i) ?? 0);
        if (tag !== file[i]) differ(`file ${FILES[name] ?? '?'}[${i}]: ${tag}, not ${file[i] ?? ''}`);
      }
    });
  }

  return { step, mapAll, counts: () => counts };
}
