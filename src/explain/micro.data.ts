/**
 * Every micro-step: its label on the timeline, what it does, and the kernel functions that do it.
 *
 * `src`: body read in the source of that kernel; `stack`: seen in a recorded kernel stack; `patch`: read as the text of
 * the merged patch; `mem`: from memory, not verified, and shown as such. Names stand in calling order, outermost first.
 * A step that is work of the NIC, of the CPU or of a policy has none.
 */
import type { Kernel } from '../sim/model/program.ts';

export type Evidence = 'src' | 'stack' | 'patch' | 'mem';
export type KernelFunction = { readonly name: string; readonly evidence: Evidence };
export type FunctionsByKernel = { readonly [K in Kernel]: readonly KernelFunction[] };
export type MicroRow = {
  /** At most 7 characters. */
  readonly label: string;
  readonly what: string;
  readonly functions: FunctionsByKernel;
  /** The functions are those of a DAX file; a page-cache file goes another way. */
  readonly dax?: true;
};

const named = (evidence: Evidence, names: readonly string[]): readonly KernelFunction[] =>
  names.map((name) => ({ name, evidence }));
const src = (...names: string[]) => named('src', names);
const stack = (...names: string[]) => named('stack', names);
const patch = (...names: string[]) => named('patch', names);
const mem = (...names: string[]) => named('mem', names);

const both = (functions: readonly KernelFunction[]): FunctionsByKernel => ({ '7.0': functions, '6.12': functions });
const none = both([]);
/** Read in the 6.12 source; the 7.0 name is from memory. */
const src6 = (...names: string[]): FunctionsByKernel => ({ '7.0': mem(...names), '6.12': src(...names) });

const SCAN_7 = src('dax_break_layout', 'dax_layout_busy_page_range', 'dax_busy_page');
const SCAN_6 = [...stack('xfs_break_dax_layouts'), ...src('dax_layout_busy_page_range', 'dax_busy_page')];

/** A call that fails on its arguments stays in its own first step. */
const refusedAtOnce = (label: string): MicroRow => ({ label, what: 'fails before it begins', functions: none });

