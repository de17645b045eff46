/** Micro-steps of page faults: load, store with its COW break, and get_user_pages. */
import type { Columns, MicroTable } from './microRow.ts';
import { src6 } from './microRow.ts';

const MAP_WRITABLE: Columns = [
  'xfs_direct_write_iomap_begin dax_insert_entry vmf_insert_page_mkwrite',
  'xfs_direct_write_iomap_begin dax_insert_entry vmf_insert_mixed_mkwrite',
];
const MAP_WRITABLE_EXT4: Columns = [
  'ext4_iomap_begin? dax_insert_entry vmf_insert_page_mkwrite',
  'ext4_iomap_begin dax_insert_entry vmf_insert_mixed_mkwrite',
];

export const FAULTS: MicroTable = {
  'load.lock': {
    label: 'fault',
    what: 'the page fault takes invalidate_lock shared',
    by: [
      'xfs_filemap_fault xfs_dax_read_fault xfs_ilock',
      '__xfs_filemap_fault xfs_dax_read_fault xfs_ilock',
      '__xfs_filemap_fault xfs_ilock_for_write_fault',
    ],
    ext4: src6('ext4_dax_fault ext4_dax_huge_fault'),
  },
  'load.eof': {
    label: 'SIGBUS',
    what: 'the index is past the size',
    by: ['dax_iomap_fault dax_iomap_pte_fault'],
    dax: true,
  },
  'load.hole': {
    label: 'zero',
    what: 'maps the zero page read-only',
    by: ['dax_load_hole dax_insert_entry vmf_insert_page_mkwrite', 'dax_load_hole dax_insert_entry vmf_insert_mixed'],
    dax: true,
  },
  'load.sharedZap': {
    label: 'zap',
    what: "zaps the file's other PTEs of a shared block",
    by: ['dax_insert_entry unmap_mapping_pages', undefined, ''],
    dax: true,
  },
  'load.block': {
    label: 'map',
    what: 'adds the DAX entry and maps the block read-only',
    by: ['dax_fault_iter dax_insert_entry vmf_insert_page_mkwrite', 'dax_fault_iter dax_insert_entry vmf_insert_mixed'],
    dax: true,
  },
  'load.cache': { label: 'cache', what: 'finds or reads the page-cache page and maps it' },
  // The faults of anonymous memory and of a DAX device were not looked up.
  'load.anon': { label: 'zero', what: 'maps the zero page read-only: nothing was written here yet' },
  'load.device': { label: 'map', what: 'maps the block of the device' },
  'load.unlock': {
    label: 'unlock',
    what: 'drops invalidate_lock; the load is tried again',
    by: ['dax_unlock_entry xfs_iunlock'],
  },
  'op.load': { label: 'load', what: 'the CPU reads through the PTE' },

  'store.lock': {
    label: 'fault',
    what: 'the write fault takes invalidate_lock shared',
    by: [
      'xfs_write_fault __xfs_write_fault xfs_ilock',
      '__xfs_filemap_fault xfs_write_fault xfs_ilock',
      '__xfs_filemap_fault xfs_ilock_for_write_fault',
    ],
    ext4: src6('ext4_dax_fault ext4_dax_huge_fault'),
  },
  'store.eof': {
    label: 'SIGBUS',
    what: 'the index is past the size',
    by: ['dax_iomap_fault dax_iomap_pte_fault'],
    dax: true,
  },
  'store.map': {
    label: 'map',
    what: 'adds the DAX entry and maps the block writable',
    by: MAP_WRITABLE,
    ext4: MAP_WRITABLE_EXT4,
    dax: true,
  },
  'store.alloc': {
    label: 'alloc',
    what: 'allocates a zeroed block, or converts the unwritten one',
    by: [
      'xfs_direct_write_iomap_begin xfs_iomap_write_direct xfs_bmapi_write?',
      'xfs_direct_write_iomap_begin xfs_iomap_write_direct xfs_bmapi_write',
    ],
    ext4: src6('ext4_iomap_begin ext4_iomap_alloc ext4_map_blocks'),
    dax: true,
  },
  'store.zap': {
    label: 'zap',
    what: 'zaps every PTE of the file at that index: zero pages; the MMU notifier runs',
    by: ['dax_insert_entry unmap_mapping_pages'],
    dax: true,
  },
  'store.entry': {
    label: 'map',
    what: 'adds the DAX entry and maps the block writable',
    by: [
      'dax_insert_entry dax_associate_entry vmf_insert_page_mkwrite',
      'dax_insert_entry dax_associate_entry vmf_insert_mixed_mkwrite',
    ],
    dax: true,
  },
  'store.c1': {
    label: 'alloc',
    what: 'c1: allocates the new block in the COW fork',
    by: ['xfs_direct_write_iomap_begin xfs_reflink_allocate_cow'],
    dax: true,
  },
  'store.c2': {
    label: 'zap',
    what: 'c2: zaps every PTE of the file at that index, in every process; the MMU notifier runs',
    by: [
      'dax_insert_entry unmap_mapping_pages zap_page_range_single?',
      'dax_insert_entry unmap_mapping_pages zap_page_range_single',
    ],
    dax: true,
  },
  'store.c3': {
    label: 'entry',
    what: 'c3: the DAX entry changes to the new block',
    by: ['dax_insert_entry dax_disassociate_entry dax_associate_entry'],
    dax: true,
  },
  'store.c4': {
    label: 'copy',
    what: 'c4: copies the old block to the new one',
    by: ['dax_iomap_copy_around', undefined, 'dax_iomap_cow_copy'],
    dax: true,
  },
  'store.c5': {
    label: 'map',
    what: 'c5: maps the new block writable',
    by: ['vmf_insert_page_mkwrite', 'vmf_insert_mixed_mkwrite'],
    dax: true,
  },
  'store.c6': {
    label: 'move',
    what: "c6: the file's map takes the new block; the old one loses a reference",
    by: [
      'xfs_dax_write_iomap_end xfs_reflink_end_cow xfs_reflink_end_cow_extent_locked',
      'xfs_dax_write_iomap_end xfs_reflink_end_cow xfs_reflink_end_cow_extent',
    ],
    dax: true,
  },
  'store.wait': {
    label: 'wait',
    what: 'waits for the pins of the block that it would leave (write.onPin)',
  },
  'store.refused': {
    label: 'refused',
    what: 'is refused, as it would leave a pinned block (write.onPin)',
  },
  'store.cache': { label: 'cache', what: 'finds or reads the page-cache page and maps it writable' },
  'store.copy': {
    label: 'copy',
    what: "copies the file's data into a page of anonymous memory and maps it writable",
    by: ['dax_fault_cow_page copy_cow_page_dax finish_fault'],
    dax: true,
  },
  'store.wp': {
    label: 'copy',
    what: 'copies the page that is mapped read-only into anonymous memory, or keeps it if nobody else has it',
    by: ['do_wp_page?'],
  },
  'store.anon': { label: 'new', what: 'maps a new page of anonymous memory, of zeroes' },
  'store.device': { label: 'map', what: 'maps the block of the device' },
  'store.unlock': {
    label: 'unlock',
    what: 'drops invalidate_lock; the store is tried again',
    by: ['dax_unlock_entry xfs_iunlock'],
  },
  'op.store': { label: 'write', what: 'the CPU writes through the PTE' },

  'gup.fault': {
    label: 'GUP',
    what: 'get_user_pages faults the page in',
    by: ['faultin_page handle_mm_fault', 'faultin_page? handle_mm_fault?'],
  },
};
