/** Micro-steps of calls that are one step, of calls that fail at once, and of processes. */
import type { MicroTable } from './microRow.ts';
import { refusedAtOnce, src6 } from './microRow.ts';

export const CALLS: MicroTable = {
  'op.mmap': {
    label: 'mmap',
    what: 'makes the VMA; no PTEs yet',
    by: ['do_mmap? mmap_region? xfs_file_mmap_prepare', 'do_mmap? mmap_region? xfs_file_mmap'],
    ext4: ['do_mmap? mmap_region? ext4_file_mmap_prepare?', 'do_mmap? mmap_region? ext4_file_mmap'],
  },
  'op.mmap:memory': {
    label: 'mmap',
    what: 'makes the VMA; no PTEs yet',
    by: ['do_mmap? mmap_region?'],
  },
  'op.munmap': {
    label: 'munmap',
    what: "zaps the VMA's PTEs, calls the MMU notifier, drops the file reference",
    by: ['__vm_munmap? unmap_region? unmap_vmas?', undefined, 'do_mas_munmap? unmap_region? unmap_vmas?'],
  },
  'op.fork': {
    label: 'fork',
    what: 'copies the VMAs and PTEs; pinned anonymous pages stay with the parent',
    by: ['dup_mmap? copy_page_range? copy_present_ptes?', undefined, 'dup_mmap? copy_page_range? copy_present_pte?'],
  },
  'op.create': { label: 'create', what: 'makes an empty inode under the name' },
  'op.unlink': {
    label: 'unlink',
    what: 'removes the name; the inode lives while it is open or mapped',
    by: ['vfs_unlink? xfs_vn_unlink? xfs_remove?'],
  },
  'op.open': { label: 'open', what: 'takes a reference to the inode', by: src6('do_dentry_open') },
  'op.close': { label: 'close', what: 'drops the reference to the inode', by: src6('filp_close __fput') },
  'op.sync': { label: 'sync', what: 'commits the log', by: ['xfs_fs_sync_fs? xfs_log_force?'] },
  'op.fsync': {
    label: 'fsync',
    what: 'write-protects and cleans dirty PTEs, then commits the log',
    by: [
      'xfs_file_fsync? dax_writeback_mapping_range dax_writeback_one',
      'xfs_file_fsync dax_writeback_mapping_range dax_writeback_one',
    ],
  },
  'op.msync': {
    label: 'msync',
    what: 'is fsync of the file, for the range of the mapping',
    by: ['vfs_fsync_range? xfs_file_fsync?'],
  },
  'op.madvise': {
    label: 'madvise',
    what: "zaps the mapping's PTEs in range",
    by: ['madvise_dontneed_single_vma? zap_page_range_single?'],
  },
  'op.madvise:remove': {
    label: 'madvise',
    what: 'punches a hole into the file behind the range',
    by: ['madvise_remove? vfs_fallocate?'],
  },
  // The layout leases and file flags of the proposals are in no kernel.
  'op.setlease': { label: 'lease', what: 'takes a layout lease on the file' },
  'op.unlease': { label: 'unlease', what: 'gives the lease up' },
  'op.set': { label: 'set', what: 'sets the flag of the file' },
  'lease.grace': { label: 'grace', what: 'the grace period is over: leases that were recalled are removed' },
  'op.share_uverbs': { label: 'share', what: 'passes the uverbs handle to another process' },
  'op.wait': { label: 'wait', what: 'does nothing: a moment to look at' },
  'op.kill': { label: 'kill', what: 'sends SIGKILL' },
  'op.signal': { label: 'signal', what: 'sends a signal' },
  'op.void': { label: 'void', what: 'does nothing: its object was never made' },
  'op.gone': { label: 'gone', what: 'does nothing: its actor is dead' },
  'op.held': { label: 'held', what: 'is held back: its actor is asleep' },
  'op.reg_mr': refusedAtOnce('check'),
  'op.dereg_mr': refusedAtOnce('dereg'),
  'op.rdma_read': refusedAtOnce('post'),
  'op.rdma_write': refusedAtOnce('post'),
  'op.post_read': refusedAtOnce('post'),
  'op.post_write': refusedAtOnce('post'),
  'op.complete': refusedAtOnce('done'),
  'op.dio_write': refusedAtOnce('pin'),
  'op.dio_read': refusedAtOnce('pin'),
  'op.dio_end': refusedAtOnce('done'),
  'op.peek': refusedAtOnce('peek'),
  'op.pipe_read': refusedAtOnce('read'),
  'op.pread': refusedAtOnce('pread'),
  'op.pwrite': refusedAtOnce('pwrite'),
  'op.pwrite_direct': refusedAtOnce('pwrite'),
  'op.ftruncate': refusedAtOnce('trunc'),
  'op.fallocate': refusedAtOnce('falloc'),
  'op.reflink': refusedAtOnce('clone'),
  'op.dedupe': refusedAtOnce('dedupe'),
  'op.exit': refusedAtOnce('exit'),
  'op.enoent': { label: 'ENOENT', what: 'finds no file of that name' },

  'exit.threads': {
    label: 'threads',
    what: 'all threads of the process end',
    by: ['do_group_exit zap_other_threads', 'do_group_exit? zap_other_threads?'],
  },
  'exit.mm': {
    label: 'mm',
    what: 'exit_mm: the mappings, their PTEs and MMU notifiers go',
    by: ['exit_mm exit_mmap?'],
  },
  'exit.files': {
    label: 'files',
    what: 'the open files close; the last close of a uverbs handle destroys its MRs',
    by: ['exit_files exit_task_work ib_uverbs_close?', 'exit_files exit_task_work ib_uverbs_close'],
  },
  'exit.evict': {
    label: 'evict',
    what: 'evicts inodes that nothing refers to any more',
    by: src6('__fput iput evict'),
  },
};
