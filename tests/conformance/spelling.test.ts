// The same recording in other words: flags with and without their prefixes or as numbers, arguments that may be left out.
import { describe, expect, test } from 'vitest';
import { decodeRecording } from '../../src/conformance/decodeRecording.ts';
import { judgeRecording } from '../../src/conformance/verdict.ts';
import { translate } from '../../src/conformance/translate.ts';
import { packedSources } from '../support/recordingPack.ts';
import { someOf } from '../support/thorough.ts';

type Json = Record<string, unknown>;
type Step = {
  n: number;
  actor: string;
  op: string;
  args: Json;
  result: string;
  note?: string;
  obs: Json;
  sigbus?: boolean;
};

const NOBODY = { files: {}, mmapFrames: {}, blockContent: {} };
const A_OF = (blocks: number): Json => ({ ...NOBODY, files: { A: { sizeBytes: 4096 * blocks, extents: null } } });

const step = (n: number, op: string, args: Json = {}, over: Partial<Step> = {}): Step => ({ n, actor: 'P1', op, args, result: 'ok', obs: NOBODY, ...over }); // prettier-ignore
const OPEN = step(1, 'open', { file: 'A' }, { obs: A_OF(4) });
const MAP = step(2, 'mmap', { map: 'm', file: 'A', block: 0, count: 4, prot: 'rw', flags: 'MAP_SHARED' }, { obs: { ...A_OF(4), mmapFrames: { m: { file: 'A', pages: [null, null, null, null] } } } }); // prettier-ignore

function decoded(steps: readonly unknown[], over: Json = {}) {
  const whole = { id: 'X', kernel: '6.12.1', env: 'xfs-dax', fs: 'xfs reflink=1', dax: true, steps, ...over };
  const read = decodeRecording('x.json', JSON.stringify(whole));
  if (!read.ok) throw new Error(read.error.problem);
  return read.value;
}

/** The lines of the last step, or why there are none. */
function lastOf(steps: readonly unknown[]): string {
  const translated = translate(decoded(steps));
  if (!translated.ok) return translated.reason;
  if (translated.cut !== undefined) return translated.cut.reason;
  const { lines = [], refused } = translated.parts.at(-1) ?? {};
  return refused ?? lines.map((line) => translated.program.steps[line]?.text ?? '').join('; ');
}

describe('fallocate', () => {
  test.each<[string | number, string]>([
    ['FALLOC_FL_PUNCH_HOLE|FALLOC_FL_KEEP_SIZE', 'fallocate A punch 3 2'],
    ['KEEP_SIZE|PUNCH_HOLE', 'fallocate A punch 3 2'],
    [3, 'fallocate A punch 3 2'],
    [0, 'fallocate A alloc 3 2'],
    ['0', 'fallocate A alloc 3 2'],
    [64, 'fallocate A unshare 3 2'],
    ['FALLOC_FL_ZERO_RANGE', 'fallocate A zero 3 2'],
    ['ZERO_RANGE|KEEP_SIZE', 'blocks past EOF that keep the size'],
    ['KEEP_SIZE', 'blocks past EOF that keep the size'],
    ['WRITE_ZEROES', 'no fallocate mode of the model is WRITE_ZEROES'],
    [4096, 'no fallocate mode of the model is 4096'],
  ])('mode %j', (mode, text) => {
    expect(lastOf([OPEN, step(2, 'fallocate', { file: 'A', mode, block: 3, count: 2 })])).toBe(text);
  });
  test('that keeps the size inside the file is as without', () => {
    const keep = step(2, 'fallocate', { file: 'A', mode: 'KEEP_SIZE', block: 1, count: 2 });
    expect(lastOf([OPEN, keep])).toBe('fallocate A alloc 1 2');
  });
});

