/** Micro-steps of MRs, of DMA, and of the short pins of O_DIRECT and vmsplice. */
import type { MicroTable } from './microRow.ts';
import { src6 } from './microRow.ts';

export const PINS: MicroTable = {
  'op.g1': { label: 'check', what: 'g1: checks the access flags', by: src6('ib_check_mr_access') },
  'op.g2': {
    label: 'admit',
    what: 'g2: asks whether this memory may be pinned longterm',
    by: ['check_vma_flags vma_is_fsdax writable_file_mapping_allowed', undefined, 'check_vma_flags vma_is_fsdax'],
  },
  'op.g2:odp': {
    label: 'admit',
    what: 'g2: asks whether the NIC can page on demand',
    by: src6('ib_check_mr_access'),
  },
  'op.g3': {
    label: 'pin',
    what: 'g3: pins the page that the mapping has there now',
    by: ['__ib_umem_get_va pin_user_pages_fast', 'ib_umem_get pin_user_pages_fast'],
  },
  'op.g4': {
    label: 'MTT',
    what: 'g4: writes the translation table of the NIC',
    by: [
      'ib_dma_map_sgtable_attrs mlx5r_umr_update_mr_pas?',
      'ib_dma_map_sgtable_attrs mlx5r_umr_update_mr_pas?',
      'ib_dma_map_sgtable_attrs',
    ],
  },
  'op.g4:odp': {
    label: 'MTT',
    what: 'g4: registers the MMU notifier; the translation table is empty',
    by: src6('ib_umem_odp_get ib_init_umem_odp mmu_interval_notifier_insert'),
  },
  'op.rereg_mr': {
    label: 'rereg',
    what: 'changes the access of the MR; the pins stay as they were taken',
    by: ['ib_uverbs_rereg_mr? ib_umem_check_rereg?', 'ib_uverbs_rereg_mr ib_umem_check_rereg', 'ib_uverbs_rereg_mr'],
  },
  'dereg.d1': {
    label: 'revoke',
    what: 'd1: kills the key and drains DMA in flight',
    by: ['mlx5_ib_dereg_mr?'],
  },
  'dereg.d2': {
    label: 'unpin',
    what: 'd2: unpins the pages, which wakes waiters',
    by: [
      'ib_umem_release unpin_user_page_range_dirty_lock gup_put_folio?',
      'ib_umem_release unpin_user_page_range_dirty_lock gup_put_folio',
    ],
  },

  'dma.n1': { label: 'post', what: 'n1: the request is posted' },
  'dma.n2': { label: 'key', what: 'n2: the NIC checks key, bounds and access' },
  'dma.n3': { label: 'slot', what: 'n3: the NIC translates the slot to a page' },
  'dma.n3:odp': {
    label: 'slot',
    what: 'n3: the NIC translates the slot; an invalid one faults in the address space of the owner',
    by: [
      'mlx5_ib_eqe_pf_action? pagefault_real_mr? ib_umem_odp_map_dma_and_lock',
      'mlx5_ib_eqe_pf_action? pagefault_real_mr ib_umem_odp_map_dma_and_lock',
    ],
  },
  'dma.n4': { label: 'move', what: 'n4: the data moves' },
  'dma.n4:rdma_read': { label: 'read', what: 'n4: the NIC reads that page, whoever owns it now' },
  'dma.n4:rdma_write': { label: 'write', what: 'n4: the NIC writes that page, whoever owns it now' },
  'dma.n5': { label: 'done', what: 'n5: the request completes' },

  'op.dioPin': {
    label: 'pin',
    what: 'pins the mapped page for O_DIRECT',
    by: [
      'bio_iov_iter_get_pages? iov_iter_extract_pages? pin_user_pages_fast?',
      'bio_iov_iter_get_pages iov_iter_extract_pages pin_user_pages_fast',
      'bio_iov_iter_get_pages iov_iter_get_pages2 get_user_pages_fast',
    ],
  },
  'op.dioSubmit': {
    label: 'submit',
    what: 'submits the O_DIRECT transfer',
    by: src6('iomap_dio_rw __iomap_dio_rw iomap_dio_bio_iter'),
  },
  'dma.dioEnd': {
    label: 'done',
    what: 'the transfer ends; the pin goes, which wakes waiters',
    by: [
      'iomap_dio_bio_end_io? bio_release_pages? unpin_user_folio?',
      'iomap_dio_bio_end_io bio_release_pages unpin_user_folio',
      'iomap_dio_bio_end_io bio_release_pages folio_put_refs',
    ],
  },
  'op.vmsplice': {
    label: 'splice',
    what: 'puts a reference to the mapped page into the pipe (FOLL_GET)',
    by: src6('vmsplice_to_pipe iov_iter_get_pages2 get_user_pages_fast'),
  },
  'pipe.peek': {
    label: 'peek',
    what: 'reads the page in the pipe and leaves it there',
    by: ['do_tee? link_pipe?'],
  },
  'pipe.read': {
    label: 'read',
    what: 'reads the page and drops its reference, which wakes waiters',
    by: ['anon_pipe_read? page_cache_pipe_buf_release? put_page?', 'pipe_read page_cache_pipe_buf_release put_page'],
  },
};
