/** Who owns each page: the strip of pages, the files above it, page tables and DMA below. Draws a scene, decides nothing. */
import { useEffect, useId, useLayoutEffect, useMemo, useState } from 'react';
import type { Rect, StageMoment, StageOutline, StageProgram, StageRef, StageScene, Viewport } from '../../viewmodel/scene.ts'; // prettier-ignore
import { withAhead } from '../../viewmodel/aheadScene.ts';
import { stageScene } from '../../viewmodel/stageScene.ts';
import { useAhead } from '../shared/useAhead.ts';
import { createMotionClock, MotionContext, type MotionClock } from './useMotion.ts';
import { StageDrawing } from './StageDrawing.tsx';
import { StageMinimap } from './StageMinimap.tsx';
import { useStageKeys } from './useStageKeys.ts';
import { useStageSize } from './useStageSize.ts';
import { useWalk } from './useWalk.ts';
import { useZoom } from './useZoom.ts';
import './stage.css';

type Props = {
  readonly program: StageProgram;
  readonly outline: StageOutline;
  readonly moment: StageMoment;
  /** Pointed at, for as long as it is. */
  readonly focus: StageRef | undefined;
  /** Chosen, until another is or Escape. */
  readonly selected: StageRef | undefined;
  /** Keys of boxes that are not drawn. */
  readonly hidden?: readonly string[];
  readonly onFocus: (ref: StageRef | undefined) => void;
  readonly onSelect: (ref: StageRef | undefined) => void;
  /** The run on the other half of the screen. */
  readonly beside?: Viewport['beside'];
  /** Seen from far away: its own scale, no text smaller than `least`, and what a step is not about fades. */
  readonly room?: { readonly k: number; readonly least: number };
};

export function Stage(props: Props) {
  const { program, outline, moment, focus, selected, hidden, onFocus, onSelect, beside, room } = props;
  const { ref, size: own } = useStageSize<HTMLDivElement>();
  const size = useMemo(() => (own === undefined || room === undefined ? own : { ...own, ...room }), [own, room]);
  const scene = useMemo(
    () => (size === undefined || size.width <= 0 || size.height <= 0 ? undefined : stageScene(program, outline, moment, beside === undefined ? size : { ...size, beside }, focus ?? selected, hidden, room !== undefined)), // prettier-ignore
    [program, outline, moment, size, focus, selected, hidden, beside, room],
  );
  const ahead = useAhead({ program, outline, moment })?.keys;
  const drawn = useMemo(() => scene && withAhead(scene, ahead), [scene, ahead]);
  return (
    <div className="stage" ref={ref}>
      {size !== undefined && drawn !== undefined && (
        <SizedStage scene={drawn} size={size} moment={moment} onFocus={onFocus} onSelect={onSelect} />
      )}
    </div>
  );
}

type SizedProps = Pick<Props, 'moment' | 'onFocus' | 'onSelect'> & {
  readonly scene: StageScene;
  readonly size: Viewport;
};

function SizedStage({ scene, size, moment, onFocus, onSelect }: SizedProps) {
  const [svg, setSvg] = useState<SVGSVGElement | null>(null);
  const refs = useMemo(() => refsOf(scene), [scene]);
  const zoom = useZoom(svg, useZoomArea(scene, size));
  const walk = useWalk(
    useMemo(() => scene.walks.filter(({ page }) => !isThin(scene, page)), [scene]),
    scene.kin,
  );
  const handlers = useStageKeys({ scene, svg, walk, zoom, refs, onFocus, onSelect });
  const [clock] = useState(createMotionClock);
  const patterns = useId();
  useInView(subjectRect(scene), moment.at, zoom.reveal);
  return (
    <MotionContext value={clock}>
      <ClockTick clock={clock} moment={moment} scene={scene} svg={svg} />
      <svg
        ref={setSvg}
        className="stage-svg"
        width={size.width}
        height={size.height}
        role="group"
        aria-label={scene.name}
        {...handlers}
      >
        <StageDrawing scene={scene} zoom={zoom} patterns={patterns} current={walk.current} />
      </svg>
      {zoom.overflows && <StageMinimap scene={scene} zoom={zoom} width={size.width} height={size.height} />}
      {!zoom.fitted && (
        <button type="button" className="stage-fit" onClick={zoom.fit}>
          Fit
        </button>
      )}
    </MotionContext>
  );
}

type TickProps = { readonly clock: MotionClock; readonly moment: object; readonly scene: object; readonly svg: SVGSVGElement | null }; // prettier-ignore

/** Tells the clock of a new moment before the links hear of it, and the style sheet whether anything may move. */
function ClockTick({ clock, moment, scene, svg }: TickProps) {
  useLayoutEffect(() => {
    clock.tick(moment);
    svg?.toggleAttribute('data-still', clock.tooFast());
  }, [clock, moment, scene, svg]);
  return null;
}

function useZoomArea(scene: StageScene, { width, height }: Viewport) {
  const { width: contentWidth, height: contentHeight, middle } = scene;
  return useMemo(
    () => ({ width, height, contentWidth, contentHeight, middle }),
    [width, height, contentWidth, contentHeight, middle],
  );
}

/** What a step is about must not happen out of sight; only a new moment moves the view, pointing at things does not. */
function useInView(subject: Rect | undefined, at: number, reveal: (rect: Rect) => void): void {
  useEffect(() => {
    if (subject !== undefined) reveal(subject);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, reveal]);
}

/** The page that a moment is about: broken, else changed. */
const subjectRect = ({ cells }: StageScene): Rect | undefined =>
  cells.find((cell) => cell.violated) ?? cells.find((cell) => cell.changed) ?? cells.find((cell) => cell.ringed);

const refsOf = (scene: StageScene): ReadonlyMap<string, StageRef> =>
  new Map([...scene.cells, ...scene.slots, ...scene.boxes].map(({ key, ref }) => [key, ref]));

function isThin(scene: StageScene, key: string): boolean {
  return scene.cells.find((cell) => cell.key === key)?.thin === true;
}
