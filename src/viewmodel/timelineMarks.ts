/** Where properties break: octagons in the lane of the checks, none over another. */
import type { Frame } from './timelineFrame.ts';

export type SceneMark = {
  readonly key: string;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Still to come: dashed. */
  readonly future: boolean;
  readonly title: string;
  /** Index into Outline.violations. */
  readonly violation: number;
};

export const MARK_R = 11;

/** The later one gives way to the right, at the edge to the left. */
export function marksOf(frame: Frame): readonly SceneMark[] {
  const { run, view } = frame;
  const top = frame.top(run.checks);
  if (top === undefined) return [];
  const pitch = (2 * MARK_R + 3) * view.k;
  const places = placesOf(frame);
  const right: number[] = [];
  for (const { x } of places) right.push(Math.max(x, (right.at(-1) ?? -pitch) + pitch));
  const xs: number[] = [];
  let limit = view.width - MARK_R * view.k - 2;
  for (const x of right.toReversed()) {
    xs.unshift(Math.min(x, limit));
    limit = (xs[0] ?? limit) - pitch;
  }
  return places.flatMap(({ index }, i) => {
    const violation = run.outline.violations[index];
    if (violation === undefined) return [];
    return {
      key: `${violation.id}@${violation.at}`,
      id: violation.id,
      x: xs[i] ?? 0,
      y: top + 18 * view.k,
      future: violation.at > view.at,
      title: `${violation.id} breaks at step ${violation.step + 1}: ${violation.message}`,
      violation: index,
    };
  });
}

/** Several slots of one MR break at once: one octagon for one property at one position. */
function placesOf({ run, x }: Frame): readonly { readonly index: number; readonly x: number }[] {
  const seen = new Set<string>();
  const places: { index: number; x: number }[] = [];
  run.outline.violations.forEach(({ id, at }, index) => {
    const place = x(at);
    if (place === undefined || seen.has(`${id}@${at}`)) return;
    seen.add(`${id}@${at}`);
    places.push({ index, x: place });
  });
  return places.sort((a, b) => a.x - b.x);
}
