/** Zoom and pan of the stage: d3 turns gestures into a transform, React draws with it. */
import type { ZoomTransform } from 'd3-zoom';
import { useEffect, useMemo, useState } from 'react';
import { fitScale, home, overflows, type ZoomArea } from './zoomArea.ts';
import { createZoomControl, type ZoomControl } from './zoomControl.ts';

export type StageZoom = Pick<ZoomControl, 'fit' | 'by' | 'reveal'> & {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  /** All of it is in view, and nothing is zoomed. */
  readonly fitted: boolean;
  /** Something lies outside of the window. */
  readonly overflows: boolean;
};

export function useZoom(element: SVGSVGElement | null, area: ZoomArea): StageZoom {
  const [transform, setTransform] = useState<ZoomTransform>(() => home(area));
  const [control] = useState(() => createZoomControl(area));
  useEffect(() => (element === null ? undefined : control.attach(element, setTransform)), [control, element]);
  useEffect(() => control.resize(area), [control, element, area]);
  const beyond = overflows(area, transform.k);
  const fitted = Math.abs(transform.k - fitScale(area)) < 0.001 && !beyond;
  return useMemo(() => {
    const { fit, by, reveal } = control;
    return { fit, by, reveal, x: transform.x, y: transform.y, scale: transform.k, fitted, overflows: beyond };
  }, [control, transform, fitted, beyond]);
}
