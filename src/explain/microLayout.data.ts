/** Micro-steps of the operations that change which blocks a file has: ftruncate, fallocate, FICLONE, dedupe. */
import type { Columns, MicroTable } from './microRow.ts';
import { src6 } from './microRow.ts';

const PUT_BACK: Columns = ['filemap_invalidate_unlock inode_unlock'];

const LAYOUT: MicroTable = {
  'layout.knobs': {
    label: 'check',
    what: 'asks whether the file system offers this, before any lock',
  },
  // The layout leases of the proposals are in no kernel.
  'layout.lease': {
    label: 'lease',
    what: 'meets the lease of another process, before any lock',
  },
  'layout.t1:ftruncate': {
    label: 'lock i',
    what: 't1: takes i_rwsem exclusive',
    by: ['do_truncate?', 'do_truncate*'],
  },
  'layout.t1': {
    label: 'lock i',
    what: 't1: takes i_rwsem exclusive',
    by: ['xfs_file_fallocate __xfs_file_fallocate xfs_ilock', 'xfs_file_fallocate* xfs_ilock*'],
    ext4: ['ext4_fallocate', 'ext4_fallocate*'],
  },
  'layout.t2:ftruncate': {
    label: 'lock m',
    what: 't2: takes invalidate_lock exclusive',
    by: ['xfs_vn_setattr xfs_ilock', 'xfs_vn_setattr* xfs_ilock'],
    ext4: ['ext4_setattr? filemap_invalidate_lock?', 'ext4_setattr* filemap_invalidate_lock'],
  },
  'layout.t2': {
    label: 'lock m',
    what: 't2: takes invalidate_lock exclusive',
    by: ['__xfs_file_fallocate xfs_ilock', 'xfs_file_fallocate* xfs_ilock*'],
    ext4: ['ext4_fallocate filemap_invalidate_lock', 'ext4_fallocate* filemap_invalidate_lock'],
  },
  'layout.t3': {
    label: 'zap',
    what: "t3: zaps the file's PTEs in scope, in every process; the MMU notifier runs",
    by: [
      'xfs_break_dax_layouts dax_layout_busy_page_range unmap_mapping_pages',
      'xfs_break_dax_layouts* dax_layout_busy_page unmap_mapping_pages',
    ],
    ext4: [
      'ext4_break_layouts dax_layout_busy_page_range unmap_mapping_pages',
      'ext4_break_layouts* dax_layout_busy_page unmap_mapping_pages',
    ],
    dax: true,
  },
  'layout.t4': {
    label: 'scan',
    what: 't4: looks through the DAX entries in scope for a pinned block',
    by: [
      'dax_break_layout dax_layout_busy_page_range dax_busy_page',
      'xfs_break_dax_layouts* dax_layout_busy_page_range dax_busy_page',
    ],
    ext4: [
      'dax_break_layout dax_layout_busy_page_range dax_busy_page',
      'ext4_break_layouts* dax_layout_busy_page_range dax_busy_page',
    ],
    dax: true,
  },
  'layout.t5:ftruncate': {
    label: 'size',
    what: 't5: sets the size and drops the entries past it',
    by: ['xfs_vn_setattr_size truncate_setsize?', 'xfs_setattr_size truncate_setsize'],
    ext4: ['ext4_setattr? truncate_pagecache?', 'ext4_setattr* truncate_pagecache'],
  },
  'layout.t5:alloc': {
    label: 'times',
    what: 't5: waits for direct I/O and sets the times; no page has to go',
    by: ['inode_dio_wait file_modified'],
  },
  'layout.t5:insert': {
    label: 'size',
    what: 't5: the size grows first, and the DAX entries in range go',
    by: ['inode_dio_wait xfs_falloc_setsize', undefined, 'inode_dio_wait xfs_vn_setattr_size'],
    ext4: src6('ext4_insert_range'),
  },
  'layout.t5:punch': {
    label: 'drop',
    what: 't5: drops the DAX entries in range',
    by: ['inode_dio_wait xfs_flush_unmap_range?', 'inode_dio_wait xfs_flush_unmap_range'],
    ext4: [
      'ext4_punch_hole ext4_truncate_page_cache_block_range',
      undefined,
      'ext4_punch_hole truncate_pagecache_range',
    ],
  },
  'layout.t5': {
    label: 'drop',
    what: 't5: drops the DAX entries in range',
    by: ['inode_dio_wait xfs_flush_unmap_range?', 'inode_dio_wait xfs_flush_unmap_range'],
  },
  'layout.t6:ftruncate': {
    label: 'free',
    what: 't6: removes the extents past the size; a block without owner is freed',
    by: [
      'xfs_itruncate_extents xfs_bunmapi_range?',
      'xfs_itruncate_extents xfs_bunmapi_range',
      'xfs_itruncate_extents __xfs_bunmapi',
    ],
    ext4: [
      'ext4_truncate ext4_ext_truncate ext4_ext_remove_space?',
      'ext4_truncate ext4_ext_truncate ext4_ext_remove_space',
    ],
  },
  'layout.t6:punch': {
    label: 'free',
    what: 't6: removes the extents in range; a block without owner is freed',
    by: ['xfs_free_file_space xfs_unmap_extent? xfs_bunmapi?', 'xfs_free_file_space xfs_unmap_extent xfs_bunmapi'],
    ext4: ['ext4_punch_hole ext4_ext_remove_space'],
  },
  'layout.t6:zero': {
    label: 'zero',
    what: 't6: puts unwritten blocks into the range, then grows the size if the range goes past it',
    by: [
      'xfs_falloc_zero_range xfs_free_file_space xfs_alloc_file_space xfs_falloc_setsize',
      undefined,
      'xfs_free_file_space xfs_alloc_file_space xfs_vn_setattr_size',
    ],
    ext4: src6('ext4_zero_range ext4_alloc_file_blocks'),
  },
  'layout.t6:alloc': {
    label: 'alloc',
    what: 't6: fills the holes in range with unwritten blocks, then grows the size if the range goes past it',
    by: [
      'xfs_falloc_allocate_range xfs_alloc_file_space xfs_bmapi_write xfs_falloc_setsize',
      undefined,
      'xfs_alloc_file_space xfs_bmapi_write xfs_vn_setattr_size',
    ],
    ext4: ['ext4_do_fallocate ext4_alloc_file_blocks', undefined, 'ext4_fallocate ext4_alloc_file_blocks'],
  },
  'layout.t6:collapse': {
    label: 'shift',
    what: 't6: removes the extents in range, shifts those behind it to the left, and the size shrinks',
    by: [
      'xfs_collapse_file_space xfs_bmap_collapse_extents xfs_falloc_setsize',
      undefined,
      'xfs_collapse_file_space xfs_bmap_collapse_extents xfs_vn_setattr_size',
    ],
    ext4: [
      'ext4_collapse_range? ext4_ext_remove_space? ext4_ext_shift_extents',
      'ext4_collapse_range ext4_ext_remove_space ext4_ext_shift_extents',
    ],
  },
  'layout.t6:insert': {
    label: 'shift',
    what: 't6: shifts the extents from the offset on to the right',
    by: ['xfs_insert_file_space xfs_prepare_shift xfs_bmap_insert_extents'],
    ext4: ['ext4_insert_range? ext4_ext_shift_extents', 'ext4_insert_range ext4_ext_shift_extents'],
  },
  'layout.t6:unshare': {
    label: 'copy',
    what: 't6: copies the shared blocks in range, and fills its holes with unwritten ones',
    by: ['xfs_reflink_unshare dax_file_unshare xfs_alloc_file_space'],
  },
  'layout.t7:ftruncate': {
    label: 'unlock',
    what: 't7: drops invalidate_lock and i_rwsem',
    by: ['xfs_trans_commit xfs_iunlock'],
    ext4: PUT_BACK,
  },
  'layout.t7': {
    label: 'unlock',
    what: 't7: drops invalidate_lock and i_rwsem',
    by: ['xfs_iunlock'],
    ext4: PUT_BACK,
  },
};

