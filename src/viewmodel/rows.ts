/** One row for every slot that is on the stage at one moment: what it claims, and what it claimed before the turn. */
import { claimKey } from '../sim/query/claimKey.ts';
import type { Page } from '../sim/model/ids.ts';
import { blockOfPage, dramOfPage, isBlock, isDram } from '../sim/model/ids.ts';
import type { Dma, EntityRef, Mr, Pipe, State } from '../sim/model/state.ts';
import type { SlotFact } from './claims.ts';
import { indexOf, slotCount, slotFact, slotRef } from './claims.ts';
import type { LiveBox } from './live.ts';
import { liveIn } from './live.ts';

export type SlotRow = {
  readonly key: string;
  readonly ref: EntityRef;
  readonly live: LiveBox;
  readonly slot: number;
  readonly index: number;
  readonly fact: SlotFact;
  /** Undefined: there was no such slot before this turn. */
  readonly was: SlotFact | undefined;
  /** The file index behind it: rows that should agree share it. */
  readonly logical: string;
};

/** claimKey of the object that a page is; undefined for the zero page. */
export function pageRef(page: Page): EntityRef | undefined {
  if (isBlock(page)) return { type: 'block', block: blockOfPage(page) };
  return isDram(page) ? { type: 'dram', dram: dramOfPage(page) } : undefined;
}

export function pageKey(page: Page | undefined): string | undefined {
  const ref = page === undefined ? undefined : pageRef(page);
  return ref === undefined ? undefined : claimKey(ref);
}

function logicalOf(state: State, live: LiveBox, index: number): string {
  switch (live.type) {
    case 'file':
      return `${live.inode}:${index}`;
    case 'map':
      return live.of.inode < 0 ? `map:${live.map}:${index}` : `${live.of.inode}:${live.of.off + index}`;
    case 'mr':
      return ofMr(live.of, index);
    case 'pipe':
      return ofPin(live.of);
    case 'dma': {
      const mr = state.mrs[live.of.mr];
      const dio = live.of.kind === 'dio_read' || live.of.kind === 'dio_write';
      return dio || mr === undefined ? ofPin(live.of) : ofMr(mr, index);
    }
  }
}

/** Anonymous memory has no file: what should agree is what stands at one page of one mapping. */
const ofMr = (mr: Mr, slot: number): string =>
  mr.inode < 0 ? `map:${mr.map}:${mr.off + slot}` : `${mr.inode}:${mr.base + slot}`;
const ofPin = (pin: Pipe | Dma): string => (pin.inode < 0 ? `page:${pin.page}` : `${pin.inode}:${pin.fileIndex}`);

export function slotRows(state: State, before: State, boxes: readonly LiveBox[]): SlotRow[] {
  return boxes.flatMap((live) => {
    const then = liveIn(before, live);
    // States share what a turn left alone; a posted DMA looks through its MR.
    const same = then?.of === live.of && live.type !== 'dma';
    const had = then === undefined ? 0 : slotCount(then);
    return Array.from({ length: slotCount(live) }, (_, slot): SlotRow => {
      const ref = slotRef(live, slot);
      const index = indexOf(live, slot);
      const fact = slotFact(state, live, slot);
      const was = same ? fact : then !== undefined && slot < had ? slotFact(before, then, slot) : undefined;
      return {
        key: claimKey(ref),
        ref,
        live,
        slot,
        index,
        fact,
        was,
        logical: logicalOf(state, live, index),
      };
    });
  });
}
