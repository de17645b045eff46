import type { SceneMark } from '../../viewmodel/timelineMarks.ts';
import { MARK_R } from '../../viewmodel/timelineMarks.ts';
import type { TimelineRun } from '../../viewmodel/timelineRun.ts';
import type { TimelineScene } from '../../viewmodel/timelineScene.ts';
import { seek } from '../../store/actions.ts';
import { viewOf } from '../../store/places.ts';
import { page } from '../../store/store.ts';
import { Octagon } from '../shared/Octagon.tsx';
import { TimelineLane } from './TimelineLane.tsx';

type Props = { readonly run: TimelineRun; readonly scene: TimelineScene; readonly k: number };

/** The lane of the checks, always in sight: a button for each property that breaks, dashed while that is to come. */
export function TimelineChecks({ run, scene, k }: Props) {
  const { checks, width, height, band, playhead, marks } = scene;
  if (checks === undefined) return null;
  const { y } = checks;
  const size = 2 * MARK_R * k;
  const goTo = ({ violation }: SceneMark): void => {
    const found = run.outline.violations[violation];
    if (found !== undefined) seek(viewOf(run.outline, found, page().grain));
  };
  return (
    <div className="checks">
      <svg
        className="lanes"
        width={width}
        height={height - y}
        viewBox={`0 ${y} ${width} ${height - y}`}
        aria-hidden="true"
      >
        {band !== undefined && <rect className="band" x={band.x} y={y} width={band.w} height={height - y} />}
        <path className="lane-rule" d={`M0 ${y}H${width}`} />
        <TimelineLane lane={checks} width={width} k={k} />
        {playhead !== undefined && <path className="playhead" d={`M${playhead} ${y}V${height}`} />}
      </svg>
      {marks.map((mark) => (
        <button
          key={mark.key}
          type="button"
          className="mark"
          style={{ left: mark.x - size / 2, top: mark.y - y - size / 2 }}
          aria-label={mark.title}
          title={mark.title}
          onClick={() => goTo(mark)}
        >
          <Octagon id={mark.id} size={size} armed={mark.future} />
        </button>
      ))}
    </div>
  );
}
