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
  const { current, checks, axis } = scene;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || current === undefined) return;
    const room = element.clientHeight - axis - (checks?.h ?? 0);
    const top = current.y - axis;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + current.h > element.scrollTop + room) element.scrollTop = top + current.h - room;
  }, [current, checks, axis]);
  return (
    <div className="timeline-scroll" ref={box}>
      <TimelineAxis scene={scene} k={k} />
      <TimelineLanes scene={scene} k={k} />
      <TimelineSlider run={run} scene={scene} at={at} onHold={onHold} />
      <TimelineChecks run={run} scene={scene} k={k} />
    </div>
  );
}
