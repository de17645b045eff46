/**
 * Every micro-step, keyed by its id; `id:variant` where the operation makes a difference. The parts are by theme; the form,
 * and how the kernel functions are written, is `microRow`.
 */
import { CALLS } from './microCalls.data.ts';
import { FAULTS } from './microFaults.data.ts';
import { FILE_CALLS } from './microFile.data.ts';
import { LAYOUT_CALLS } from './microLayout.data.ts';
import { PINS } from './microRdma.data.ts';
import type { Wait } from '../sim/model/state.ts';
import type { Columns, MicroTable } from './microRow.ts';

export const MICROS: MicroTable = { ...CALLS, ...FAULTS, ...FILE_CALLS, ...LAYOUT_CALLS, ...PINS };

type Sleep = Exclude<Wait['type'], 'none' | 'lock'>;

/** What a sleeper sits in. */
export const WAIT_FUNCTIONS: {
  readonly [W in Sleep]: { readonly by?: Columns; readonly ext4?: Columns };
} = {
  pin: {
    by: ['dax_break_layout wait_page_idle', 'xfs_break_dax_layouts*'],
    ext4: ['dax_break_layout wait_page_idle', 'ext4_break_layouts*'],
  },
  // No kernel waits at these two: write.onPin=wait and layout.lease=recall would add it.
  write: {},
  lease: {},
  evict: { by: ['dax_break_layout_final wait_page_idle_uninterruptible', ''] },
  spin: {
    by: [
      'xfs_ilock2_io_mmap xfs_mmaplock_two_inodes_and_break_dax_layout',
      'xfs_ilock2_io_mmap* xfs_mmaplock_two_inodes_and_break_dax_layout',
    ],
  },
  threads: { by: ['do_group_exit zap_other_threads', 'do_group_exit? zap_other_threads?'] },
};
