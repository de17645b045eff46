/** Help on the verbs: one plain sentence each. What a verb takes is said by the shapes of the language. */
import type { KnobName } from '../sim/model/knobs.ts';
import type { Verb } from '../sim/model/op.ts';

export type VerbHelp = {
  readonly does: string;
  /** `RESULT`, or `RESULT: when`; the first is what it returns if all goes well. */
  readonly results: readonly string[];
  /** The micro-steps that tell most of it, in their order: their kernel functions are shown. */
  readonly micros: readonly string[];
  /** The knobs that change what it does. */
  readonly knobs: readonly KnobName[];
};

const LAYOUT_KNOBS = ['layout.onPin', 'layout.scope', 'layout.lease', 'free.onPin', 'file.immutable'] as const;
const FAULTS = ['SIGBUS: the index is past the size, or no block is free', 'EFAULT: the mapping is read-only'];
const BUSY = ['EAGAIN', 'EINTR: a signal ended the wait'];

export const VERB_HELP: Readonly<Record<Verb, VerbHelp>> = {
  mmap: {
    does: 'Maps a file, anonymous memory or a memfd: whole file, rw and shared unless said otherwise. PTEs come with the first load or store.',
    results: ['ok', 'ENOENT: no such file', 'EINVAL: length 0', 'EOPNOTSUPP: sync without DAX'],
    micros: ['op.mmap'],
    knobs: [],
  },
  munmap: {
    does: 'Removes a mapping: its PTEs go and the MMU notifier runs. Pins survive it.',
    results: ['ok'],
    micros: ['op.munmap'],
    knobs: ['layout.onPin', 'free.onPin'],
  },
  load: {
    does: 'Reads one page through a mapping; without a PTE it faults first.',
    results: ['tag', 'SIGBUS: the index is past the size'],
    micros: ['load.block', 'load.hole'],
    knobs: [],
  },
  store: {
    does: 'Writes one page through a mapping; without a writable PTE it faults first, which allocates or breaks a share.',
    results: ['ok', ...FAULTS],
    micros: ['store.map', 'store.c1', 'store.c2', 'store.c6'],
    knobs: ['write.onPin'],
  },
  pread: {
    does: 'Reads one block of a file. Holes and unwritten blocks read as zeroes.',
    results: ['tag', 'EOF: past the size', 'ENOENT: no such file'],
    micros: ['pread.lock', 'pread.read'],
    knobs: [],
  },
  pwrite: {
    does: 'Writes one block of a file: in place, or into a new block where it is a hole, unwritten or shared. It never waits for pins by itself.',
    results: [
      'ok',
      'ENOENT: no such file',
      'ENOSPC: no block is free',
      'ETXTBSY: by a knob',
      'EINTR: a signal ended the wait',
    ],
    micros: ['pwrite.lock', 'pwrite.write', 'pwrite.remap'],
    knobs: ['write.onPin', 'layout.lease', 'file.immutable'],
  },
  pwrite_direct: {
    does: 'Writes one block with O_DIRECT. On a DAX file the same as pwrite. Else the cached page is written back, unmapped and dropped first, so a pin keeps a page that the file no longer reads.',
    results: [
      'ok',
      'ENOENT: no such file',
      'ENOSPC: no block is free',
      'ETXTBSY: by a knob',
      'EINTR: a signal ended the wait',
    ],
    micros: ['pwrite.lock', 'pwrite.flush', 'pwrite.write', 'pwrite.remap'],
    knobs: ['write.onPin', 'layout.lease', 'file.immutable'],
  },
  ftruncate: {
    does: 'Sets the size. Shrinking, growing and keeping it all change the layout: it zaps PTEs, then looks for pins.',
    results: ['ok', 'blocks', 'ENOENT: no such file', 'ETXTBSY: by a knob', 'EPERM: by a knob', ...BUSY.slice(1)],
    micros: ['layout.t3', 'layout.t4', 'layout.t5:ftruncate', 'layout.t6:ftruncate'],
    knobs: [...LAYOUT_KNOBS, 'fs.shrink'],
  },
  fallocate: {
    does: 'Changes the blocks of a range: alloc fills holes, punch makes one, zero makes unwritten blocks, collapse and insert shift, unshare copies.',
    results: [
      'ok',
      'blocks',
      'EINVAL: a range that the mode does not take',
      'ENOSPC: no block is free',
      'EOPNOTSUPP: not offered',
      'ETXTBSY: by a knob',
      ...BUSY.slice(1),
    ],
    micros: ['layout.t3', 'layout.t4', 'layout.t6:punch', 'layout.t6:zero'],
    knobs: [...LAYOUT_KNOBS, 'fs.punch'],
  },
  reflink: {
    does: 'Makes DST share the blocks of SRC (FICLONE; with a range FICLONERANGE). It creates DST if needed; a longer DST keeps its tail.',
    results: [
      'ok',
      'blocks',
      'ENOENT: no such file',
      'EINVAL: a range past the source',
      'EOPNOTSUPP: not offered',
      'ETXTBSY: by a knob',
      ...BUSY.slice(1),
    ],
    micros: ['reflink.r1', 'reflink.scan2', 'reflink.r3', 'reflink.r4'],
    knobs: ['fs.reflink', 'reflink.onPin', 'layout.lease', 'free.onPin', 'file.immutable'],
  },
  dedupe: {
    does: 'Makes DST share the blocks of SRC where both hold the same (FIDEDUPERANGE).',
    results: [
      'ok',
      'differs: the contents are not equal',
      'blocks',
      'ENOENT: no such file',
      'EOPNOTSUPP: not offered',
      'ETXTBSY: by a knob',
      ...BUSY.slice(1),
    ],
    micros: ['reflink.r1', 'reflink.scan2', 'reflink.r3', 'reflink.r4'],
    knobs: ['fs.reflink', 'reflink.onPin', 'layout.lease', 'free.onPin', 'file.immutable'],
  },
  create: {
    does: 'Makes an empty file under the name.',
    results: ['ok', 'EEXIST: the name is taken'],
    micros: ['op.create'],
    knobs: [],
  },
  unlink: {
    does: 'Removes the name. The inode lives on while it is open or mapped; who drops the last reference evicts it.',
    results: ['ok', 'blocks', 'ENOENT: no such file', 'EPERM: by a knob'],
    micros: ['op.unlink', 'evict.wait', 'evict.free'],
    knobs: ['layout.onPin', 'free.onPin', 'file.immutable'],
  },
  open: {
    does: 'Holds the inode until close, exit or kill. Other verbs open and close for themselves.',
    results: ['ok', 'ENOENT: no such file'],
    micros: ['op.open'],
    knobs: [],
  },
  close: {
    does: 'Drops what open holds; the last reference to an unlinked inode evicts it.',
    results: ['ok', 'blocks', 'EBADF: this process has it not open'],
    micros: ['op.close', 'evict.free'],
    knobs: ['layout.onPin', 'free.onPin'],
  },
  fsync: {
    does: 'Write-protects and cleans the dirty PTEs of a file, then commits the log. DMA never makes a PTE dirty.',
    results: ['ok', 'ENOENT: no such file'],
    micros: ['op.fsync'],
    knobs: [],
  },
  sync: {
    does: 'Does what fsync does, for every file; busy blocks can be handed out again.',
    results: ['ok'],
    micros: ['op.sync'],
    knobs: [],
  },
  msync: {
    does: 'Does what fsync does, for the pages of a mapping.',
    results: ['ok', 'ENOMEM: nothing is mapped there'],
    micros: ['op.msync'],
    knobs: [],
  },
  madvise: {
    does: 'dontneed zaps the PTEs of this mapping in range; remove punches a hole into the file behind it.',
    results: [
      'ok',
      'blocks',
      'ENOMEM: nothing is mapped there',
      'EOPNOTSUPP: not offered',
      'ETXTBSY: by a knob',
      ...BUSY.slice(1),
    ],
    micros: ['op.madvise', 'op.madvise:remove'],
    knobs: [...LAYOUT_KNOBS, 'fs.punch'],
  },
  fork: {
    does: 'Makes a child with copies of the mappings under the same names. It inherits no pins and shares the uverbs handle.',
    results: ['ok', 'EEXIST: the child is there already'],
    micros: ['op.fork'],
    knobs: [],
  },
  exit: {
    does: 'Ends the process with all threads: PTEs go, then handles close (the last close of a uverbs handle destroys its MRs), then inodes are evicted.',
    results: ['ok', 'blocks'],
    micros: ['exit.mm', 'exit.files', 'exit.evict'],
    knobs: ['layout.onPin', 'free.onPin'],
  },
  kill: {
    does: 'Sends SIGKILL. The process ends as by exit, at once or when a wait that cannot be killed is over.',
    results: ['ok'],
    micros: ['exit.mm', 'exit.files', 'exit.evict'],
    knobs: ['layout.onPin', 'free.onPin'],
  },
  signal: {
    does: 'Ends an interruptible wait with EINTR, the file untouched. In any other wait it stays pending.',
    results: ['ok'],
    micros: ['op.signal'],
    knobs: [],
  },
  reg_mr: {
    does: 'Registers memory for RDMA: pins every page longterm and writes the translation table, or, on_demand, pins nothing and fills it on faults.',
    results: [
      'ok',
      'EOPNOTSUPP: this memory may not be pinned so',
      'EPERM: no lease',
      'EFAULT: a page cannot be faulted in',
      'EINVAL: the access flags',
    ],
    micros: ['op.g2', 'op.g3', 'op.g4'],
    knobs: ['pin.longterm', 'pin.readonly', 'write.onPin', 'hw.odp'],
  },
  rereg_mr: {
    does: 'Changes the access of an MR; its pins stay as they are.',
    results: ['ok', 'EACCES: writable, on pages pinned read-only', 'EINVAL: the access flags'],
    micros: ['op.rereg_mr'],
    knobs: [],
  },
  dereg_mr: {
    does: 'Kills the key, drains DMA in flight, then unpins, which wakes who waits for the pages.',
    results: ['ok'],
    micros: ['dereg.d1', 'dereg.d2'],
    knobs: ['free.onPin'],
  },
  rdma_read: {
    does: 'The remote side reads one page of an MR: whatever page the translation table names now, whoever owns it.',
    results: ['tag', 'NAK: the key, the bounds, the access or the fault'],
    micros: ['dma.n3', 'dma.n3:odp', 'dma.n4:rdma_read'],
    knobs: [],
  },
  rdma_write: {
    does: 'The remote side writes one page of an MR: whatever page the translation table names now, whoever owns it.',
    results: ['ok', 'NAK: the key, the bounds, the access or the fault'],
    micros: ['dma.n3', 'dma.n3:odp', 'dma.n4:rdma_write'],
    knobs: [],
  },
  post_read: {
    does: 'Posts a remote read and leaves it in flight; key and bounds are judged now, the translation when it completes.',
    results: ['ok', 'NAK: the key, the bounds or the access'],
    micros: ['dma.n1', 'dma.n2'],
    knobs: [],
  },
  post_write: {
    does: 'Posts a remote write and leaves it in flight; key and bounds are judged now, the translation when it completes.',
    results: ['ok', 'NAK: the key, the bounds or the access'],
    micros: ['dma.n1', 'dma.n2'],
    knobs: [],
  },
  complete: {
    does: 'Completes a posted read or write, if it is not complete yet, and returns what it returned.',
    results: ['ok', 'tag', 'NAK: the fault of an invalid slot'],
    micros: ['dma.n3', 'dma.n4', 'dma.n5'],
    knobs: [],
  },
  dio_write: {
    does: 'Starts an O_DIRECT write of another file with the mapped page as its source: a short pin without write, until dio_end.',
    results: ['ok', 'EFAULT: the page cannot be faulted in'],
    micros: ['op.dioPin', 'op.dioSubmit'],
    knobs: [],
  },
  dio_read: {
    does: 'Starts an O_DIRECT read of another file with the mapped page as its target: a short pin with write, until dio_end.',
    results: ['ok', 'EFAULT: the page cannot be faulted in'],
    micros: ['op.dioPin', 'op.dioSubmit'],
    knobs: ['write.onPin'],
  },
  dio_end: {
    does: 'Ends an O_DIRECT transfer: the data moves, then the pin goes, which wakes who waits for the page.',
    results: ['ok', 'tag: what went out, for dio_write'],
    micros: ['dma.dioEnd'],
    knobs: ['free.onPin'],
  },
  vmsplice: {
    does: 'Puts a reference to the mapped page into a pipe: a get pin, until pipe_read.',
    results: ['ok', 'EFAULT: the page cannot be faulted in'],
    micros: ['op.vmsplice'],
    knobs: [],
  },
  peek: {
    does: 'Reads the page in the pipe as it is now, and leaves it there.',
    results: ['tag'],
    micros: ['pipe.peek'],
    knobs: [],
  },
  pipe_read: {
    does: 'Reads the page in the pipe and drops its reference, which wakes who waits for it.',
    results: ['tag'],
    micros: ['pipe.read'],
    knobs: ['free.onPin'],
  },
  setlease: {
    does: 'Takes a lease on the layout of a file, as the proposals have it: shared, or exclusive.',
    results: ['ok', 'EAGAIN: against a foreign lease', 'ENOENT: no such file'],
    micros: ['op.setlease'],
    knobs: ['layout.lease', 'pin.longterm'],
  },
  unlease: {
    does: 'Gives a lease up, which lets a recall go on.',
    results: ['ok', 'EAGAIN: there is none any more'],
    micros: ['op.unlease'],
    knobs: ['layout.lease'],
  },
  share_uverbs: {
    does: 'Passes the uverbs handle to another process, for the MRs made now and later: they live until both have closed it.',
    results: ['ok'],
    micros: ['op.share_uverbs'],
    knobs: [],
  },
  set: {
    does: 'Gives a file a flag, or takes it away: a flagged file keeps its layout.',
    results: ['ok', 'EOPNOTSUPP: the option has no such flag', 'ENOENT: no such file'],
    micros: ['op.set'],
    knobs: ['file.immutable', 'pin.longterm'],
  },
  wait: {
    does: 'Does nothing: a moment to look at. It ends the grace period of a lease.',
    results: ['ok'],
    micros: ['op.wait'],
    knobs: ['layout.lease'],
  },
};
