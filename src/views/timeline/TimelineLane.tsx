import type { SceneLane } from '../../viewmodel/timelineFrame.ts';

type Props = { readonly lane: SceneLane; readonly width: number; readonly k: number };

/** The name of a lane and the rule below it. */
export function TimelineLane({ lane: { name, note, y, h }, width, k }: Props) {
  return (
    <g>
      <path className="lane-rule" d={`M0 ${y + h}H${width}`} />
      <text className="lane-name" x={16 * k} y={y + 17 * k} fontSize={12.5 * k}>
        {name}
      </text>
      <text className="lane-note" x={16 * k} y={y + 30 * k} fontSize={11 * k}>
        {note}
      </text>
    </g>
  );
}
