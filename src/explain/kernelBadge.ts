/** How the rules of a kernel are known. In a file of its own: the first picture needs it, and none of the functions. */
import type { Kernel } from '../sim/model/program.ts';

const BADGES: {
  readonly [K in Kernel]: { readonly text: string; readonly recorded: boolean; readonly title: string };
} = {
  '7.0': {
    text: 'read from source',
    recorded: false,
    title: 'Kernel 7.0 as of mid-2026: read from its source, not recorded.',
  },
  '6.12': {
    text: 'recorded',
    recorded: true,
    title: 'Kernel 6.12: the model agrees with recordings of the real kernel.',
  },
  '6.1': {
    text: 'recorded',
    recorded: true,
    title: 'Kernel 6.1: the model agrees with recordings of the real kernel.',
  },
};

export function kernelBadge(kernel: Kernel): {
  readonly text: string;
  readonly recorded: boolean;
  readonly title: string;
} {
  return BADGES[kernel];
}
