import { memo } from 'react';
import { LEGEND_WORDS } from '../../viewmodel/legend.ts';
import { barPath, chevronPath, claspPath, headPath } from '../../viewmodel/linkPath.ts';
import type { LegendRow, SceneLegend } from '../../viewmodel/scene.ts';
import { Ground } from './glyphs.tsx';

type Props = { readonly row: LegendRow; readonly k: number };

function DmaMark({ row, k }: Props) {
  const rail = (
    <path className="rail" d={`M${-2 * k} ${-2 * k}h${12 * k}M${-2 * k} ${2 * k}h${12 * k}`} strokeWidth={1.8 * k} />
  );
  if (row === 'flow') {
    const up = chevronPath({ x0: 8 * k, y0: 7 * k, turn: 0, x1: 8 * k, y1: -7 * k }, 'up', k * 0.8);
    return <path d={up} strokeWidth={2 * k} />;
  }
  if (row === 'odp') {
    return (
      <>
        <path
          d={`M${-2 * k} 0h${10 * k}`}
          strokeWidth={2.6 * k}
          strokeDasharray={`0.1 ${5 * k}`}
          strokeLinecap="round"
        />
        <circle cx={13 * k} cy={0} r={4.5 * k} strokeWidth={2 * k} />
      </>
    );
  }
  const bars = `M${13 * k} ${-6 * k}v${12 * k}M${17 * k} ${-6 * k}v${12 * k}`;
  return (
    <>
      {rail}
      {row === 'revoked' ? (
        <path className="ink" d={bars} strokeWidth={2 * k} />
      ) : (
        <circle className="full" cx={13 * k} cy={0} r={5 * k} />
      )}
    </>
  );
}

function Mark({ row, k }: Props) {
  switch (row) {
    case 'cache':
      return (
        <path
          className="file"
          d={`${barPath(8 * k, 3 * k, -1, { half: 11 * k, k })}M${8 * k} ${2 * k}v${-7 * k}`}
          strokeWidth={2 * k}
        />
      );
    case 'own':
      return <path className="file" d={claspPath(8 * k, 0, -1, { half: 11 * k, k })} strokeWidth={2 * k} />;
    case 'rw':
    case 'ro':
      return (
        <path className={row === 'rw' ? 'cpu full' : 'cpu'} d={headPath(8 * k, -5 * k, 1, k)} strokeWidth={1.8 * k} />
      );
    case 'pinned':
    case 'odp':
    case 'flow':
    case 'revoked':
      return (
        <g className="dma">
          <DmaMark row={row} k={k} />
        </g>
      );
    case 'zero':
      return <Ground x={8 * k} y={-6 * k} k={k} way={1} />;
    case 'violated':
      return <path className="viol" d={`M0 0l${3 * k} ${-4 * k} ${4 * k} ${8 * k} ${4 * k} ${-8 * k} ${4 * k} ${8 * k} ${2 * k} ${-4 * k}`} strokeWidth={2.4 * k} />; // prettier-ignore
    case 'changed':
      return <path className="flag" d={`M${3 * k} ${-5 * k}h${10 * k}l${-10 * k} ${10 * k}z`} />;
  }
}

/** The key to the lines, where there is room for it. */
export const StageLegend = memo(function StageLegend({ legend, k }: { readonly legend: SceneLegend; readonly k: number }) {
  return (
    <g className="sg-legend" aria-hidden="true">
      {legend.rows.map((row, i) => (
        <g key={row} transform={`translate(${legend.x} ${legend.y + i * legend.pitch})`}>
          <Mark row={row} k={k} />
          <text x={28 * k} y={4 * k} fontSize={12 * k}>
            {LEGEND_WORDS[row]}
          </text>
        </g>
      ))}
    </g>
  );
}, (a, b) => a.k === b.k && a.legend.x === b.legend.x && a.legend.y === b.legend.y && a.legend.rows.join() === b.legend.rows.join()); // prettier-ignore
