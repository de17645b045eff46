import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { usePage } from '../../store/usePage.ts';
import { timelineRun, type TimelineRun } from '../../viewmodel/timelineRun.ts';
import { timelineScene, type TimelineScene } from '../../viewmodel/timelineScene.ts';
import { useMedia, useScale } from '../shared/useMedia.ts';
import { useWidth } from '../shared/useWidth.ts';
import { TimelineAxis } from './TimelineAxis.tsx';
import { TimelineChecks } from './TimelineChecks.tsx';
import { TimelineLanes } from './TimelineLanes.tsx';
import { TimelineSlider } from './TimelineSlider.tsx';
import './timeline.css';

/** Where there is little height or width, only the lane of the current actor is shown. */
const COMPACT_QUERY = '(max-height: 699px), (max-width: 899px)';

export function Timeline() {
  const program = usePage((page) => page.shown?.program);
  const outline = usePage((page) => page.shown?.outline);
  const at = usePage((page) => page.shown?.moment.at ?? 0);
  const { ref, width } = useWidth<HTMLDivElement>();
  const k = useScale();
  const compact = useMedia(COMPACT_QUERY);
  const run = useMemo(() => program && outline && timelineRun(program, outline), [program, outline]);
  // While it is dragged nothing under the pointer may move.
  const [held, setHeld] = useState<number>();
  const scene = useMemo(
    () =>
      run === undefined || width === 0 ? undefined : timelineScene(run, { at, anchor: held ?? at, width, k, compact }),
    [run, at, held, width, k, compact],
  );
  return (
    <section className="timeline at-timeline" aria-label="Timeline" ref={ref}>
      {run !== undefined && scene !== undefined && (
        <TimelineScroll run={run} scene={scene} at={at} k={k} onHold={setHeld} />
      )}
    </section>
  );
}

/** As in timeline.css. */
const MOST_HEIGHT = 240;

type Props = {
  readonly run: TimelineRun;
  readonly scene: TimelineScene;
  readonly at: number;
  readonly k: number;
  readonly onHold: (at: number | undefined) => void;
};

/** Many lanes scroll between the axis and the checks; the lane of the current actor is kept in sight. */
function TimelineScroll({ run, scene, at, k, onHold }: Props) {
  const box = useRef<HTMLDivElement>(null);
  // Kept beside the element: to ask it for its place makes the browser lay out the whole page before it paints.
  const scrolled = useRef(0);
  const { current, checks, axis, height } = scene;
  const room = Math.min(height, MOST_HEIGHT * k) - axis - (checks?.h ?? 0);
  useLayoutEffect(() => {
    if (box.current === null || current === undefined) return;
    const top = current.y - axis;
    const to = Math.max(top + current.h - room, Math.min(top, scrolled.current));
    if (to !== scrolled.current) box.current.scrollTop = to;
  }, [current, axis, room]);
  return (
    <div className="timeline-scroll" ref={box} onScroll={(event) => (scrolled.current = event.currentTarget.scrollTop)}>
      <TimelineAxis scene={scene} k={k} />
      <TimelineLanes scene={scene} k={k} />
      <TimelineSlider run={run} scene={scene} at={at} onHold={onHold} />
      <TimelineChecks run={run} scene={scene} k={k} />
    </div>
  );
}
