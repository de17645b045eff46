/** The steps that L1 does not count on: nobody has to take them, so a wait that only they end may never end. */
import type { Verb } from '../model/op.ts';

/** dio_end and the completion of a DMA come by themselves. */
export const VOLUNTARY: ReadonlySet<Verb> = new Set<Verb>([
  'dereg_mr', 'rereg_mr', 'pipe_read', 'unlease', 'munmap', 'close', 'exit', 'kill', 'signal',
]); // prettier-ignore
