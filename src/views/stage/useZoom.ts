/** Zoom and pan of the stage. d3 turns gestures into a transform; React draws with it. */
import { select } from 'd3-selection';
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

type ZoomArea = {
  readonly width: number;
  readonly height: number;
  readonly contentWidth: number;
  readonly contentHeight: number;
  /** Shown in the middle at first where the content is higher than the window. */
  readonly middle: number;
};

export type StageZoom = {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** All of it is in view, and nothing is zoomed. */
  readonly fitted: boolean;
  /** Something lies outside of the window. */
  readonly overflows: boolean;
  readonly fit: () => void;
  readonly by: (factor: number) => void;
  /** Brings a rectangle of the content into view. */
  readonly reveal: (x: number, y: number, w: number, h: number) => void;
};

type Gesture = { readonly type: string; readonly ctrlKey: boolean; readonly button: number };
type Behaviour = ZoomBehavior<SVGSVGElement, unknown>;

const MOST = 4;

const fitScale = (area: ZoomArea): number =>
  Math.min(1, area.width / area.contentWidth, area.height / area.contentHeight);

/** Where a run opens: unzoomed, at its left end, the strip in sight. */
function home(area: ZoomArea): ZoomTransform {
  const spare = area.contentHeight - area.height;
  return zoomIdentity.translate(0, spare <= 0 ? 0 : -Math.min(spare, Math.max(0, area.middle - area.height / 2)));
}

/** A wheel alone scrolls the page, with Ctrl (or a pinch) it zooms; a press drags. */
const isGesture = (event: Gesture): boolean =>
  (event.type === 'wheel' ? event.ctrlKey : !event.ctrlKey) && event.button === 0;

function overflows(area: ZoomArea, scale: number): boolean {
  return area.contentWidth * scale > area.width + 1 || area.contentHeight * scale > area.height + 1;
}

export function useZoom(element: SVGSVGElement | null, area: ZoomArea): StageZoom {
  const [transform, setTransform] = useState<ZoomTransform>(() => home(area));
  const behaviour = useRef<Behaviour>(undefined);
  const latest = useRef({ area, transform });
  useEffect(() => {
    latest.current = { area, transform };
  }, [area, transform]);

  useEffect(() => {
    if (element === null) return undefined;
    const made: Behaviour = zoom<SVGSVGElement, unknown>()
      .filter(isGesture)
      .on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => setTransform(event.transform));
    behaviour.current = made;
    const svg = select(element);
    svg.call(made).on('dblclick.zoom', null);
    svg.on('wheel.pan', (event: WheelEvent) => {
      const { area: room, transform: now } = latest.current;
      if (event.ctrlKey || !overflows(room, now.k)) return;
      event.preventDefault();
      made.translateBy(svg, -event.deltaX / now.k, -event.deltaY / now.k);
    }, { passive: false }); // prettier-ignore
    return () => {
      svg.on('.zoom', null).on('.pan', null);
    };
  }, [element]);

  const { width, height, contentWidth, contentHeight, middle } = area;
  useEffect(() => {
    const made = behaviour.current;
    if (element === null || made === undefined) return;
    const room = { width, height, contentWidth, contentHeight, middle };
    made
      .extent([[0, 0], [width, height]])
      .translateExtent([[0, 0], [contentWidth, contentHeight]])
      .scaleExtent([fitScale(room), MOST]); // prettier-ignore
    made.transform(select(element), home(room));
  }, [element, width, height, contentWidth, contentHeight, middle]);

  const fit = useCallback(() => {
    const { area: room } = latest.current;
    const scale = fitScale(room);
    const x = (room.width - room.contentWidth * scale) / 2;
    const y = (room.height - room.contentHeight * scale) / 2;
    if (element !== null) behaviour.current?.transform(select(element), zoomIdentity.translate(x, y).scale(scale));
  }, [element]);

  const by = useCallback(
    (factor: number) => {
      if (element !== null) behaviour.current?.scaleBy(select(element), factor);
    },
    [element],
  );

  const reveal = useCallback(
    (x: number, y: number, w: number, h: number) => {
      const { area: room, transform: now } = latest.current;
      const dx = shiftInto(now.applyX(x), now.applyX(x + w), room.width);
      const dy = shiftInto(now.applyY(y), now.applyY(y + h), room.height);
      if (element !== null && (dx !== 0 || dy !== 0))
        behaviour.current?.translateBy(select(element), dx / now.k, dy / now.k);
    },
    [element],
  );

  const beyond = overflows(area, transform.k);
  const fitted = Math.abs(transform.k - fitScale(area)) < 0.001 && !beyond;
  return useMemo(
    () => ({ x: transform.x, y: transform.y, scale: transform.k, fitted, overflows: beyond, fit, by, reveal }),
    [transform, fitted, beyond, fit, by, reveal],
  );
}

/** How far [from, to] must move to lie within [0, size] with a little air. */
function shiftInto(from: number, to: number, size: number): number {
  const air = 24;
  if (from < air) return air - from;
  return to > size - air ? Math.max(air - from, size - air - to) : 0;
}
