/** Who owns each page: the strip of pages, the files above it, page tables and DMA below. Draws a scene, decides nothing. */
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import type {
  Rect,
  StageMoment,
  StageOutline,
  StageProgram,
  StageRef,
  StageScene,
  Viewport,
} from '../../viewmodel/scene.ts';
import { stageScene } from '../../viewmodel/stageScene.ts';
import { createMotionClock, MotionContext, type MotionClock } from './useMotion.ts';
import { StageDrawing } from './StageDrawing.tsx';
import { StageMinimap } from './StageMinimap.tsx';
import { useStageSize } from './useStageSize.ts';
import { isWalkKey, useWalk } from './useWalk.ts';
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
  readonly onFocus: (ref: StageRef | undefined) => void;
  readonly onSelect: (ref: StageRef | undefined) => void;
};

export function Stage(props: Props) {
  const { ref, size } = useStageSize<HTMLDivElement>();
  return (
    <div className="stage" ref={ref}>
      {size !== undefined && size.width > 0 && size.height > 0 && <SizedStage {...props} size={size} />}
    </div>
  );
}

/** Tells the clock of a new moment before the links hear of it. */
function ClockTick({
  clock,
  moment,
  scene,
}: {
  readonly clock: MotionClock;
  readonly moment: object;
  readonly scene: object;
}) {
  useLayoutEffect(() => clock.tick(moment), [clock, moment, scene]);
  return null;
}

const refsOf = (scene: StageScene): ReadonlyMap<string, StageRef> =>
  new Map([...scene.cells, ...scene.slots, ...scene.boxes].map(({ key, ref }) => [key, ref]));

function keyUnder(target: EventTarget): string | undefined {
  const found = target instanceof Element ? target.closest('[data-key]') : null;
  return found?.getAttribute('data-key') ?? undefined;
}

function SizedStage({
  program,
  outline,
  moment,
  focus,
  selected,
  onFocus,
  onSelect,
  size,
}: Props & { readonly size: Viewport }) {
  const scene = useMemo(
    () => stageScene(program, outline, moment, size, focus ?? selected),
    [program, outline, moment, size, focus, selected],
  );
  const refs = useMemo(() => refsOf(scene), [scene]);
  const walks = useMemo(() => scene.walks.filter(({ page }) => !isThin(scene, page)), [scene]);
  const [svg, setSvg] = useState<SVGSVGElement | null>(null);
  const area = useMemo(
    () => ({
      width: size.width,
      height: size.height,
      contentWidth: scene.width,
      contentHeight: scene.height,
      middle: scene.middle,
    }),
    [size, scene.width, scene.height, scene.middle],
  );
  const zoom = useZoom(svg, area);
  const walk = useWalk(walks);
  const [clock] = useState(createMotionClock);
  const patterns = useId();
  const held = useRef<string>(undefined);

  // What a step is about must not happen out of sight.
  const { reveal } = zoom;
  const subject = useMemo(() => subjectRect(scene), [scene]);
  useEffect(() => {
    if (subject !== undefined) reveal(subject.x, subject.y, subject.w, subject.h);
    // Only a new moment moves the view; pointing at things does not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [moment.at, reveal]);

  const point = useCallback(
    (key: string | undefined) => {
      if (held.current === key) return;
      held.current = key;
      onFocus(key === undefined ? undefined : refs.get(key));
    },
    [onFocus, refs],
  );

  const focusOn = (key: string): void => {
    walk.goTo(key);
    const element = svg?.querySelector<SVGElement>(`[data-key="${key}"][tabindex]`);
    element?.focus({ preventScroll: true });
    const at = scene.cells.find((cell) => cell.key === key) ?? scene.slots.find((slot) => slot.key === key);
    if (at !== undefined) zoom.reveal(at.x, at.y, at.w, at.h);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = keyUnder(event.target);
    const handled = isWalkKey(event) ? walkOn(event.key, key) : act(event.key, key);
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const walkOn = (pressed: string, from: string | undefined): boolean => {
    const to = walk.next(pressed, from);
    if (to !== undefined) focusOn(to);
    return true;
  };

  const act = (pressed: string, key: string | undefined): boolean => {
    if (pressed === 'Enter') onSelect(key === undefined ? undefined : refs.get(key));
    else if (pressed === 'Escape') {
      point(undefined);
      onSelect(undefined);
    } else if (pressed === '+' || pressed === '=') zoom.by(1.25);
    else if (pressed === '-') zoom.by(0.8);
    else if (pressed === '0') zoom.fit();
    else return false;
    return true;
  };

  return (
    <MotionContext value={clock}>
      <ClockTick clock={clock} moment={moment} scene={scene} />
      <svg
        ref={setSvg}
        className="stage-svg"
        width={size.width}
        height={size.height}
        role="group"
        aria-label={scene.name}
        onPointerOver={(event: PointerEvent) => event.pointerType !== 'touch' && point(keyUnder(event.target))}
        onPointerLeave={() => point(undefined)}
        onClick={(event) => onSelect(refs.get(keyUnder(event.target) ?? ''))}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const key = keyUnder(event.target);
          if (key === undefined) return;
          walk.goTo(key);
          // A click gives the focus too; only the keyboard's points at something.
          if (event.target.matches(':focus-visible')) point(key);
        }}
        onBlur={() => point(undefined)}
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

/** The page that a moment is about: broken, else changed. */
const subjectRect = ({ cells }: StageScene): Rect | undefined =>
  cells.find((cell) => cell.violated) ?? cells.find((cell) => cell.changed) ?? cells.find((cell) => cell.ringed);

function isThin(scene: StageScene, key: string): boolean {
  return scene.cells.find((cell) => cell.key === key)?.thin === true;
}
