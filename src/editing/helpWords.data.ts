/**
 * Help on every word that is no verb: one plain sentence each. What a preset does is said by the model's own table;
 * nothing of that is repeated here.
 */
import type { Quantifier, DirectiveWord, BLOCKS, MENU, RESULT_WORDS } from '../scenario/vocabulary.ts';
import type { ACTOR_STATES, MR_STATES } from '../scenario/ast.ts';
import type { KnobName, KNOBS } from '../sim/model/knobs.ts';
import type { AccessFlag, Advice, FallocateMode, FileFlag, LeaseKind } from '../sim/model/op.ts';
import type { FsType } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';

type KnobHelp<K extends KnobName> = {
  readonly does: string;
  readonly values: Readonly<Record<(typeof KNOBS)[K][number], string>>;
};

export const KNOB_HELP: { readonly [K in KnobName]: KnobHelp<K> } = {
  'pin.longterm': {
    does: 'Whether pages of a DAX file may be pinned longterm, by reg_mr.',
    values: {
      refuse: 'No: EOPNOTSUPP.',
      allow: 'Yes.',
      lease: 'With a layout lease of that process on the file; else EPERM.',
      immutable: 'If the file has its flag, is fully written and shares no block; else EOPNOTSUPP.',
      never: 'No MR but on_demand, whatever the memory: EOPNOTSUPP.',
    },
  },
  'pin.readonly': {
    does: 'What a read-only pin does to a shared block.',
    values: {
      share: 'It pins the shared block.',
      unshare: 'It breaks the share first, as a store would.',
    },
  },
  'layout.onPin': {
    does: 'What a layout operation does when it finds a pinned block in scope.',
    values: {
      wait: 'It waits, interruptibly, holding i_rwsem.',
      ignore: 'It goes on.',
      etxtbsy: 'It fails with ETXTBSY.',
      revoke: 'It fences the MRs (drain, unpin) and goes on; other pins are waited for.',
      kill: 'It kills the owner, itself included; pins that remain are waited for.',
      rewrite: 'It succeeds; pinned blocks in range stay in the file with their contents.',
    },
  },
  'layout.scope': {
    does: 'Where a layout operation looks for pins.',
    values: { inode: 'In the whole file.', range: 'In the range that it changes.' },
  },
  'layout.lease': {
    does: 'What layout operations, pwrite and reflink of another process meet at a lease.',
    values: {
      none: 'Nothing.',
      recall: 'They wait until it is given up or its grace period ends.',
      exclusive: 'They fail with ETXTBSY.',
    },
  },
  'write.onPin': {
    does: 'What a write does that would move a file index away from a pinned block.',
    values: {
      relocate: 'It moves it; the pin stays on the old block.',
      wait: 'It waits for the pin, killable.',
      fail: 'pwrite fails with ETXTBSY, a store with SIGBUS, a pin with EFAULT.',
      revoke: 'It fences the MRs and goes on.',
    },
  },
  'reflink.onPin': {
    does: 'What reflink and dedupe do when a block of either file is pinned.',
    values: {
      wait: 'They wait: for the second file by spinning, not killable.',
      etxtbsy: 'They fail with ETXTBSY.',
      allow: 'They go on.',
      copy: 'The clone gets copies of pinned source blocks; a pinned destination is waited for.',
      revoke: 'They fence the MRs and go on.',
    },
  },
  'free.onPin': {
    does: 'What becomes of a block that loses its last owner while it is pinned.',
    values: { immediate: 'It is free at once.', defer: 'It is kept from the allocator until its last pin goes.' },
  },
  'fs.reflink': {
    does: 'Whether reflink and dedupe are offered.',
    values: { on: 'Yes.', off: 'No: EOPNOTSUPP.' },
  },
  'fs.punch': {
    does: 'Whether fallocate offers punch, zero, collapse and insert.',
    values: { on: 'Yes.', off: 'No: EOPNOTSUPP.' },
  },
  'fs.shrink': {
    does: 'Whether a truncate may shrink a file that is mapped or pinned.',
    values: { on: 'Yes.', etxtbsy: 'No: ETXTBSY.' },
  },
  'file.immutable': {
    does: 'Which flag a file can be given with set, and what it forbids.',
    values: {
      off: 'None: set fails with EOPNOTSUPP.',
      immutable: 'Layout operations, and being the destination of a reflink: ETXTBSY.',
      swapfile: 'That, being the source of a reflink, pwrite by others (ETXTBSY), and unlink (EPERM).',
    },
  },
  'hw.odp': {
    does: 'Whether the NIC can page on demand.',
    values: { on: 'Yes.', off: 'No: on_demand fails with EOPNOTSUPP, on 6.1 with EINVAL.' },
  },
};

