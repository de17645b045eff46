import { useRef, type PointerEvent } from 'react';
import { nextEnd, previousEnd } from '../../base/spans.ts';
import { transportScene } from '../../viewmodel/transportScene.ts';
import { positionAt } from '../../viewmodel/timelineColumns.ts';
import type { TimelineRun } from '../../viewmodel/timelineRun.ts';
import type { TimelineScene } from '../../viewmodel/timelineScene.ts';
import { AXIS, GUTTER, PAD } from '../../viewmodel/timelineFrame.ts';
import { seek } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';

type Props = {
  readonly run: TimelineRun;
  readonly scene: TimelineScene;
  readonly at: number;
  /** The position that the layout keeps while a drag lasts. */
  readonly onHold: (at: number | undefined) => void;
};

/** Lies over the timeline: click or drag to seek. The keys of the page move it like everything else. */
export function TimelineSlider({ run, scene, at, onHold }: Props) {
  const grain = usePage((page) => page.grain);
  const onOverview = useRef(false);
  const { place, actor, line, verdict } = transportScene(run.program, run.outline, at);

  const seekTo = (event: PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const free = onOverview.current ? fromOverview(run, scene, x) : positionAt(run, scene.columns, x);
    seek(grain === 'step' ? nearestEnd(run, free) : free);
  };

  return (
    <div
      className="slider"
      role="slider"
      tabIndex={0}
      aria-label="Position in the run"
      aria-valuemin={0}
      aria-valuemax={run.outline.length}
      aria-valuenow={at}
      aria-valuetext={`${place}: ${actor} ${line}${verdict === '' ? '' : `, ${verdict}`}`}
      style={{ height: scene.height }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        // The axis stays where it is when the lanes scroll, so its height counts from the box that scrolls.
        const y =
          event.clientY - (event.currentTarget.parentElement ?? event.currentTarget).getBoundingClientRect().top;
        onOverview.current = scene.overview !== undefined && y < scene.axis / 4;
        // The overview moves the window; everything else leaves it where it is.
        if (!onOverview.current) onHold(at);
        seekTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
      }}
      onPointerUp={() => onHold(undefined)}
      onPointerCancel={() => onHold(undefined)}
    />
  );
}

function fromOverview(run: TimelineRun, { width, axis }: TimelineScene, x: number): number {
  const k = axis / AXIS;
  const part = (x - GUTTER * k) / (width - (GUTTER + PAD) * k);
  return Math.round(Math.max(0, Math.min(1, part)) * run.outline.length);
}

function nearestEnd(run: TimelineRun, at: number): number {
  const before = previousEnd(run.outline.turns, at + 1) ?? 0;
  const after = nextEnd(run.outline.turns, at - 1) ?? at;
  return at - before < after - at ? before : after;
}
