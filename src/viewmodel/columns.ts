/**
 * The strip's columns. Blocks that anything claims at any step of the run are wide, all others thin; long stretches of
 * thin ones fold into one cell. Decided once a run, so that playing it never reflows the strip.
 *
 *     block    0    1    2    3    4   5 6 7 8 … 28   29 … 99
 *           |    |    |    |    |    || | | | | | | |  71 free  |
 *            wide                     thin (t)        fold
 */
import type { Block } from '../sim/model/ids.ts';

export type Column = {
  readonly kind: 'wide' | 'thin' | 'fold';
  readonly x: number;
  readonly w: number;
  /** First block; undefined for a column that no block of the device fills. */
  readonly block: Block | undefined;
  /** fold: how many blocks. */
  readonly count: number;
  /** fold: nothing ever claims them; otherwise there was no room to draw them. */
  readonly free: boolean;
};

export type Columns = {
  readonly list: readonly Column[];
  /** x of the wide columns, from the left. */
  readonly wide: readonly number[];
  readonly wideBlocks: readonly (Block | undefined)[];
  /** Distance of two wide columns, and the part of it that a cell uses. */
  readonly pitch: number;
  readonly usable: number;
  /** Right end of the last column. */
  readonly right: number;
};

type ColumnsNeed = {
  readonly blocks: number;
  readonly claimed: readonly Block[];
  readonly wideBlocks: readonly (Block | undefined)[];
  /** So many columns for pages of DRAM stand behind all blocks. */
  readonly behind: number;
  readonly left: number;
  readonly room: number;
  readonly k: number;
  /** No narrower than this, or the links of the rows would touch. */
  readonly minPitch: number;
};

/** So many wide columns can be panned over; of more, only a part is drawn. */
const MAX_WIDE = 512;
const FEW_WIDE = 160;
const MAX_THIN = 24;
const FOLD = 56;
/** Between the last block and the pages of DRAM. */
const APART = 26;
const THIN = { least: 15, most: 22, stretched: 56 } as const;
const PITCH = { crowded: 76, narrowGap: 90, most: 150 } as const;

/** Past MAX_WIDE claimed blocks: those that slots stand for, then the lowest. */
function mostTelling(claimed: readonly Block[], told: ReadonlySet<Block>): Block[] {
  if (claimed.length <= MAX_WIDE) return [...claimed];
  const first = claimed.filter((block) => told.has(block)).slice(0, FEW_WIDE);
  const chosen = new Set(first);
  for (const block of claimed) {
    if (chosen.size >= FEW_WIDE) break;
    chosen.add(block);
  }
  return [...chosen];
}

type WideNeed = {
  readonly claimed: readonly Block[];
  /** Blocks that some slot or violation speaks of. */
  readonly told: ReadonlySet<Block>;
  readonly blocks: number;
  /** At least so many columns, so that the longest box finds its place. */
  readonly least: number;
};

/** Claimed blocks, then unclaimed ones from the lowest, then columns without a block. */
export function wideSet({ claimed, told, blocks, least }: WideNeed): readonly (Block | undefined)[] {
  const wide = mostTelling(claimed, told);
  const taken = new Set(wide);
  for (let block = 0; wide.length < least && block < blocks; block++) {
    if (!taken.has(block)) wide.push(block);
  }
  wide.sort((a, b) => a - b);
  return [...wide, ...Array.from({ length: Math.max(0, least - wide.length) }, () => undefined)];
}

type Stretch = { readonly from: number; readonly thin: number; readonly folded: number };

/** The blocks before wide column i (and after the last), as thin cells and the rest of them folded. */
function stretches({ wideBlocks, blocks }: ColumnsNeed, most: number): Stretch[] {
  let budget = most;
  let next = 0;
  return [...wideBlocks.filter((block) => block !== undefined), blocks].map((until) => {
    const len = until - next;
    // A fold is worth it only where it stands for more than it is wide.
    const thin = len <= budget + 2 ? len : budget;
    budget = Math.max(0, budget - thin);
    const stretch = { from: next, thin, folded: len - thin };
    next = until + 1;
    return stretch;
  });
}

function measure(need: ColumnsNeed, parts: readonly Stretch[]): { pitch: number; thin: number; fits: boolean } {
  const { k } = need;
  const room = need.room - (need.behind > 0 ? APART * k : 0);
  const wide = need.wideBlocks.length + need.behind;
  const thinCells = parts.reduce((sum, part) => sum + part.thin, 0);
  const folds = parts.filter((part) => part.folded > 0).length * FOLD * k;
  const pitchFor = (thin: number): number => (room - folds - thinCells * thin) / Math.max(1, wide);
  let thin = THIN.most * k;
  if (pitchFor(thin) < PITCH.crowded * k) thin = THIN.least * k;
  const pitch = Math.max(need.minPitch, Math.min(pitchFor(thin), PITCH.most * k));
  const surplus = room - folds - pitch * wide - thinCells * thin;
  if (surplus > 0 && thinCells > 0) thin = Math.min(THIN.stretched * k, thin + surplus / thinCells);
  return { pitch: Math.floor(pitch), thin: Math.floor(thin), fits: wide === 0 || pitchFor(thin) >= need.minPitch };
}

/** Whether nothing ever claims any of these blocks; with few claims every stretch between them is such. */
function neverClaimed(need: ColumnsNeed, from: number, len: number): boolean {
  return need.claimed.length <= MAX_WIDE || !need.claimed.some((block) => block >= from && block < from + len);
}

/** Thin cells as long as the wide ones keep their width beside them; where they do not, free blocks fold. */
function arrange(need: ColumnsNeed): { parts: Stretch[]; pitch: number; thin: number; fits: boolean } {
  const all = stretches(need, MAX_THIN);
  const loose = { parts: all, ...measure(need, all) };
  if (loose.fits) return loose;
  const few = stretches(need, 0);
  return { parts: few, ...measure(need, few) };
}

export function columnsOf(need: ColumnsNeed): Columns {
  const { k, wideBlocks } = need;
  const { parts, pitch, thin } = arrange(need);
  const usable = pitch - (pitch <= PITCH.narrowGap * k ? 5 : 8) * k;
  const list: Column[] = [];
  let x = need.left;
  const lay = (part: Stretch | undefined): void => {
    if (part === undefined) return;
    for (let i = 0; i < part.thin; i++, x += thin) {
      list.push({ kind: 'thin', x, w: thin - 3 * k, block: part.from + i, count: 1, free: true });
    }
    if (part.folded === 0) return;
    const from = part.from + part.thin;
    list.push({ kind: 'fold', x, w: (FOLD - 5) * k, block: from, count: part.folded, free: neverClaimed(need, from, part.folded) }); // prettier-ignore
    x += FOLD * k;
  };
  wideBlocks.forEach((block, i) => {
    if (block !== undefined) lay(parts[i]);
    list.push({ kind: 'wide', x, w: usable, block, count: 1, free: false });
    x += pitch;
  });
  lay(parts[parts.length - 1]);
  if (need.behind > 0) x += APART * k;
  for (let i = 0; i < need.behind; i++, x += pitch)
    list.push({ kind: 'wide', x, w: usable, block: undefined, count: 1, free: false });
  return { list, wide: list.filter((c) => c.kind === 'wide').map((c) => c.x), wideBlocks, pitch, usable, right: x };
}
