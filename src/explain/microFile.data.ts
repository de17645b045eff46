/** Micro-steps of pread, pwrite and evict. */
import type { MicroTable } from './microRow.ts';

export const FILE_CALLS: MicroTable = {
  // A DAX device refuses both before any lock; that was not looked up.
  'pread.start': { label: 'check', what: 'asks whether this can be read: a DAX device can only be mapped' },
  'pwrite.start': { label: 'check', what: 'asks whether this can be written: a DAX device can only be mapped' },
  'pread.lock': {
    label: 'lock i',
    what: 'takes i_rwsem shared',
    by: ['xfs_file_read_iter? xfs_file_dax_read? xfs_ilock', 'xfs_file_read_iter* xfs_file_dax_read* xfs_ilock*'],
    ext4: ['ext4_file_read_iter? ext4_dax_read_iter?', 'ext4_file_read_iter* ext4_dax_read_iter'],
  },
  'pread.read': {
    label: 'read',
    what: 'copies from the block',
    by: ['dax_iomap_rw dax_iomap_iter dax_copy_to_iter'],
    dax: true,
  },
  'pread.unlock': {
    label: 'unlock',
    what: 'drops i_rwsem',
    by: ['xfs_file_dax_read? xfs_iunlock', 'xfs_file_dax_read xfs_iunlock'],
    ext4: ['ext4_dax_read_iter?', 'ext4_dax_read_iter'],
  },
  // The layout leases of the proposals are in no kernel.
  'pwrite.lease': {
    label: 'lease',
    what: 'meets the lease of another process, before any lock',
  },
  'pwrite.lock': {
    label: 'lock i',
    what: 'takes i_rwsem exclusive',
    by: ['xfs_file_write_iter xfs_file_dax_write xfs_ilock', 'xfs_file_write_iter xfs_file_dax_write* xfs_ilock*'],
    ext4: ['ext4_file_write_iter? ext4_dax_write_iter?', 'ext4_file_write_iter* ext4_dax_write_iter'],
  },
  'pwrite.write': {
    label: 'write',
    what: 'copies into the block, in place',
    by: ['dax_iomap_rw dax_iomap_iter dax_copy_from_iter'],
    dax: true,
  },
  'pwrite.flush': {
    label: 'flush',
    what: 'for O_DIRECT, writes the cached page back, unmaps it everywhere and drops it, pinned or not',
  },
  'pwrite.alloc': {
    label: 'alloc',
    what: 'allocates a block for the index',
    by: ['xfs_direct_write_iomap_begin'],
    ext4: ['ext4_dax_write_iter? dax_iomap_rw', 'ext4_dax_write_iter dax_iomap_rw'],
    dax: true,
  },
  'pwrite.zap': {
    label: 'zap',
    what: 'zaps every PTE of the file at that index and drops its DAX entry',
    by: ['dax_iomap_iter invalidate_inode_pages2_range'],
    dax: true,
  },
  'pwrite.copy': {
    label: 'copy',
    what: 'fills the new block: the rest of the old one, then the new data',
    by: ['dax_iomap_copy_around dax_copy_from_iter', undefined, 'dax_iomap_cow_copy dax_copy_from_iter'],
    dax: true,
  },
  'pwrite.remap': {
    label: 'move',
    what: "the file's map takes the new block; a shared old one loses a reference",
    by: ['xfs_dax_write_iomap_end xfs_reflink_end_cow'],
    dax: true,
  },
  'pwrite.wait': {
    label: 'wait',
    what: 'waits for the pins of the block that it would leave (write.onPin)',
  },
  'pwrite.refused': {
    label: 'refused',
    what: 'is refused, as it would leave a pinned block (write.onPin)',
  },
  'pwrite.unlock': {
    label: 'unlock',
    what: 'drops i_rwsem',
    by: ['xfs_file_dax_write xfs_iunlock'],
    ext4: ['ext4_dax_write_iter?', 'ext4_dax_write_iter'],
  },

  'evict.wait': {
    label: 'wait',
    what: 'the last reference is gone: waits for pins, uninterruptibly',
    by: ['xfs_fs_evict_inode+ dax_break_layout_final wait_page_idle_uninterruptible', ''],
    ext4: ['ext4_evict_inode+ dax_break_layout_final wait_page_idle_uninterruptible', ''],
    dax: true,
  },
  'evict.free': {
    label: 'evict',
    what: 'drops the DAX entries and frees the blocks',
    by: [
      'truncate_inode_pages_final xfs_inactive? xfs_itruncate_extents?',
      'truncate_inode_pages_final xfs_inactive xfs_itruncate_extents?',
    ],
    ext4: ['ext4_evict_inode? ext4_truncate ext4_free_inode?', 'ext4_evict_inode ext4_truncate ext4_free_inode'],
  },
};
