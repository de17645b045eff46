import { memo } from 'react';
import type { SceneBracket, TimelineScene } from '../../viewmodel/timelineScene.ts';
import { GUTTER, PAD } from '../../viewmodel/timelineFrame.ts';

type Props = { readonly scene: TimelineScene; readonly k: number };

/** Brackets over the steps, the handle of the playhead, and of a long run the part that is in view. */
export const TimelineAxis = memo(function TimelineAxis({ scene, k }: Props) {
  const { width, axis, brackets, playhead, overview, columns } = scene;
  const strip = width - (GUTTER + PAD) * k;
  return (
    <svg className="axis" width={width} height={axis} aria-hidden="true">
      {overview !== undefined && (
        <g className="overview" transform={`translate(${GUTTER * k},${2.5 * k})`}>
          <path d={`M0 0H${strip}`} />
          <path className="part" d={`M${overview.from * strip} 0H${overview.to * strip}`} strokeWidth={3 * k} />
          <circle cx={overview.at * strip} r={2.5 * k} />
        </g>
      )}
      {columns.earlier > 0 && (
        <text className="hidden-turns" x={(GUTTER - 6) * k} y={26 * k} fontSize={11 * k} textAnchor="end">
          ‹ {columns.earlier} earlier
        </text>
      )}
      {brackets.map((bracket) => (
        <Bracket key={bracket.key} bracket={bracket} k={k} />
      ))}
      {playhead !== undefined && (
        <path
          className="handle"
          transform={`translate(${playhead},${18 * k}) scale(${k})`}
          d="M-7 0h14v8l-7 7l-7 -7z"
        />
      )}
    </svg>
  );
});

const Bracket = memo(
  function Bracket({ bracket, k }: { readonly bracket: SceneBracket; readonly k: number }) {
    const { x, w, label, when } = bracket;
    return (
      <g className={`bracket ${when}`}>
        <path d={`M${x} ${26 * k}v${-7 * k}h${w}v${7 * k}`} />
        <text x={x + w / 2} y={16 * k} fontSize={11.5 * k} textAnchor="middle">
          {label}
        </text>
      </g>
    );
  },
  (a, b) =>
    a.k === b.k &&
    a.bracket.x === b.bracket.x &&
    a.bracket.w === b.bracket.w &&
    a.bracket.label === b.bracket.label &&
    a.bracket.when === b.bracket.when,
);
