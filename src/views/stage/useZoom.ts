/** Zoom and pan of the stage: d3 turns gestures into a transform, React draws with it. */
import type { ZoomTransform } from 'd3-zoom';
import { useContext, useEffect, useMemo, useState } from 'react';
import { fitScale, home, overflows, type ZoomArea } from './zoomArea.ts';
import { createZoomControl, type ZoomControl } from './zoomControl.ts';
import { ZoomLinkContext } from './zoomLink.ts';

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
  const link = useContext(ZoomLinkContext);
  useEffect(() => {
    if (element === null) return undefined;
    const joined = link?.join(control.follow);
    const detach = control.attach(element, (next, byUser) => {
      setTransform(next);
      if (byUser) joined?.tell(next);
    });
    return () => {
      joined?.leave();
      detach();
    };
  }, [control, element, link]);
  useEffect(() => control.resize(area), [control, element, area]);
  const beyond = overflows(area, transform.k);
  const fitted = Math.abs(transform.k - fitScale(area)) < 0.001 && !beyond;
  return useMemo(() => {
    const { fit, by, reveal } = control;
    return { fit, by, reveal, x: transform.x, y: transform.y, scale: transform.k, fitted, overflows: beyond };
  }, [control, transform, fitted, beyond]);
}