export const PROPERTY_HELP: Readonly<Record<PropertyId, string>> = {
  S1: 'Violated when a slot of a live MR, or the pin of a transfer, points at a free or busy block.',
  S2: 'Violated when a slot of a live MR, or any pin, reaches a block that is owned, but not by the file it was pinned through.',
  S4: 'Violated when a DMA write or a CPU store lands in a block that several file indexes share.',
  S5a: 'Violated when a remote write completes in a block that the file no longer has at that index.',
  S5b: 'Violated when a remote read completes in a block that the file no longer has at that index, and the contents differ.',
  S6: "Violated when a PTE of a shared mapping is not the file's block, or is writable while the block is shared.",
  S7: 'Violated when a read returns what was left in a block before it was allocated.',
  S8: 'Violated when a DMA writes through a pin whose MR had no writable access when it was pinned.',
  S11: 'Violated when the accounts of blocks, reference counts or pins do not add up: a bug of the model.',
  S12: 'Violated when a DMA uses a translation after dereg or revoke completed.',
  L1: 'Violated when an operation waits for what only another actor can choose to do.',
  L2: 'Violated when sleepers wait for each other, so that none of them can go on.',
  L3: "Violated when an operation's own wait outlasts SIGKILL.",
  L5: 'Violated when an operation that frees blocks succeeded, but less became free.',
  L6: 'Violated when pins outlive their process and all holders of its handle.',
  L7: 'Violated when an operation of one process kills another, gives it SIGBUS inside the size, or revokes its MR.',
  L8: 'Violated when a call returns an errno that its man page does not list.',
  F1: 'Violated when the option refuses what mainline offers.',
};

export const DIRECTIVE_HELP: Readonly<Record<DirectiveWord | Quantifier | typeof MENU, string>> = {
  title: 'The name of the scenario.',
  about: 'Prose about the scenario; may repeat.',
  note: 'What the speaker wants to remember at a step.',
  device: 'How many blocks the device has; 16 if it is left out.',
  fs: 'The file system: xfs, ext4 or device-dax, reflink=0 or 1, dax=always or never, log=sync or async.',
  kernel: 'The kernel whose rules hold.',
  option: 'What is proposed for pinned DAX pages: a preset, then single knobs.',
  alloc: 'Which free block is handed out: the lowest, or any, for the checker to choose.',
  proc: 'A process with several threads: app, app.2 and so on.',
  order:
    'Exactly this interleaving: step numbers begin, actors go on; by whole operations (op) or micro-steps (micro).',
  file: 'A file there is at the start: a tag a block, . for a hole, _ for an unwritten block; or a reflink of another.',
  exists: 'Met if some run ends so. In a single run it says the same as always.',
  forbid: 'Met if no run ends so.',
  always: 'Met if every run ends so.',
  any: 'A menu: the checker takes any entry at any time, N times in all with xN, else without end.',
};

type ConditionWord =
  'file' | 'size' | 'shared' | 'hole' | 'free' | 'zombie' | 'pinned' | 'and' | 'or' | 'not' | (typeof MR_STATES)[number] | (typeof ACTOR_STATES)[number]; // prettier-ignore