const CLONE: MicroTable = {
  'reflink.knobs': {
    label: 'check',
    what: 'asks whether the file system offers reflink, before any lock',
  },
  'reflink.lease': {
    label: 'lease',
    what: 'meets the lease of another process, before any lock',
  },
  'reflink.r1': {
    label: 'lock i',
    what: 'r1: takes i_rwsem of both files, exclusive',
    by: [
      'xfs_reflink_remap_prep xfs_ilock2_io_mmap xfs_iolock_two_inodes_and_break_layout',
      'xfs_reflink_remap_prep* xfs_ilock2_io_mmap* xfs_iolock_two_inodes_and_break_layout',
    ],
  },
  'reflink.r2': {
    label: 'lock m',
    what: 'r2: takes invalidate_lock of the file with the lower inode number',
    by: [
      'xfs_ilock2_io_mmap xfs_mmaplock_two_inodes_and_break_dax_layout',
      'xfs_ilock2_io_mmap* xfs_mmaplock_two_inodes_and_break_dax_layout',
    ],
    dax: true,
  },
  'reflink.scan2': {
    label: 'scan',
    what: 'r2: zaps the PTEs of that file and looks through its DAX entries for a pinned block',
    by: [
      'xfs_break_dax_layouts dax_break_layout_inode dax_layout_busy_page_range',
      'xfs_break_dax_layouts* dax_layout_busy_page',
    ],
    dax: true,
  },
  'reflink.r3': {
    label: 'test',
    what: 'r3: takes invalidate_lock of the other file and tests it for a pinned block, without sleeping',
    by: [
      'xfs_mmaplock_two_inodes_and_break_dax_layout dax_break_layout',
      'xfs_mmaplock_two_inodes_and_break_dax_layout dax_layout_busy_page',
    ],
    dax: true,
  },
  'reflink.r4': {
    label: 'share',
    what: "r4: drops the destination's blocks in range and shares the source's",
    by: ['xfs_reflink_remap_blocks xfs_reflink_remap_extent'],
  },
  'reflink.r5': {
    label: 'unlock',
    what: 'r5: drops all four locks',
    by: ['xfs_iunlock2_remapping'],
  },
};

export const LAYOUT_CALLS: MicroTable = { ...LAYOUT, ...CLONE };
