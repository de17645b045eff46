import { memo, type MouseEvent } from 'react';
import type { StageScene } from '../../viewmodel/scene.ts';
import type { StageZoom } from './useZoom.ts';

type Props = { readonly scene: StageScene; readonly zoom: StageZoom; readonly width: number; readonly height: number };

/** At most so wide and so high, at k = 1. */
const MOST = { w: 220, h: 44 } as const;

const Contents = memo(function Contents({ scene, scale }: { readonly scene: StageScene; readonly scale: number }) {
  return (
    <>
      {scene.boxes.map(({ key, hue, x, y, w: bw, h: bh }) => (
        <rect
          key={key}
          className={`box ${hue}`}
          x={x * scale}
          y={y * scale}
          width={bw * scale}
          height={Math.max(1, bh * scale)}
        />
      ))}
      {scene.cells.map((cell) => (
        <rect
          key={cell.key}
          className={cell.violated ? 'cell violated' : cell.changed ? 'cell changed' : `cell ${cell.look}`}
          x={cell.x * scale}
          y={cell.y * scale}
          width={Math.max(0.8, cell.w * scale - 0.6)}
          height={Math.max(2, cell.h * scale)}
        />
      ))}
    </>
  );
});

/** The whole strip, where it is wider than the window: what is broken or changed elsewhere, and what part is in view. */
export const StageMinimap = memo(function StageMinimap({ scene, zoom, width, height }: Props) {
  const scale = Math.min((MOST.w * scene.k) / scene.width, (MOST.h * scene.k) / scene.height);
  const [w, h] = [scene.width * scale, scene.height * scale];
  const view = { x: -zoom.x / zoom.scale, y: -zoom.y / zoom.scale, w: width / zoom.scale, h: height / zoom.scale };
  const jump = (event: MouseEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
    zoom.reveal({ x: x - view.w / 2 + 30, y: y - view.h / 2 + 30, w: view.w - 60, h: view.h - 60 });
  };
  return (
    <svg className="stage-minimap" width={w} height={h} aria-hidden="true" onClick={jump}>
      <Contents scene={scene} scale={scale} />
      <rect
        className="view"
        x={Math.max(0, view.x * scale) + 1}
        y={Math.max(0, view.y * scale) + 1}
        width={Math.min(w, view.w * scale) - 2}
        height={Math.min(h, view.h * scale) - 2}
      />
    </svg>
  );
});