export const CONDITION_HELP: Readonly<Record<ConditionWord, string>> = {
  file: 'The file ends with these tags.',
  size: 'The file ends with this size, in blocks.',
  shared: 'Both file indexes end on the same block.',
  hole: 'The file index ends as a hole.',
  free: 'So many blocks are free at the end, busy ones included.',
  zombie: 'So many blocks have no owner at the end and are kept from the allocator by a pin.',
  pinned: 'The block of the file index is pinned at the end.',
  and: 'Both hold. It binds tighter than or.',
  or: 'One of them holds.',
  not: 'It does not hold. It binds tightest.',
  live: 'The MR can be used at the end.',
  revoked: 'The MR was fenced by somebody else.',
  destroyed: 'The MR was deregistered, or its handle closed.',
  idle: 'The actor is awake at the end, all its steps done.',
  blocked: 'The actor is asleep at the end.',
  killed: 'The process was killed.',
  exited: 'The process exited by itself.',
};

export const RESULT_HELP: Readonly<Record<(typeof RESULT_WORDS)[number] | typeof BLOCKS, string>> = {
  ok: 'It succeeded.',
  SIGBUS: 'The access hit no page that it could have.',
  NAK: 'The NIC refused the request.',
  EOF: 'The read is past the end of the file.',
  void: 'Its object was never made, so it did nothing.',
  gone: 'Its actor is dead, so it did nothing.',
  differs: 'The contents are not equal, so nothing is shared.',
  blocks: 'It is asleep when its turn ends; blocks, R: and returns R in the end.',
};

export const ERRNO_HELP: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'The pages were pinned without write access.'],
  ['EAGAIN', 'There is a lease in the way, or none to give up.'],
  ['EBADF', 'This process does not have the file open.'],
  ['EEXIST', 'The name is taken.'],
  ['EFAULT', 'A page cannot be faulted in or pinned so.'],
  ['EINTR', 'A signal ended the wait; the file is untouched.'],
  ['EINVAL', 'The arguments do not fit together.'],
  ['ENOENT', 'There is no file of that name.'],
  ['ENOMEM', 'Nothing is mapped there.'],
  ['ENOSPC', 'No block is free.'],
  ['EOPNOTSUPP', 'This file system, kernel or option does not offer it.'],
  ['EPERM', 'This process may not: it has no lease, or the file has a flag.'],
  ['ETXTBSY', 'The file is in use: a pin, a lease or a flag is in the way.'],
]);

type WordOfStep = AccessFlag | FallocateMode | Advice | LeaseKind | FileFlag | FsType | 'ro' | 'rw' | 'shared' | 'private' | 'sync' | 'anon' | 'memfd'; // prettier-ignore

/** Modes, flags and kinds: words after a verb or after `fs`. */
export const WORD_HELP: Readonly<Record<WordOfStep, string>> = {
  local_write: 'The NIC may write for its own process; without any write access the pages are pinned read-only.',
  remote_read: 'The remote side may read.',
  remote_write: 'The remote side may write; needs local_write, which is added.',
  remote_atomic: 'The remote side may do atomics; needs local_write, which is added.',
  on_demand: 'No pins: the NIC follows the page tables, and faults where it has no page.',
  alloc: 'Fills the holes of the range with unwritten blocks; may extend the size.',
  punch: 'Frees the blocks of the range and leaves a hole; the size stays.',
  zero: 'Leaves unwritten blocks in the range.',
  collapse: 'Removes the range and shifts what is behind it down.',
  insert: 'Makes room: shifts what is behind the offset up and leaves a hole.',
  unshare: 'Copies the shared blocks of the range.',
  dontneed: 'Zaps the PTEs of this mapping in range.',
  remove: 'Punches a hole into the file behind the range.',
  layout: 'A shared lease on the layout: several processes may hold one.',
  exclusive: 'A lease that nobody else may hold one beside.',
  none: 'No flag.',
  immutable: 'The layout of the file is sealed.',
  swapfile: 'The file is treated as a swap file is.',
  xfs: 'XFS, the default: reflink, and every mode of fallocate.',
  ext4: 'ext4: no reflink; a plain alloc does not wait for pins.',
  'device-dax': 'One character device: no file system, and its blocks never move.',
  ro: 'The mapping is read-only.',
  rw: 'The mapping can be written, the default.',
  shared: 'Stores go to the file, the default.',
  private: 'A store copies the page into anonymous memory; the file keeps what it had.',
  sync: 'MAP_SYNC: only with DAX.',
  anon: 'Anonymous memory: private pages that no file has.',
  memfd: 'A file in shmem that has no name, mapped shared.',
};
