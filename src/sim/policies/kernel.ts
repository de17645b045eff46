/**
 * What differs between the kernels that the model knows, one flag each. 6.12 and 6.1 were recorded; 7.0 was read from source
 * (mid-2026, after the 6.15 rework of fsdax page references) and is not recorded.
 */
import type { Kernel } from '../model/program.ts';

export type KernelProfile = {
  /** 6.x dax_layout_busy_page: returns at once if no VMA maps the inode, so a pin that outlived its mapping is not seen. */
  readonly scanNeedsMapping: boolean;
  /** 7.0 dax_delete_mapping_range: after a scan that found nothing busy, the DAX entries in scope go. */
  readonly scanDropsEntries: boolean;
  /** 7.0 dax_break_layout_final: evict waits for pins; 6.x frees at once. */
  readonly evictWaits: boolean;
  /** 6.12 on, dax_insert_entry: a load of a shared block first zaps the file's other PTEs of the index. */
  readonly loadZapsShared: boolean;
  /** 6.12 on, dax_iomap_iter: a pwrite that breaks a COW zaps the index and drops its entry; 6.1 leaves both stale. */
  readonly cowWriteInvalidates: boolean;
  /** 6.1 xfs_setattr_size: a truncate that does not grow first writes back the cached page at the new end. */
  readonly truncateFlushesEnd: boolean;
  /** 6.1 ib_umem_get: every longterm pin is taken with FOLL_WRITE | FOLL_FORCE, a READ MR's too. */
  readonly pinsForceWrite: boolean;
  /** 6.1: O_DIRECT takes plain references (FOLL_GET), which fork and COW do not respect. */
  readonly shortPinIsGet: boolean;
  /** 6.12 on, writable_file_mapping_allowed: a longterm write pin of a shared page-cache mapping is refused. */
  readonly cacheWritePinRefused: boolean;
  /** What a NIC without on-demand paging answers. */
  readonly odpRefusal: 'EOPNOTSUPP' | 'EINVAL';
  /** 6.12 on: rereg_mr to writable on pages pinned read-only is EACCES. */
  readonly reregChecksWrite: boolean;
};

const SINCE_6_12 = {
  loadZapsShared: true,
  cowWriteInvalidates: true,
  truncateFlushesEnd: false,
  pinsForceWrite: false,
  shortPinIsGet: false,
  cacheWritePinRefused: true,
  odpRefusal: 'EOPNOTSUPP',
  reregChecksWrite: true,
} as const;

export const KERNEL_PROFILES: { readonly [K in Kernel]: KernelProfile } = {
  '7.0': { scanNeedsMapping: false, scanDropsEntries: true, evictWaits: true, ...SINCE_6_12 },
  '6.12': { scanNeedsMapping: true, scanDropsEntries: false, evictWaits: false, ...SINCE_6_12 },
  '6.1': {
    scanNeedsMapping: true,
    scanDropsEntries: false,
    evictWaits: false,
    loadZapsShared: false,
    cowWriteInvalidates: false,
    truncateFlushesEnd: true,
    pinsForceWrite: true,
    shortPinIsGet: true,
    cacheWritePinRefused: false,
    odpRefusal: 'EINVAL',
    reregChecksWrite: false,
  },
};
