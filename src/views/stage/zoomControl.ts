/** Zoom and pan of one SVG element: d3 turns gestures into a transform and keeps it on the element. */
import { select } from 'd3-selection';
import { zoom, zoomTransform, type D3ZoomEvent, type ZoomBehavior, type ZoomTransform } from 'd3-zoom';
import type { Rect } from '../../viewmodel/scene.ts';
import { fitScale, fitted, home, overflows, shiftInto, type ZoomArea } from './zoomArea.ts';

export type ZoomControl = {
  /** Listens on the element; returns what ends it. */
  readonly attach: (element: SVGSVGElement, onZoom: (transform: ZoomTransform, byUser: boolean) => void) => () => void;
  /** Another window or other contents: back to where a run opens. */
  readonly resize: (area: ZoomArea) => void;
  /** To where another stage was moved. */
  readonly follow: (transform: ZoomTransform) => void;
  readonly fit: () => void;
  readonly by: (factor: number) => void;
  /** Brings a rectangle of the content into view. */
  readonly reveal: (rect: Rect) => void;
};

type Behaviour = ZoomBehavior<SVGSVGElement, unknown>;
type Gesture = { readonly type: string; readonly ctrlKey: boolean; readonly button: number };

const MOST = 4;

/** A wheel alone scrolls the page, with Ctrl (or a pinch) it zooms; a press drags. */
const isGesture = (event: Gesture): boolean =>
  (event.type === 'wheel' ? event.ctrlKey : !event.ctrlKey) && event.button === 0;

/** Where something lies outside of the window, a wheel alone pans. */
function panBy(event: WheelEvent, svg: SVGSVGElement, made: Behaviour, area: ZoomArea): void {
  const { k } = zoomTransform(svg);
  if (event.ctrlKey || !overflows(area, k)) return;
  event.preventDefault();
  made.translateBy(select(svg), -event.deltaX / k, -event.deltaY / k);
}

export function createZoomControl(first: ZoomArea): ZoomControl {
  const made: Behaviour = zoom<SVGSVGElement, unknown>().filter(isGesture);
  let area = first;
  let element: SVGSVGElement | undefined;
  let resizing = false;
  const act = (move: (svg: SVGSVGElement) => void): void => {
    if (element !== undefined) move(element);
  };
  return {
    attach(svg, onZoom) {
      element = svg;
      made.on('zoom', (event: D3ZoomEvent<SVGSVGElement, unknown>) => onZoom(event.transform, !resizing));
      const selected = select(svg).call(made).on('dblclick.zoom', null);
      selected.on('wheel.pan', (event: WheelEvent) => panBy(event, svg, made, area), { passive: false });
      return () => {
        selected.on('.zoom', null).on('.pan', null);
        element = undefined;
      };
    },
    resize(next) {
      area = next;
      made
        .extent([[0, 0], [area.width, area.height]])
        .translateExtent([[0, 0], [area.contentWidth, area.contentHeight]])
        .scaleExtent([fitScale(area), MOST]); // prettier-ignore
      resizing = true;
      act((svg) => made.transform(select(svg), home(area)));
      resizing = false;
    },
    follow: (transform) => act((svg) => made.transform(select(svg), transform)),
    fit: () => act((svg) => made.transform(select(svg), fitted(area))),
    by: (factor) => act((svg) => made.scaleBy(select(svg), factor)),
    reveal: ({ x, y, w, h }) =>
      act((svg) => {
        const now = zoomTransform(svg);
        const dx = shiftInto(now.applyX(x), now.applyX(x + w), area.width);
        const dy = shiftInto(now.applyY(y), now.applyY(y + h), area.height);
        if (dx !== 0 || dy !== 0) made.translateBy(select(svg), dx / now.k, dy / now.k);
      }),
  };
}
