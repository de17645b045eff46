/** The key to the lines, where the bottom right of the stage has room for it: only what this run can show. */
import type { Program } from '../sim/model/program.ts';
import { frameOf } from './frame.ts';
import type { LegendRow, SceneLegend } from './scene.ts';
import type { StagePlan } from './stageLayout.ts';

export const LEGEND_WORDS: { readonly [R in LegendRow]: string } = {
  own: 'owns the page',
  cache: 'cached in this page',
  rw: 'maps it, writable',
  ro: 'maps it, read-only',
  pinned: 'pinned for DMA',
  odp: 'on demand, no pin',
  flow: 'DMA in flight',
  revoked: 'revoked, still pinned',
  zero: 'the zero page',
  violated: 'breaks a property',
  changed: 'changed by this step',
};

type Bare = Omit<StagePlan, 'legend'>;

const PITCH = 19;
const MARK = 28;

function rowsFor(program: Program): LegendRow[] {
  const does = (...verbs: string[]): boolean => program.steps.some(({ op }) => verbs.includes(op.verb));
  const odp = program.steps.some(({ op }) => op.verb === 'reg_mr' && op.access.includes('on_demand'));
  const pinned =
    does('dio_read', 'dio_write', 'vmsplice') ||
    program.steps.some(({ op }) => op.verb === 'reg_mr' && !op.access.includes('on_demand'));
  return [
    'own',
    ...(program.fs.dax === 'never' ? ['cache' as const] : []),
    ...(does('mmap') ? ['rw' as const, 'ro' as const] : []),
    ...(pinned ? ['pinned' as const] : []),
    ...(odp ? ['odp' as const] : []),
    ...(zeroes(program) ? ['zero' as const] : []),
    ...(does('post_read', 'post_write', 'dio_read', 'dio_write') ? ['flow' as const] : []),
    'violated',
    'changed',
  ];
}

/** Holes, and blocks that read as zeroes. */
const MAKES_HOLES: readonly string[] = ['alloc', 'punch', 'zero', 'insert'];

/** Whether a load may meet a hole or an unwritten block. */
function zeroes(program: Program): boolean {
  const holes = program.files.some(
    ({ init }) => init.type === 'cells' && init.cells.some((cell) => typeof cell === 'string'),
  );
  return (
    program.steps.some(({ op }) => op.verb === 'mmap') &&
    (holes || program.steps.some(({ op }) => op.verb === 'fallocate' && MAKES_HOLES.includes(op.mode)))
  );
}

/** Right end of everything on the side below the strip, labels at their longest. */
function takenRight(plan: Bare, top: number): number {
  const boxes = plan.boxes.filter((box) => box.side === 'below' && box.y + (plan.tier.slot + 8) * plan.k > top);
  return boxes.reduce((right, { spec, slots, label }) => {
    const frame = frameOf(slots[0] ?? 0, (slots.at(-1) ?? 0) + plan.below.slot, plan.k);
    const words = Math.max(
      plan.measure(spec.label, label.nameSize, 'bold'),
      plan.measure(spec.metaRoom, label.metaSize, 'sans'),
    );
    const both =
      plan.measure(spec.label, label.nameSize, 'bold') +
      plan.measure(spec.metaRoom, label.metaSize, 'sans') +
      12 * plan.k;
    const oneLine = label.spaces.every((space) => space.line === 0);
    const end = label.mode === 'left' ? 0 : (label.spaces[0]?.x0 ?? 0) + (oneLine ? both : words);
    return Math.max(right, frame.x + frame.w, end);
  }, 0);
}

export function legendOf(plan: Bare, program: Program): SceneLegend | undefined {
  const { k } = plan;
  if (plan.boxes.length === 0) return undefined;
  const rows = rowsFor(program);
  const width = MARK * k + Math.max(...rows.map((row) => plan.measure(LEGEND_WORDS[row], 12 * k, 'sans')));
  const x = plan.width - width - 16 * k;
  const y = plan.height - 16 * k - (rows.length - 1) * PITCH * k;
  const channelEnd = plan.strip.y + plan.strip.h + plan.channels.below;
  if (y - 12 * k < channelEnd - 30 * k || takenRight(plan, y - 10 * k) + 20 * k > x) return undefined;
  return { x, y, pitch: PITCH * k, rows };
}

/** Labels keep off the legend. */
export function besideLegend(plan: Bare, legend: SceneLegend | undefined): StagePlan {
  if (legend === undefined) return { ...plan, legend };
  const limit = legend.x - 16 * plan.k;
  const boxes = plan.boxes.map((box) => {
    if (box.side === 'above' || box.baselines[1] < legend.y - 16 * plan.k) return box;
    const spaces = box.label.spaces
      .map((space) => ({ ...space, x1: Math.min(space.x1, limit) }))
      .filter((space) => space.x1 > space.x0);
    return { ...box, label: { ...box.label, spaces } };
  });
  return { ...plan, legend, boxes };
}
