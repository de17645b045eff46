import type { TimelineRun } from '../../viewmodel/timelineRun.ts';
import type { SceneMark } from '../../viewmodel/timelineMarks.ts';
import { MARK_R } from '../../viewmodel/timelineMarks.ts';
import type { TimelineScene } from '../../viewmodel/timelineScene.ts';
import { seek } from '../../store/actions.ts';
import { viewOf } from '../../store/places.ts';
import { page } from '../../store/store.ts';
import { Octagon } from '../shared/Octagon.tsx';

type Props = { readonly run: TimelineRun; readonly scene: TimelineScene; readonly k: number };

/** One button for each property that breaks; dashed while that is still to come. */
export function TimelineMarks({ run, scene, k }: Props) {
  const size = 2 * MARK_R * k;
  const goTo = ({ violation }: SceneMark): void => {
    const found = run.outline.violations[violation];
    if (found !== undefined) seek(viewOf(run.outline, found, page().grain));
  };
  return (
    <>
      {scene.marks.map((mark) => (
        <button
          key={mark.key}
          type="button"
          className="mark"
          style={{ left: mark.x - size / 2, top: mark.y - size / 2 }}
          aria-label={mark.title}
          title={mark.title}
          onClick={() => goTo(mark)}
        >
          <Octagon id={mark.id} size={size} armed={mark.future} />
        </button>
      ))}
    </>
  );
}
