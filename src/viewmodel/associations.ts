/**
 * What belongs to what (a mapping to its file, an MR to its mapping) as fine dotted lines in the gutter, and only where
 * the way from the frame to the gutter is free; the labels say it in words in any case.
 */
import { FRAME_PAD } from './frame.ts';
import { liveTogether } from './lifetimes.ts';
import type { LiveBox } from './live.ts';
import type { BoxPlan, StagePlan } from './stageLayout.ts';

/** Distances of the two lanes from the gutter's right end. */
const LANES = [16, 10] as const;

const middle = (box: BoxPlan, plan: StagePlan): number => box.y + (plan.tier.slot * plan.k) / 2;

/** Nothing stands and no link passes between the gutter and the box. */
function reachesGutter(box: BoxPlan, plan: StagePlan): boolean {
  const left = box.slots[0] ?? Infinity;
  const others = plan.boxes.filter(
    (other) => other.side === box.side && other !== box && liveTogether(other.spec.life, box.spec.life),
  );
  if (box.label.mode === 'left') return false;
  return others.every((other) => {
    if (other.row === box.row) return (other.slots[0] ?? 0) > left;
    return other.row < box.row || other.ports.every((x) => x > left);
  });
}

function pairs(live: readonly LiveBox[]): [LiveBox, LiveBox][] {
  return live.flatMap((box): [LiveBox, LiveBox][] => {
    const owner = live.find(
      (other) =>
        (box.type === 'map' && other.type === 'file' && other.inode === box.of.inode) ||
        (box.type === 'mr' && other.type === 'map' && other.map === box.of.map),
    );
    return owner === undefined ? [] : [[owner, box]];
  });
}

export function associationsOf(plan: StagePlan, live: readonly LiveBox[]): { key: string; path: string }[] {
  const { k, gutter } = plan;
  const used: { lane: number; from: number; to: number }[] = [];
  return pairs(live).flatMap(([owner, box]) => {
    if (!reachesGutter(owner.box, plan) || !reachesGutter(box.box, plan)) return [];
    // Two lines that meet one frame do so a little apart.
    const y0 = middle(owner.box, plan) + (owner.type === 'file' ? 0 : 6 * k);
    const y1 = middle(box.box, plan) + (box.type === 'map' ? -3 * k : 0);
    const [from, to] = [Math.min(y0, y1), Math.max(y0, y1)];
    const lane = LANES.findIndex((_, i) =>
      used.every((other) => other.lane !== i || to < other.from || from > other.to),
    );
    const inset = LANES[lane];
    if (inset === undefined) return [];
    used.push({ lane, from, to });
    const x = gutter - inset * k;
    const edge = (other: BoxPlan): number => (other.slots[0] ?? 0) - (FRAME_PAD + 1) * k;
    const r = 6 * k;
    const down = Math.sign(y1 - y0) || 1;
    const path = `M${edge(owner.box)} ${y0}H${x + r}Q${x} ${y0} ${x} ${y0 + down * r}V${y1 - down * r}Q${x} ${y1} ${x + r} ${y1}H${edge(box.box)}`;
    return [{ key: `${owner.box.spec.key} ${box.box.spec.key}`, path }];
  });
}
