import { useId, useMemo } from 'react';
import type { StageMoment, StageOutline, StageProgram, Viewport } from '../../viewmodel/scene.ts';
import { stageScene } from '../../viewmodel/stageScene.ts';
import { StageDrawing } from './StageDrawing.tsx';
import './stage.css';

type Props = {
  readonly program: StageProgram;
  readonly outline: StageOutline;
  readonly moment: StageMoment;
  readonly view: Viewport;
  /** Absent: a drawing of its own; within another one it is a group. */
  readonly within?: { readonly x: number; readonly y: number };
};

/** The score of one moment as a picture: nothing to point at, all of it in view. */
export function StaticStage({ program, outline, moment, view, within }: Props) {
  const patterns = useId();
  const scene = useMemo(() => stageScene(program, outline, moment, view), [program, outline, moment, view]);
  const scale = Math.min(1, view.width / scene.width, view.height / scene.height);
  const zoom = { x: 0, y: 0, scale };
  const drawing = <StageDrawing scene={scene} zoom={zoom} patterns={patterns} current="" />;
  if (within !== undefined) return <g transform={`translate(${within.x} ${within.y})`}>{drawing}</g>;
  return (
    <svg
      className="stage-svg still"
      viewBox={`0 0 ${view.width} ${Math.ceil(scene.height * scale)}`}
      role="img"
      aria-label={scene.name}
    >
      {drawing}
    </svg>
  );
}
