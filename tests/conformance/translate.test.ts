// One rule an operation: what each recorded operation reads as in the scenario language.
import { describe, expect, test } from 'vitest';
import type { RecordedStep, Recording } from '../../src/conformance/recording.ts';
import { profileOf } from '../../src/conformance/profile.ts';
import { translate } from '../../src/conformance/translate.ts';
import { packedRecordings } from '../support/recordingPack.ts';

type Words = Readonly<Record<string, string | number>>;
type Said = readonly [actor: string, op: string, args?: Words, note?: string];

const NOTHING = { files: new Map(), mmapFrames: new Map(), blockContent: new Map() };

function recordingOf(steps: readonly Said[], over: Partial<Recording> = {}): Recording {
  const step = ([actor, op, args = {}, note]: Said, i: number): RecordedStep => ({
    n: i + 1,
    actor,
    op,
    args: new Map(Object.entries(args)),
    result: 'ok',
    sigbus: false,
    blockedMs: 0,
    ...(note === undefined ? {} : { note }),
    obs: NOTHING,
  });
  const base = { file: 'x.json', id: 'X', title: '', kernel: '6.12.1', env: 'xfs-dax', fs: 'xfs reflink=1', dax: true };
  return { ...base, ...over, steps: steps.map(step) };
}

/** The steps of the scenario, or why there is none. */
function textOf(recording: Recording): string {
  const translated = translate(recording);
  if (!translated.ok) return translated.reason;
  const steps = translated.text.split('\n').filter((line) => /^(P\d|peer|outside)/.test(line));
  return [...steps, ...(translated.cut === undefined ? [] : [translated.cut.reason])].join('; ');
}

const A: Said = ['P1', 'open', { file: 'A' }];
const AB: readonly Said[] = [A, ['P1', 'open', { file: 'B' }], ['P1', 'pwrite', { file: 'A', block: 0, tags: 'ab' }]];
const MADE = 'P1 create A; P1 open A';
const MADE_AB = `${MADE}; P1 create B; P1 open B; P1 pwrite A 0 a; P1 pwrite A 1 b`;
const M: Said = ['P1', 'mmap', { map: 'm', file: 'A', block: 0, count: 2, prot: 'rw', flags: 'MAP_SHARED' }];
const MAPPED = `${MADE_AB}; P1 m = mmap A 0 2 rw shared`;