describe('other operations', () => {
  test.each<[string, Json, string]>([
    ['mmap', { map: 'v', file: 'A', block: 0, count: 2, prot: 'PROT_READ|PROT_WRITE', flags: 'MAP_SHARED_VALIDATE|MAP_SYNC' }, 'v = mmap A 0 2 sync'],
    ['mmap', { map: 'v', count: 2, prot: 'r', flags: 'MAP_PRIVATE|MAP_ANONYMOUS' }, 'v = mmap anon 2 ro'],
    ['mmap', { map: 'v', count: 2, prot: 'rw', flags: 'MAP_SHARED|MAP_ANONYMOUS' }, 'v = mmap memfd 2'],
    ['mmap', { map: 'v', file: 'A', block: 0, count: 2, prot: 'rw', flags: 'MAP_SHARED|MAP_POPULATE' }, "no flag of the model's mmap is 'POPULATE'"],
    ['mmap', { map: 'v', file: 'A', block: 0, count: 2, prot: 'none', flags: 'MAP_SHARED' }, 'the model maps to read, or to read and write'],
    ['munmap', { map: 'm' }, 'munmap m'],
    ['munmap', { map: 'm', page: 0, count: 4 }, 'munmap m'],
    ['munmap', { map: 'm', page: 1, count: 1 }, 'part of a mapping is unmapped'],
    ['load', { map: 'm', page: 2 }, 'load m 2'],
    ['madvise', { map: 'm', page: 1, count: 1, advice: 'MADV_REMOVE' }, 'madvise m remove 1 1'],
    ['clonerange', { src: 'A', dst: 'B' }, 'reflink A B'],
    ['clonerange', { src: 'A', dst: 'B', srcBlock: 1, dstBlock: 2, count: 0 }, 'reflink A B 1 2 3'],
    ['ibv_reg_mr', { mr: 'r', map: 'm', page: 1, access: 'IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_ATOMIC' }, 'r = reg_mr m 1 1 local_write remote_atomic'],
    ['ibv_reg_mr', { mr: 'r', map: 'm', page: 1, count: 1, access: 'REMOTE_WRITE' }, 'EINVAL'],
    ['ibv_reg_mr', { mr: 'r', map: 'm', page: 1, count: 1, access: 'RELAXED_ORDERING' }, "no access of the model is 'RELAXED_ORDERING'"],
    ['directWriteFromMap(slow dev)', { map: 'm', page: 1 }, 'dio3 = dio_write m 1; dio_end dio3'],
    ['umount', {}, 'umount is no operation of the model'],
    ['note', {}, ''],
  ])('%s %j', (op, args, text) => {
    expect(lastOf([OPEN, MAP, step(3, op, args)])).toBe(text);
  }); // prettier-ignore

  test('RDMA of several pages', () => {
    const mr = step(3, 'ibv_reg_mr', { mr: 'r', map: 'm', page: 0, count: 2, access: 'LOCAL_WRITE|REMOTE_WRITE|REMOTE_READ' }); // prettier-ignore
    expect(lastOf([OPEN, MAP, mr, step(4, 'rdmaRead', { mr: 'r', page: 0, count: 2 })])).toBe('rdma_read r 0; rdma_read r 1'); // prettier-ignore
    expect(lastOf([OPEN, MAP, mr, step(4, 'rdmaWrite', { mr: 'r', page: 0, tags: 'xy' })])).toBe('rdma_write r 0 x; rdma_write r 1 y'); // prettier-ignore
  });

  test('who was killed, or got a signal, must be said', () => {
    const asleep = step(2, 'fsync', { file: 'A' }, { actor: 'P2', result: 'BLOCKED' });
    const back = (result: string, note?: string) => step(3, 'return', { of: 2, op: 'fsync' }, { actor: 'P2', result, ...(note === undefined ? {} : { note }) }); // prettier-ignore
    expect(lastOf([OPEN, asleep, back('KILLED')])).toBe('no note says who was killed');
    expect(lastOf([OPEN, asleep, back('EINTR')])).toBe('no note says which signal came');
    expect(lastOf([OPEN, asleep, back('EINTR', 'SIGALRM came')])).toBe('fsync A');
  });

  test('a stranger is nobody of the model', () => {
    expect(lastOf([OPEN, step(2, 'sync', {}, { actor: 'Q' })])).toBe("'Q' is neither P1 … nor T1 …");
  });

  test('a step of words alone is none', () => {
    expect(decoded([OPEN, { n: 2, actor: 'main', note: 'now it gets interesting' }]).steps).toHaveLength(1);
  });

  test('a child maps for itself, under a name that its parent has too', () => {
    const own = step(3, 'mmap', { map: 'w', file: 'A', block: 1, count: 1, prot: 'r', flags: 'MAP_SHARED' }, { actor: 'P2' }); // prettier-ignore
    expect(lastOf([OPEN, MAP, own, step(4, 'load', { map: 'm', page: 0 }, { actor: 'P2' })])).toBe('load m 0');
    expect(lastOf([OPEN, MAP, own, step(4, 'load', { map: 'w', page: 0 }, { actor: 'P2' })])).toBe('load w 0');
  });
});

