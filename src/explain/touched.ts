/** Whether a turn changed an object: itself, what it is made of, or who claims it. */
import type { Page } from '../sim/model/ids.ts';
import { extentBlock, pageOfBlock, pageOfDram, ptePage } from '../sim/model/ids.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { changedRefs, stretchesOf, type Stretch } from './differences.ts';

/** At the end of a turn, all of it. */
export function touches(moment: Moment, ref: EntityRef): boolean {
  const key = claimKey(ref);
  if (changedRefs(moment).some((changed) => claimKey(changed) === key || isPartOf(changed, ref))) return true;
  const page = pageOf(ref);
  return page !== undefined && stretchesOf(moment).some((stretch) => leadsTo(stretch, page));
}

/** `A[1]` of file A. */
function isPartOf(part: EntityRef, whole: EntityRef): boolean {
  switch (whole.type) {
    case 'file':
      return (part.type === 'extent' || part.type === 'lock') && part.inode === whole.inode;
    case 'map':
      return part.type === 'pte' && part.map === whole.map;
    case 'mr':
      return part.type === 'mtt' && part.mr === whole.mr;
    default:
      return false;
  }
}

function pageOf(ref: EntityRef): Page | undefined {
  if (ref.type === 'block') return pageOfBlock(ref.block);
  return ref.type === 'dram' ? pageOfDram(ref.dram) : undefined;
}

/** A claim came to the page, or left it. */
function leadsTo({ kind, len, was, wasStep, now, nowStep }: Stretch, page: Page): boolean {
  const reaches = (value: number | undefined, step: number): boolean => {
    if (value === undefined) return false;
    const first = kind === 'extent' ? pageOfBlock(extentBlock(value)) : kind === 'pte' ? ptePage(value) : value;
    return step === 0 ? first === page : first <= page && page < first + len;
  };
  return reaches(was, wasStep) || reaches(now, nowStep);
}
