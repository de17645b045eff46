import { memo } from 'react';
import type { SceneBar } from '../../viewmodel/timelineBars.ts';
import { BAR_HEIGHT } from '../../viewmodel/timelineFrame.ts';
import type { TimelineScene } from '../../viewmodel/timelineScene.ts';
import type { SceneLock, SceneWait } from '../../viewmodel/timelineSpans.ts';
import { HOURGLASS } from '../shared/icons.tsx';
import { TimelineLane } from './TimelineLane.tsx';

type Props = { readonly scene: TimelineScene; readonly k: number };

export const TimelineLanes = memo(function TimelineLanes({ scene, k }: Props) {
  const { width, axis, lanes, checks, bars, waits, locks, lockNames, band, playhead } = scene;
  const bottom = checks?.y ?? axis;
  return (
    <svg
      className="lanes"
      width={width}
      height={bottom - axis}
      viewBox={`0 ${axis} ${width} ${bottom - axis}`}
      aria-hidden="true"
    >
      <defs>
        <pattern id="wait-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v6" stroke="var(--ink2)" strokeWidth="2" />
        </pattern>
      </defs>
      {band !== undefined && <rect className="band" x={band.x} y={0} width={band.w} height={bottom} />}
      {lanes.map((lane) => (
        <TimelineLane key={lane.key} lane={lane} width={width} k={k} />
      ))}
      {bars.map((bar) => (
        <Bar key={bar.key} bar={bar} k={k} />
      ))}
      {waits.map((wait) => (
        <Wait key={wait.key} wait={wait} k={k} />
      ))}
      {locks.map((lock) => (
        <Lock key={lock.key} lock={lock} k={k} />
      ))}
      {lockNames.map(({ key, x, y, text, end }) => (
        <text key={key} className="lock-name" x={x} y={y + 3 * k} fontSize={11 * k} textAnchor={end ? 'end' : 'start'}>
          {text}
        </text>
      ))}
      {playhead !== undefined && <path className="playhead" d={`M${playhead} 0V${bottom}`} />}
    </svg>
  );
});

function Bar({ bar, k }: { readonly bar: SceneBar; readonly k: number }) {
  const { x, y, w, hue, when, ticks, labels } = bar;
  return (
    <g className={`bar ${hue} ${when}`}>
      <rect x={x} y={y} width={w} height={BAR_HEIGHT * k} rx={3 * k} />
      {ticks.map((tick) => (
        <path key={tick} d={`M${tick} ${y + 1}v${BAR_HEIGHT * k - 2}`} />
      ))}
      {labels.map((label) => (
        <text key={label.x} x={label.x} y={y + 13 * k} fontSize={11 * k} textAnchor="middle">
          {label.text}
        </text>
      ))}
    </g>
  );
}

function Wait({ wait, k }: { readonly wait: SceneWait; readonly k: number }) {
  const { x, y, w, text, plate, future } = wait;
  return (
    <g className={future ? 'wait future' : 'wait'}>
      <rect x={x} y={y} width={w} height={BAR_HEIGHT * k} rx={3 * k} />
      {plate > 0 && (
        <>
          <rect className="plate" x={x + 5 * k} y={y + 1.5} width={plate} height={BAR_HEIGHT * k - 3} />
          <path className="glass" transform={`translate(${x + 10 * k},${y + 3.5 * k}) scale(${k})`} d={HOURGLASS} />
          <text x={x + 24 * k} y={y + 13 * k} fontSize={11.5 * k}>
            {text}
          </text>
        </>
      )}
    </g>
  );
}

function Lock({ lock, k }: { readonly lock: SceneLock; readonly k: number }) {
  const { x, y, w, kind, future } = lock;
  return <path className={`lock ${kind}${future ? ' future' : ''}`} d={`M${x} ${y}h${w}`} strokeWidth={4 * k} />;
}
