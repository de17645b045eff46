/**
 * A pinned block stands in the way: what the option does about it, for layout operations, clones, writes and evict
 * alike. It may have somebody pay: an MR is fenced (the key dies, DMA drains, the pins go), or a process is killed.
 */
import type { InodeId, Page } from '../model/ids.ts';
import type { PinWait, Wait } from '../model/state.ts';
import type { PinDecision, Refusal, Sacrifice } from '../policies/decision.ts';
import { isFenceable, ownersOf, pinsOf } from '../query/pins.ts';
import { sendKill } from './finish.ts';
import type { Ctx } from './machine.ts';
import { call, deregFrame, draftOf, emit, sleepOn } from './machine.ts';

/** What is left to do. called: a fence runs, and the procedure goes on at `again` afterwards. */
export type Met =
  | { readonly act: 'proceed' | 'keep' | 'copy' | 'called' }
  | { readonly act: 'sleep'; readonly only?: PinWait }
  | Refusal;

export function meetPin(c: Ctx, page: Page, decision: PinDecision, again: string): Met {
  switch (decision.act) {
    case 'fence':
      return fence(c, page, decision, again) ? { act: 'called' } : { act: 'sleep', only: 'short' };
    case 'kill':
      killOwners(c, page, decision);
      return { act: 'sleep', only: 'dying' };
    default:
      return decision;
  }
}

/** Fences an MR that pins the page. False: none does. */
function fence(c: Ctx, page: Page, { knob }: Sacrifice, again: string): boolean {
  const pin = pinsOf(draftOf(c), page).find((p) => isFenceable(draftOf(c), p));
  if (pin?.owner.type !== 'mr') return false;
  const { mr } = pin.owner;
  emit(c, { type: 'sacrificed', victim: { mr }, knob });
  call(c, again, deregFrame(mr, true));
  return true;
}

function killOwners(c: Ctx, page: Page, { knob }: Sacrifice): void {
  const owners = new Set(pinsOf(draftOf(c), page).flatMap((pin) => ownersOf(draftOf(c), pin)));
  for (const proc of owners) {
    if (draftOf(c).procs[proc]?.state !== 'running') continue;
    emit(c, { type: 'sacrificed', victim: { proc }, knob });
    sendKill(c, proc);
  }
}

/** Sleeps until the pins go that the option can do nothing about. */
export function sleepOnPin(c: Ctx, type: 'pin' | 'write' | 'evict' | 'spin', where: { page: Page; inode: InodeId; only?: PinWait }): void {
  const { page, inode, only } = where;
  const wait: Wait = only === undefined ? { type, page, inode } : { type, page, inode, only };
  sleepOn(c, wait);
} // prettier-ignore
