/** From the filled slots of a verb to its `Op`: one row a verb. */
import { ADVICES, FALLOCATE_MODES, FILE_FLAGS, LEASE_KINDS, type AccessFlag, type Op, type Verb } from '../sim/model/op.ts'; // prettier-ignore
import { NO_FILE } from '../sim/model/ids.ts';
import type { NameSlot, NumberSlot } from './vocabulary.ts';

type Filled = {
  readonly id: (slot: NameSlot) => number;
  readonly n: (slot: NumberSlot) => number;
  /** Absent where `[OFF LEN]` was left out. */
  readonly len: { readonly len?: number };
  readonly tag: number;
  /** The one of these words that is written: of a step that is not broken there is one. */
  readonly choice: <T extends string>(words: readonly [T, ...T[]]) => T;
  readonly source: 'file' | 'anon' | 'memfd';
  readonly has: (word: string) => boolean;
  readonly access: readonly AccessFlag[];
};

type Row = (filled: Filled) => Op;

const onFile =
  (verb: 'create' | 'unlink' | 'open' | 'close' | 'fsync' | 'unlease'): Row =>
  ({ id }) => ({ verb, file: id('file') });
const alone =
  (verb: 'sync' | 'exit' | 'wait'): Row =>
  () => ({ verb });
const onActor =
  (verb: 'kill' | 'signal' | 'share_uverbs'): Row =>
  ({ id }) => ({ verb, actor: id('actor') });
const onDma =
  (verb: 'complete' | 'dio_end'): Row =>
  ({ id }) => ({ verb, dma: id('dma') });
const onPipe =
  (verb: 'peek' | 'pipe_read'): Row =>
  ({ id }) => ({ verb, pipe: id('pipe') });

const onTwoFiles =
  (verb: 'reflink' | 'dedupe'): Row =>
  ({ id, n, len: { len } }) => {
    const range = len === undefined ? {} : { range: { srcOff: n('srcOff'), dstOff: n('dstOff'), len } };
    return { verb, src: id('file'), dst: id('dst'), ...range };
  };

export const BUILD: Readonly<Record<Verb, Row>> = {
  mmap: ({ id, n, len, has, source }) => ({
    verb: 'mmap',
    map: id('map'),
    source,
    file: source === 'file' ? id('file') : NO_FILE,
    off: n('off'),
    ...len,
    writable: !has('ro'),
    private: source === 'anon' || has('private'),
    sync: has('sync'),
  }),
  munmap: ({ id }) => ({ verb: 'munmap', map: id('map') }),
  load: ({ id, n }) => ({ verb: 'load', map: id('map'), index: n('index') }),
  store: ({ id, n, tag }) => ({ verb: 'store', map: id('map'), index: n('index'), tag }),
  pread: ({ id, n }) => ({ verb: 'pread', file: id('file'), index: n('index') }),
  pwrite: ({ id, n, tag }) => ({ verb: 'pwrite', file: id('file'), index: n('index'), tag }),
  pwrite_direct: ({ id, n, tag }) => ({ verb: 'pwrite_direct', file: id('file'), index: n('index'), tag }),
  ftruncate: ({ id, n }) => ({ verb: 'ftruncate', file: id('file'), size: n('size') }),
  fallocate: ({ id, n, choice }) => ({
    verb: 'fallocate',
    file: id('file'),
    mode: choice(FALLOCATE_MODES),
    off: n('off'),
    len: n('len'),
  }),
  reflink: onTwoFiles('reflink'),
  dedupe: onTwoFiles('dedupe'),
  create: onFile('create'),
  unlink: onFile('unlink'),
  open: onFile('open'),
  close: onFile('close'),
  fsync: onFile('fsync'),
  sync: alone('sync'),
  msync: ({ id }) => ({ verb: 'msync', map: id('map') }),
  madvise: ({ id, n, choice }) => ({
    verb: 'madvise',
    map: id('map'),
    advice: choice(ADVICES),
    off: n('off'),
    len: n('len'),
  }),
  fork: ({ id }) => ({ verb: 'fork', child: id('child') }),
  exit: alone('exit'),
  wait: alone('wait'),
  kill: onActor('kill'),
  signal: onActor('signal'),
  reg_mr: ({ id, n, len, access }) => ({ verb: 'reg_mr', mr: id('mr'), map: id('map'), off: n('off'), ...len, access }),
  rereg_mr: ({ id, access }) => ({ verb: 'rereg_mr', mr: id('mr'), access }),
  dereg_mr: ({ id }) => ({ verb: 'dereg_mr', mr: id('mr') }),
  rdma_read: ({ id, n }) => ({ verb: 'rdma_read', mr: id('mr'), index: n('index') }),
  rdma_write: ({ id, n, tag }) => ({ verb: 'rdma_write', mr: id('mr'), index: n('index'), tag }),
  post_read: ({ id, n }) => ({ verb: 'post_read', dma: id('dma'), mr: id('mr'), index: n('index') }),
  post_write: ({ id, n, tag }) => ({ verb: 'post_write', dma: id('dma'), mr: id('mr'), index: n('index'), tag }),
  complete: onDma('complete'),
  dio_write: ({ id, n }) => ({ verb: 'dio_write', dma: id('dma'), map: id('map'), index: n('index') }),
  dio_read: ({ id, n, tag }) => ({ verb: 'dio_read', dma: id('dma'), map: id('map'), index: n('index'), tag }),
  dio_end: onDma('dio_end'),
  vmsplice: ({ id, n }) => ({ verb: 'vmsplice', pipe: id('pipe'), map: id('map'), index: n('index') }),
  peek: onPipe('peek'),
  pipe_read: onPipe('pipe_read'),
  setlease: ({ id, choice }) => ({ verb: 'setlease', file: id('file'), kind: choice(LEASE_KINDS) }),
  unlease: onFile('unlease'),
  share_uverbs: onActor('share_uverbs'),
  set: ({ id, choice }) => ({ verb: 'set', file: id('file'), flag: choice(FILE_FLAGS) }),
};
