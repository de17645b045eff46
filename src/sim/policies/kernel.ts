/**
 * What differs between the kernels that the model knows, one flag each. 6.12 was recorded; 7.0 was read from source
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
};

export const KERNEL_PROFILES: { readonly [K in Kernel]: KernelProfile } = {
  '7.0': { scanNeedsMapping: false, scanDropsEntries: true, evictWaits: true },
  '6.12': { scanNeedsMapping: true, scanDropsEntries: false, evictWaits: false },
};
