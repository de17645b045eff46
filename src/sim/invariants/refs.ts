/** What to mark for the holder of a pin. */
import type { EntityRef, PinOwner } from '../model/state.ts';

export function refOfOwner(owner: PinOwner): EntityRef {
  switch (owner.type) {
    case 'mr':
      return { type: 'mtt', mr: owner.mr, slot: owner.slot };
    case 'dma':
      return { type: 'dma', dma: owner.dma };
    case 'pipe':
      return { type: 'pipe', pipe: owner.pipe };
  }
}