describe('results', () => {
  const judged = (steps: readonly unknown[]) => judgeRecording(decoded(steps));
  const [size, written] = [{ obs: A_OF(0) }, { obs: A_OF(2) }];
  const FILES = [step(1, 'open', { file: 'A' }, size), step(2, 'pwrite', { file: 'A', block: 0, tags: 'ab' }, written)];

  test.each(['differs', 'DIFFERS', 'FILE_DEDUPE_RANGE_DIFFERS'])('dedupe of other contents: %s', (result) => {
    const dedupe = step(
      3,
      'dedupe',
      { src: 'A', dst: 'A', srcBlock: 0, dstBlock: 1, count: 1 },
      { result, ...written },
    );
    expect(judged([...FILES, dedupe])).toMatchObject({ status: 'reproduced' });
    expect(judged([...FILES, { ...dedupe, result: 'ok' }])).toMatchObject({ status: 'differs', step: 3 });
  });

  test('the first NAK is compared, and what a queue pair in error does is not', () => {
    const anon = { anon: { file: null, pages: [null] } };
    const map = step(1, 'mmap', { map: 'anon', count: 1, prot: 'rw', flags: 'MAP_PRIVATE|MAP_ANONYMOUS' }, { obs: { ...NOBODY, mmapFrames: anon } }); // prettier-ignore
    const seen = { obs: { ...NOBODY, mmapFrames: { anon: { file: null, pages: ['F1'] } } } };
    const mr = step(2, 'ibv_reg_mr', { mr: 'r', map: 'anon', page: 0, count: 1, access: 'LOCAL_WRITE' }, seen);
    const nak = step(3, 'rdmaRead', { mr: 'r', page: 0 }, { result: 'IBV_WC_REM_ACCESS_ERR', ...seen });
    expect(judged([map, mr, nak])).toMatchObject({ status: 'reproduced' });
    const read = step(3, 'ibv_reg_mr', { mr: 'q', map: 'anon', page: 0, count: 1, access: 'REMOTE_READ' }, seen);
    const flushed = step(5, 'rdmaRead', { mr: 'q', page: 0 }, { result: 'IBV_WC_WR_FLUSH_ERR', ...seen });
    expect(judged([map, mr, read, { ...nak, n: 4 }, flushed])).toMatchObject({ status: 'out-of-scope', step: 5 });
  });
});

describe('all recordings in other words', () => {
  const full: readonly [RegExp, string][] = [
    [/"mode": ?"(\w+_\w+|ALLOCATE)"/g, '"mode":"FALLOC_FL_$1"'],
    [/"prot": ?"rw"/g, '"prot":"PROT_READ|PROT_WRITE"'],
    [/"prot": ?"r"/g, '"prot":"PROT_READ"'],
    [/"access": ?"REMOTE_READ"/g, '"access":"IBV_ACCESS_REMOTE_READ"'],
    [/"MAP_PRIVATE\|MAP_ANONYMOUS"/g, '"MAP_ANON|MAP_PRIVATE"'],
  ];
  test('come to the same', () => {
    let touched = 0;
    for (const { file, text } of someOf(packedSources())) {
      const other = full.reduce((now, [from, to]) => now.replace(from, to), text);
      if (other === text) continue;
      touched++;
      const [one, two] = [decodeRecording(file, text), decodeRecording(file, other)];
      expect(two.ok && judgeRecording(two.value)).toEqual(one.ok && judgeRecording(one.value));
    }
    expect(touched).toBeGreaterThan(100);
  }, 60_000);
});
