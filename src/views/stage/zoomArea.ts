/** What a transform of the stage must keep in view: arithmetic only. */
import { zoomIdentity, type ZoomTransform } from 'd3-zoom';

export type ZoomArea = {
  readonly width: number;
  readonly height: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
  /** Shown in the middle at first where the content is higher than the window. */
  readonly middle: number;
};

export const fitScale = (area: ZoomArea): number =>
  Math.min(1, area.width / area.contentWidth, area.height / area.contentHeight);

/** All of the content, in the middle. */
export function fitted(area: ZoomArea): ZoomTransform {
  const scale = fitScale(area);
  const x = (area.width - area.contentWidth * scale) / 2;
  const y = (area.height - area.contentHeight * scale) / 2;
  return zoomIdentity.translate(x, y).scale(scale);
}

/** Where a run opens: unzoomed, at its left end, the strip in sight. */
export function home(area: ZoomArea): ZoomTransform {
  const spare = area.contentHeight - area.height;
  return zoomIdentity.translate(0, spare <= 0 ? 0 : -Math.min(spare, Math.max(0, area.middle - area.height / 2)));
}

export function overflows(area: ZoomArea, scale: number): boolean {
  return area.contentWidth * scale > area.width + 1 || area.contentHeight * scale > area.height + 1;
}

/** How far [from, to] must move to lie within [0, size] with a little air. */
export function shiftInto(from: number, to: number, size: number): number {
  const air = 24;
  if (from < air) return air - from;
  return to > size - air ? Math.max(air - from, size - air - to) : 0;
}