/** Keyed by micro-step id; `id:variant` where the operation makes a difference. */
export const MICROS: Readonly<Record<string, MicroRow>> = {
  'op.mmap': {
    label: 'mmap',
    what: 'makes the VMA; no PTEs yet',
    functions: {
      '7.0': [...mem('do_mmap', 'mmap_region'), ...src('xfs_file_mmap_prepare')],
      '6.12': [...mem('do_mmap', 'mmap_region'), ...src('xfs_file_mmap')],
    },
  },
  'op.munmap': {
    label: 'munmap',
    what: "zaps the VMA's PTEs, calls the MMU notifier, drops the file reference",
    functions: both(mem('__vm_munmap', 'unmap_region', 'unmap_vmas')),
  },
  'op.create': { label: 'create', what: 'makes an empty inode under the name', functions: none },
  'op.unlink': {
    label: 'unlink',
    what: 'removes the name; the inode lives while it is open or mapped',
    functions: both(mem('vfs_unlink', 'xfs_vn_unlink', 'xfs_remove')),
  },
  'op.open': { label: 'open', what: 'takes a reference to the inode', functions: src6('do_dentry_open') },
  'op.close': { label: 'close', what: 'drops the reference to the inode', functions: src6('filp_close', '__fput') },
  'op.sync': { label: 'sync', what: 'commits the log', functions: both(mem('xfs_fs_sync_fs', 'xfs_log_force')) },
  'op.fsync': {
    label: 'fsync',
    what: 'write-protects and cleans dirty PTEs, then commits the log',
    functions: {
      '7.0': [...mem('xfs_file_fsync'), ...src('dax_writeback_mapping_range', 'dax_writeback_one')],
      '6.12': src('xfs_file_fsync', 'dax_writeback_mapping_range', 'dax_writeback_one'),
    },
  },
  'op.wait': { label: 'wait', what: 'does nothing: a moment to look at', functions: none },
  'op.kill': { label: 'kill', what: 'sends SIGKILL', functions: none },
  'op.signal': { label: 'signal', what: 'sends a signal', functions: none },
  'op.void': { label: 'void', what: 'does nothing: its object was never made', functions: none },
  'op.gone': { label: 'gone', what: 'does nothing: its actor is dead', functions: none },
  'op.held': { label: 'held', what: 'is held back: its actor is asleep', functions: none },
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
  'op.ftruncate': refusedAtOnce('trunc'),
  'op.fallocate': refusedAtOnce('falloc'),
  'op.reflink': refusedAtOnce('clone'),
  'op.exit': refusedAtOnce('exit'),
  'op.enoent': { label: 'ENOENT', what: 'finds no file of that name', functions: none },

  'load.lock': {
    label: 'fault',
    what: 'the page fault takes invalidate_lock shared',
    functions: {
      '7.0': src('xfs_filemap_fault', 'xfs_dax_read_fault', 'xfs_ilock'),
      '6.12': src('__xfs_filemap_fault', 'xfs_dax_read_fault', 'xfs_ilock'),
    },
  },
  'load.eof': {
    label: 'SIGBUS',
    what: 'the index is past the size',
    functions: both(src('dax_iomap_fault', 'dax_iomap_pte_fault')),
    dax: true,
  },
  'load.hole': {
    label: 'zero',
    what: 'maps the zero page read-only',
    functions: {
      '7.0': src('dax_load_hole', 'dax_insert_entry', 'vmf_insert_page_mkwrite'),
      '6.12': src('dax_load_hole', 'dax_insert_entry', 'vmf_insert_mixed'),
    },
    dax: true,
  },
  'load.sharedZap': {
    label: 'zap',
    what: "zaps the file's other PTEs of a shared block",
    functions: both(src('dax_insert_entry', 'unmap_mapping_pages')),
    dax: true,
  },
  'load.block': {
    label: 'map',
    what: 'adds the DAX entry and maps the block read-only',
    functions: {
      '7.0': src('dax_fault_iter', 'dax_insert_entry', 'vmf_insert_page_mkwrite'),
      '6.12': src('dax_fault_iter', 'dax_insert_entry', 'vmf_insert_mixed'),
    },
    dax: true,
  },
  'load.cache': { label: 'cache', what: 'finds or reads the page-cache page and maps it', functions: none },
  'load.unlock': {
    label: 'unlock',
    what: 'drops invalidate_lock; the load is tried again',
    functions: both(src('dax_unlock_entry', 'xfs_iunlock')),
  },
  'op.load': { label: 'load', what: 'the CPU reads through the PTE', functions: none },

  'store.lock': {
    label: 'fault',
    what: 'the write fault takes invalidate_lock shared',
    functions: {
      '7.0': src('xfs_write_fault', '__xfs_write_fault', 'xfs_ilock'),
      '6.12': src('__xfs_filemap_fault', 'xfs_write_fault', 'xfs_ilock'),
    },
  },
  'store.eof': {
    label: 'SIGBUS',
    what: 'the index is past the size',
    functions: both(src('dax_iomap_fault', 'dax_iomap_pte_fault')),
    dax: true,
  },
  'store.map': {
    label: 'map',
    what: 'adds the DAX entry and maps the block writable',
    functions: {
      '7.0': src('xfs_direct_write_iomap_begin', 'dax_insert_entry', 'vmf_insert_page_mkwrite'),
      '6.12': src('xfs_direct_write_iomap_begin', 'dax_insert_entry', 'vmf_insert_mixed_mkwrite'),
    },
    dax: true,
  },
  'store.alloc': {
    label: 'alloc',
    what: 'allocates a zeroed block, or converts the unwritten one',
    functions: {
      '7.0': [...src('xfs_direct_write_iomap_begin', 'xfs_iomap_write_direct'), ...mem('xfs_bmapi_write')],
      '6.12': src('xfs_direct_write_iomap_begin', 'xfs_iomap_write_direct', 'xfs_bmapi_write'),
    },
    dax: true,
  },
  'store.zap': {
    label: 'zap',
    what: 'zaps every PTE of the file at that index: zero pages; the MMU notifier runs',
    functions: both(src('dax_insert_entry', 'unmap_mapping_pages')),
    dax: true,
  },
  'store.entry': {
    label: 'map',
    what: 'adds the DAX entry and maps the block writable',
    functions: {
      '7.0': src('dax_insert_entry', 'dax_associate_entry', 'vmf_insert_page_mkwrite'),
      '6.12': src('dax_insert_entry', 'dax_associate_entry', 'vmf_insert_mixed_mkwrite'),
    },
    dax: true,
  },
  'store.c1': {
    label: 'alloc',
    what: 'c1: allocates the new block in the COW fork',
    functions: both(src('xfs_direct_write_iomap_begin', 'xfs_reflink_allocate_cow')),
    dax: true,
  },
  'store.c2': {
    label: 'zap',
    what: 'c2: zaps every PTE of the file at that index, in every process; the MMU notifier runs',
    functions: {
      '7.0': [...src('dax_insert_entry', 'unmap_mapping_pages'), ...mem('zap_page_range_single')],
      '6.12': src('dax_insert_entry', 'unmap_mapping_pages', 'zap_page_range_single'),
    },
    dax: true,
  },
  'store.c3': {
    label: 'entry',
    what: 'c3: the DAX entry changes to the new block',
    functions: both(src('dax_insert_entry', 'dax_disassociate_entry', 'dax_associate_entry')),
    dax: true,
  },
  'store.c4': {
    label: 'copy',
    what: 'c4: copies the old block to the new one',
    functions: both(src('dax_iomap_copy_around')),
    dax: true,
  },
  'store.c5': {
    label: 'map',
    what: 'c5: maps the new block writable',
    functions: { '7.0': src('vmf_insert_page_mkwrite'), '6.12': src('vmf_insert_mixed_mkwrite') },
    dax: true,
  },
  'store.c6': {
    label: 'move',
    what: "c6: the file's map takes the new block; the old one loses a reference",
    functions: {
      '7.0': src('xfs_dax_write_iomap_end', 'xfs_reflink_end_cow', 'xfs_reflink_end_cow_extent_locked'),
      '6.12': src('xfs_dax_write_iomap_end', 'xfs_reflink_end_cow', 'xfs_reflink_end_cow_extent'),
    },
    dax: true,
  },
  'store.wait': {
    label: 'wait',
    what: 'waits for the pins of the block that it would leave (write.onPin)',
    functions: none,
  },
  'store.refused': {
    label: 'refused',
    what: 'is refused, as it would leave a pinned block (write.onPin)',
    functions: none,
  },
  'store.cache': { label: 'cache', what: 'finds or reads the page-cache page and maps it writable', functions: none },
  'store.unlock': {
    label: 'unlock',
    what: 'drops invalidate_lock; the store is tried again',
    functions: both(src('dax_unlock_entry', 'xfs_iunlock')),
  },
  'op.store': { label: 'write', what: 'the CPU writes through the PTE', functions: none },

  'pread.lock': {
    label: 'lock i',
    what: 'takes i_rwsem shared',
    functions: {
      '7.0': [...mem('xfs_file_read_iter', 'xfs_file_dax_read'), ...src('xfs_ilock')],
      '6.12': stack('xfs_file_read_iter', 'xfs_file_dax_read', 'xfs_ilock'),
    },
  },
  'pread.read': {
    label: 'read',
    what: 'copies from the block',
    functions: both(src('dax_iomap_rw', 'dax_iomap_iter', 'dax_copy_to_iter')),
    dax: true,
  },
  'pread.unlock': {
    label: 'unlock',
    what: 'drops i_rwsem',
    functions: {
      '7.0': [...mem('xfs_file_dax_read'), ...src('xfs_iunlock')],
      '6.12': src('xfs_file_dax_read', 'xfs_iunlock'),
    },
  },
  'pwrite.lock': {
    label: 'lock i',
    what: 'takes i_rwsem exclusive',
    functions: {
      '7.0': src('xfs_file_write_iter', 'xfs_file_dax_write', 'xfs_ilock'),
      '6.12': [...src('xfs_file_write_iter'), ...stack('xfs_file_dax_write', 'xfs_ilock')],
    },
  },
  'pwrite.write': {
    label: 'write',
    what: 'copies into the block, in place',
    functions: both(src('dax_iomap_rw', 'dax_iomap_iter', 'dax_copy_from_iter')),
    dax: true,
  },
  'pwrite.alloc': {
    label: 'alloc',
    what: 'allocates a block for the index',
    functions: both(src('xfs_direct_write_iomap_begin')),
    dax: true,
  },
  'pwrite.zap': {
    label: 'zap',
    what: 'zaps every PTE of the file at that index and drops its DAX entry',
    functions: both(src('dax_iomap_iter', 'invalidate_inode_pages2_range')),
    dax: true,
  },
  'pwrite.copy': {
    label: 'copy',
    what: 'fills the new block: the rest of the old one, then the new data',
    functions: both(src('dax_iomap_copy_around', 'dax_copy_from_iter')),
    dax: true,
  },
  'pwrite.remap': {
    label: 'move',
    what: "the file's map takes the new block; a shared old one loses a reference",
    functions: both(src('xfs_dax_write_iomap_end', 'xfs_reflink_end_cow')),
    dax: true,
  },
  'pwrite.wait': {
    label: 'wait',
    what: 'waits for the pins of the block that it would leave (write.onPin)',
    functions: none,
  },
  'pwrite.refused': {
    label: 'refused',
    what: 'is refused, as it would leave a pinned block (write.onPin)',
    functions: none,
  },
  'pwrite.unlock': {
    label: 'unlock',
    what: 'drops i_rwsem',
    functions: both(src('xfs_file_dax_write', 'xfs_iunlock')),
  },

  'layout.knobs': {
    label: 'check',
    what: 'asks whether the file system offers this, before any lock',
    functions: none,
  },
  'layout.t1:ftruncate': {
    label: 'lock i',
    what: 't1: takes i_rwsem exclusive',
    functions: { '7.0': mem('do_truncate'), '6.12': stack('do_truncate') },
  },
  'layout.t1': {
    label: 'lock i',
    what: 't1: takes i_rwsem exclusive',
    functions: {
      '7.0': src('xfs_file_fallocate', '__xfs_file_fallocate', 'xfs_ilock'),
      '6.12': stack('xfs_file_fallocate', 'xfs_ilock'),
    },
  },
  'layout.t2:ftruncate': {
    label: 'lock m',
    what: 't2: takes invalidate_lock exclusive',
    functions: { '7.0': src('xfs_vn_setattr', 'xfs_ilock'), '6.12': [...stack('xfs_vn_setattr'), ...src('xfs_ilock')] },
  },
  'layout.t2': {
    label: 'lock m',
    what: 't2: takes invalidate_lock exclusive',
    functions: { '7.0': src('__xfs_file_fallocate', 'xfs_ilock'), '6.12': stack('xfs_file_fallocate', 'xfs_ilock') },
  },
  'layout.t3': {
    label: 'zap',
    what: "t3: zaps the file's PTEs in scope, in every process; the MMU notifier runs",
    functions: {
      '7.0': src('xfs_break_dax_layouts', 'dax_layout_busy_page_range', 'unmap_mapping_pages'),
      '6.12': [...stack('xfs_break_dax_layouts'), ...src('dax_layout_busy_page', 'unmap_mapping_pages')],
    },
    dax: true,
  },
  'layout.t4': {
    label: 'scan',
    what: 't4: looks through the DAX entries in scope for a pinned block',
    functions: { '7.0': SCAN_7, '6.12': SCAN_6 },
    dax: true,
  },
  'layout.t5:ftruncate': {
    label: 'size',
    what: 't5: sets the size and drops the entries past it',
    functions: {
      '7.0': [...src('xfs_vn_setattr_size'), ...mem('truncate_setsize')],
      '6.12': src('xfs_setattr_size', 'truncate_setsize'),
    },
  },
  'layout.t5:alloc': {
    label: 'times',
    what: 't5: waits for direct I/O and sets the times; no page has to go',
    functions: both(src('inode_dio_wait', 'file_modified')),
  },
  'layout.t5': {
    label: 'drop',
    what: 't5: drops the DAX entries in range',
    functions: {
      '7.0': [...src('inode_dio_wait'), ...mem('xfs_flush_unmap_range')],
      '6.12': src('inode_dio_wait', 'xfs_flush_unmap_range'),
    },
  },
  'layout.t6:ftruncate': {
    label: 'free',
    what: 't6: removes the extents past the size; a block without owner is freed',
    functions: {
      '7.0': [...src('xfs_itruncate_extents'), ...mem('xfs_bunmapi_range')],
      '6.12': src('xfs_itruncate_extents', 'xfs_bunmapi_range'),
    },
  },
  'layout.t6:punch': {
    label: 'free',
    what: 't6: removes the extents in range; a block without owner is freed',
    functions: {
      '7.0': [...src('xfs_free_file_space'), ...mem('xfs_unmap_extent', 'xfs_bunmapi')],
      '6.12': src('xfs_free_file_space', 'xfs_unmap_extent', 'xfs_bunmapi'),
    },
  },
  'layout.t6:zero': {
    label: 'zero',
    what: 't6: frees the blocks in range and puts new unwritten ones there, then grows the size if the range goes past it',
    functions: both(src('xfs_falloc_zero_range', 'xfs_free_file_space', 'xfs_alloc_file_space', 'xfs_falloc_setsize')),
  },
  'layout.t6:alloc': {
    label: 'alloc',
    what: 't6: fills the holes in range with unwritten blocks, then grows the size if the range goes past it',
    functions: both(src('xfs_falloc_allocate_range', 'xfs_alloc_file_space', 'xfs_bmapi_write', 'xfs_falloc_setsize')),
  },
  'layout.t7:ftruncate': {
    label: 'unlock',
    what: 't7: drops invalidate_lock and i_rwsem',
    functions: both(src('xfs_trans_commit', 'xfs_iunlock')),
  },
  'layout.t7': {
    label: 'unlock',
    what: 't7: drops invalidate_lock and i_rwsem',
    functions: both(src('xfs_iunlock')),
  },

  'reflink.knobs': {
    label: 'check',
    what: 'asks whether the file system offers reflink, before any lock',
    functions: none,
  },
  'reflink.r1': {
    label: 'lock i',
    what: 'r1: takes i_rwsem of both files, exclusive',
    functions: {
      '7.0': src('xfs_reflink_remap_prep', 'xfs_ilock2_io_mmap', 'xfs_iolock_two_inodes_and_break_layout'),
      '6.12': [
        ...stack('xfs_reflink_remap_prep', 'xfs_ilock2_io_mmap'),
        ...src('xfs_iolock_two_inodes_and_break_layout'),
      ],
    },
  },
  'reflink.r2': {
    label: 'lock m',
    what: 'r2: takes invalidate_lock of the file with the lower inode number',
    functions: {
      '7.0': src('xfs_ilock2_io_mmap', 'xfs_mmaplock_two_inodes_and_break_dax_layout'),
      '6.12': [...stack('xfs_ilock2_io_mmap'), ...src('xfs_mmaplock_two_inodes_and_break_dax_layout')],
    },
    dax: true,
  },
  'reflink.scan2': {
    label: 'scan',
    what: 'r2: zaps the PTEs of that file and looks through its DAX entries for a pinned block',
    functions: {
      '7.0': src('xfs_break_dax_layouts', 'dax_break_layout_inode', 'dax_layout_busy_page_range'),
      '6.12': [...stack('xfs_break_dax_layouts'), ...src('dax_layout_busy_page')],
    },
    dax: true,
  },
  'reflink.r3': {
    label: 'test',
    what: 'r3: takes invalidate_lock of the other file and tests it for a pinned block, without sleeping',
    functions: {
      '7.0': src('xfs_mmaplock_two_inodes_and_break_dax_layout', 'dax_break_layout'),
      '6.12': src('xfs_mmaplock_two_inodes_and_break_dax_layout', 'dax_layout_busy_page'),
    },
    dax: true,
  },
  'reflink.r4': {
    label: 'share',
    what: "r4: drops the destination's blocks in range and shares the source's",
    functions: both(src('xfs_reflink_remap_blocks', 'xfs_reflink_remap_extent')),
  },
  'reflink.r5': {
    label: 'unlock',
    what: 'r5: drops all four locks',
    functions: both(src('xfs_iunlock2_remapping')),
  },

  'evict.wait': {
    label: 'wait',
    what: 'the last reference is gone: waits for pins, uninterruptibly',
    functions: {
      '7.0': [...patch('xfs_fs_evict_inode'), ...src('dax_break_layout_final', 'wait_page_idle_uninterruptible')],
      '6.12': [],
    },
    dax: true,
  },
  'evict.free': {
    label: 'evict',
    what: 'drops the DAX entries and frees the blocks',
    functions: {
      '7.0': [...src('truncate_inode_pages_final'), ...mem('xfs_inactive', 'xfs_itruncate_extents')],
      '6.12': [...src('truncate_inode_pages_final', 'xfs_inactive'), ...mem('xfs_itruncate_extents')],
    },
  },

  'op.g1': { label: 'check', what: 'g1: checks the access flags', functions: src6('ib_check_mr_access') },
  'op.g2': {
    label: 'admit',
    what: 'g2: asks whether this memory may be pinned longterm',
    functions: both(src('check_vma_flags', 'vma_is_fsdax', 'writable_file_mapping_allowed')),
  },
  'op.g2:odp': {
    label: 'admit',
    what: 'g2: asks whether the NIC can page on demand',
    functions: src6('ib_check_mr_access'),
  },
  'op.g3': {
    label: 'pin',
    what: 'g3: pins the page that the mapping has there now',
    functions: {
      '7.0': src('__ib_umem_get_va', 'pin_user_pages_fast'),
      '6.12': src('ib_umem_get', 'pin_user_pages_fast'),
    },
  },
  'op.g4': {
    label: 'MTT',
    what: 'g4: writes the translation table of the NIC',
    functions: {
      '7.0': [...src('ib_dma_map_sgtable_attrs'), ...mem('mlx5r_umr_update_mr_pas')],
      '6.12': src('ib_dma_map_sgtable_attrs', 'mlx5r_umr_update_mr_pas'),
    },
  },
  'op.g4:odp': {
    label: 'MTT',
    what: 'g4: registers the MMU notifier; the translation table is empty',
    functions: src6('ib_umem_odp_get', 'ib_init_umem_odp', 'mmu_interval_notifier_insert'),
  },
  'dereg.d1': {
    label: 'revoke',
    what: 'd1: kills the key and drains DMA in flight',
    functions: both(mem('mlx5_ib_dereg_mr')),
  },
  'dereg.d2': {
    label: 'unpin',
    what: 'd2: unpins the pages, which wakes waiters',
    functions: {
      '7.0': [...src('ib_umem_release', 'unpin_user_page_range_dirty_lock'), ...mem('gup_put_folio')],
      '6.12': src('ib_umem_release', 'unpin_user_page_range_dirty_lock', 'gup_put_folio'),
    },
  },

  'dma.n1': { label: 'post', what: 'n1: the request is posted', functions: none },
  'dma.n2': { label: 'key', what: 'n2: the NIC checks key, bounds and access', functions: none },
  'dma.n3': { label: 'slot', what: 'n3: the NIC translates the slot to a page', functions: none },
  'dma.n3:odp': {
    label: 'slot',
    what: 'n3: the NIC translates the slot; an invalid one faults in the address space of the owner',
    functions: {
      '7.0': [...mem('mlx5_ib_eqe_pf_action', 'pagefault_real_mr'), ...src('ib_umem_odp_map_dma_and_lock')],
      '6.12': [...mem('mlx5_ib_eqe_pf_action'), ...src('pagefault_real_mr', 'ib_umem_odp_map_dma_and_lock')],
    },
  },
  'dma.n4': { label: 'move', what: 'n4: the data moves', functions: none },
  'dma.n4:rdma_read': { label: 'read', what: 'n4: the NIC reads that page, whoever owns it now', functions: none },
  'dma.n4:rdma_write': { label: 'write', what: 'n4: the NIC writes that page, whoever owns it now', functions: none },
  'dma.n5': { label: 'done', what: 'n5: the request completes', functions: none },
  'op.dioPin': {
    label: 'pin',
    what: 'pins the mapped page for O_DIRECT',
    functions: src6('bio_iov_iter_get_pages', 'iov_iter_extract_pages', 'pin_user_pages_fast'),
  },
  'op.dioSubmit': {
    label: 'submit',
    what: 'submits the O_DIRECT transfer',
    functions: src6('iomap_dio_rw', '__iomap_dio_rw', 'iomap_dio_bio_iter'),
  },
  'dma.dioEnd': {
    label: 'done',
    what: 'the transfer ends; the pin goes, which wakes waiters',
    functions: src6('iomap_dio_bio_end_io', 'bio_release_pages', 'unpin_user_folio'),
  },
  'op.vmsplice': {
    label: 'splice',
    what: 'puts a reference to the mapped page into the pipe (FOLL_GET)',
    functions: src6('vmsplice_to_pipe', 'iov_iter_get_pages2', 'get_user_pages_fast'),
  },
  'pipe.peek': {
    label: 'peek',
    what: 'reads the page in the pipe and leaves it there',
    functions: both(mem('do_tee', 'link_pipe')),
  },
  'pipe.read': {
    label: 'read',
    what: 'reads the page and drops its reference, which wakes waiters',
    functions: {
      '7.0': mem('anon_pipe_read', 'page_cache_pipe_buf_release', 'put_page'),
      '6.12': src('pipe_read', 'page_cache_pipe_buf_release', 'put_page'),
    },
  },
  'gup.fault': {
    label: 'GUP',
    what: 'get_user_pages faults the page in',
    functions: both(src('faultin_page', 'handle_mm_fault')),
  },

  'exit.threads': {
    label: 'threads',
    what: 'all threads of the process end',
    functions: both(src('do_group_exit', 'zap_other_threads')),
  },
  'exit.mm': {
    label: 'mm',
    what: 'exit_mm: the mappings, their PTEs and MMU notifiers go',
    functions: both([...src('exit_mm'), ...mem('exit_mmap')]),
  },
  'exit.files': {
    label: 'files',
    what: 'the open files close, the uverbs handle too: its MRs are destroyed',
    functions: {
      '7.0': [...src('exit_files', 'exit_task_work'), ...mem('ib_uverbs_close')],
      '6.12': src('exit_files', 'exit_task_work', 'ib_uverbs_close'),
    },
  },
  'exit.evict': {
    label: 'evict',
    what: 'evicts inodes that nothing refers to any more',
    functions: src6('__fput', 'iput', 'evict'),
  },
};

/** What a sleeper sits in. */
export const WAIT_FUNCTIONS: { readonly [W in 'pin' | 'write' | 'evict' | 'spin' | 'threads']: FunctionsByKernel } = {
  pin: { '7.0': src('dax_break_layout', 'wait_page_idle'), '6.12': stack('xfs_break_dax_layouts') },
  // No kernel waits here: the knob write.onPin=wait would add it.
  write: none,
  evict: { '7.0': src('dax_break_layout_final', 'wait_page_idle_uninterruptible'), '6.12': [] },
  spin: {
    '7.0': src('xfs_ilock2_io_mmap', 'xfs_mmaplock_two_inodes_and_break_dax_layout'),
    '6.12': [...stack('xfs_ilock2_io_mmap'), ...src('xfs_mmaplock_two_inodes_and_break_dax_layout')],
  },
  threads: both(src('do_group_exit', 'zap_other_threads')),
};
