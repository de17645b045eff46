import { useMemo, useState } from 'react';
import { usePage } from '../../store/usePage.ts';
import { timelineRun } from '../../viewmodel/timelineRun.ts';
import { timelineScene } from '../../viewmodel/timelineScene.ts';
import { useMedia, useScale } from '../shared/useMedia.ts';
import { useWidth } from '../shared/useWidth.ts';
import { TimelineAxis } from './TimelineAxis.tsx';
import { TimelineLanes } from './TimelineLanes.tsx';
import { TimelineMarks } from './TimelineMarks.tsx';
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
        <div className="timeline-scroll">
          <TimelineAxis scene={scene} k={k} />
          <TimelineLanes scene={scene} k={k} />
          <TimelineSlider run={run} scene={scene} at={at} onHold={setHeld} />
          <TimelineMarks run={run} scene={scene} k={k} />
        </div>
      )}
    </section>
  );
}