describe('an operation becomes lines', () => {
  test.each<[string, readonly Said[], string]>([
    ['a thread', [A, ['T2', 'ftruncate', { file: 'A', newSizeBlocks: 1 }]], `${MADE}; P1.3 ftruncate A 1`],
    ['a child that nobody saw forked', [A, ['P2', 'fsync', { file: 'A' }]], `${MADE}; P1 fork P2; P2 fsync A`],
    ['a fork that was seen', [A, ['main', 'fork'], ['P2', 'fsync', { file: 'A' }]], `${MADE}; P1 fork P2; P2 fsync A`],
    ['a private mapping', [...AB, ['P1', 'mmap', { map: 'v', file: 'A', block: 1, count: 1, prot: 'r', flags: 'MAP_PRIVATE' }]], `${MADE_AB}; P1 v = mmap A 1 1 ro private`],
    ['unshare', [A, ['P1', 'fallocate', { file: 'A', mode: 'UNSHARE_RANGE', block: 0, count: 1 }]], `${MADE}; P1 fallocate A unshare 0 1`],
    ['dedupe', [...AB, ['P1', 'dedupe', { src: 'A', dst: 'B', srcBlock: 0, dstBlock: 1, count: 1 }]], `${MADE_AB}; P1 dedupe A B 0 1 1`],
    ['msync', [...AB, M, ['P1', 'msync', { map: 'm' }]], `${MAPPED}; P1 msync m`],
    ['a pin of two pages', [...AB, M, ['P1', 'pinPipe(vmsplice)', { pin: 'p', map: 'm', page: 0, count: 2 }], ['P1', 'drainPipe', { pin: 'p' }]], `${MAPPED}; P1 p = vmsplice m 0; P1 p-1 = vmsplice m 1; P1 pipe_read p; P1 pipe_read p-1`],
    ['a fixed buffer', [...AB, M, ['P1', 'pinUring(REGISTER_BUFFERS)', { pin: 'u', map: 'm', page: 1, count: 1 }], ['P1', 'uringReadFixed(fill pinned page)', { pin: 'u', page: 1, tags: 'Q' }], ['P1', 'unpinUring', { pin: 'u' }]], `${MAPPED}; P1 u = reg_mr m 1 1 local_write remote_read remote_write; peer rdma_write u 0 Q; P1 dereg_mr u`],
    ['rereg_mr', [...AB, M, ['P1', 'ibv_reg_mr', { mr: 'r', map: 'm', page: 0, count: 1, access: 'REMOTE_READ' }], ['P1', 'ibv_rereg_mr', { mr: 'r', access: 'LOCAL_WRITE|REMOTE_WRITE' }]], `${MAPPED}; P1 r = reg_mr m 0 1 remote_read; P1 rereg_mr r local_write remote_write`],
    ['madvise', [...AB, M, ['P1', 'madvise', { map: 'm', advice: 'MADV_DONTNEED', page: 0, count: 1 }]], `${MAPPED}; P1 madvise m dontneed 0 1`],
    ['O_DIRECT', [...AB, M, ['T1', 'directReadIntoMap(slow dev)', { map: 'm', page: 1 }, 'O_DIRECT read (disk holds R) into the mmap page'], ['T1', 'return', { of: 5, op: 'directReadIntoMap(slow dev)' }]], `${MAPPED}; P1.2 dio5 = dio_read m 1 R; P1.2 dio_end dio5`],
    ['a signal, from outside', [A, ['T1', 'fsync', { file: 'A' }], ['T1', 'return', { of: 2, op: 'fsync' }, 'SIGUSR1 delivered to T1']], `${MADE}; P1.2 fsync A; outside signal P1.2`],
    ['a signal with SA_RESTART is none', [A, ['T1', 'fsync', { file: 'A' }], ['T1', 'stillBlocked', { of: 2, op: 'fsync' }, 'SIGUSR1 with SA_RESTART']], `${MADE}; P1.2 fsync A`],
    ['a file lease that runs out', [A, ['P1', 'setlease', { file: 'A', lease: 'F_RDLCK' }], ['P2', 'truncate(path)', { file: 'A', newSizeBlocks: 0 }], ['P2', 'return', { of: 3, op: 'truncate(path)' }]], `${MADE}; P1 setlease A layout; P1 fork P2; P2 ftruncate A 0; outside wait`],
    ['a file lease that was given up', [A, ['P1', 'setlease', { file: 'A', lease: 'F_WRLCK' }], ['P2', 'openForWrite', { file: 'A' }], ['P1', 'setlease', { file: 'A', lease: 'F_UNLCK' }], ['P2', 'return', { of: 3, op: 'openForWrite' }]], `${MADE}; P1 setlease A exclusive; P1 fork P2; P2 ftruncate A 0; P1 unlease A`],
    ['a memfd as a file', [['P1', 'mmap', { map: 's', file: 'memfd', block: 0, count: 4, prot: 'rw', flags: 'MAP_SHARED' }], ['P1', 'ftruncate', { file: 'memfd', newSizeBlocks: 0 }]], 'P1 s = mmap memfd 4 rw; P1 ftruncate memfd_file 0'],
    ['an O_DIRECT write of the file', [A, ['P1', 'pwriteDirect', { file: 'A', block: 3, tags: 'xy' }]], `${MADE}; P1 pwrite_direct A 3 x; P1 pwrite_direct A 4 y`],
    ['what the cache drops', [A, ['main', 'drop_caches']], MADE],
  ])('%s', (_what, steps, text) => {
    expect(textOf(recordingOf(steps))).toBe(text);
  }); // prettier-ignore

  test('a swap file is the kernel’s, and never on DAX', () => {
    const steps: readonly Said[] = [A, ['P1', 'swapon', { file: 'A' }], ['P1', 'swapoff', { file: 'A' }]];
    expect(textOf(recordingOf(steps, { dax: false }))).toBe(`${MADE}; outside set A swapfile; outside set A none`);
    const onDax = translate(recordingOf(steps.slice(0, 2)));
    expect(onDax.ok && onDax.parts.at(-1)).toMatchObject({ lines: [], refused: 'EINVAL' });
  });

  test.each([
    ['6.12.1', 'xfs reflink=1', 'EOPNOTSUPP'],
    ['6.1.9', 'xfs reflink=1', 'ENOTTY'],
    ['6.12.1', 'ext4', 'ENOTTY'],
  ])('exchangerange on %s %s: %s', (kernel, fs, refused) => {
    const translated = translate(recordingOf([A, ['P1', 'exchangerange', {}]], { kernel, fs }));
    expect(translated.ok && translated.parts.at(-1)).toMatchObject({ refused });
  });
});

test.each([
  ['6.1.0-56-amd64', '6.1'],
  ['6.11.2', '6.1'],
  ['6.12.117+deb12-amd64', '6.12'],
  ['6.14.0', '6.12'],
  ['6.15.0-rc1', '7.0'],
  ['7.0.3', '7.0'],
  ['5.10.0', undefined],
])('kernel %s is profile %s', (kernel, profile) => {
  expect(profileOf(kernel)).toBe(profile);
});

test('no rule knows a recording by its name', () => {
  const shuffled = packedRecordings().map((recording) => ({ ...recording, id: 'X', file: 'x.json', title: '' }));
  const texts = (all: readonly Recording[]): readonly string[] => all.map(textOf);
  expect(texts(shuffled)).toEqual(texts(packedRecordings()));
});
