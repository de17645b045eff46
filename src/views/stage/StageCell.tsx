import { memo } from 'react';
import type { SceneCell } from '../../viewmodel/scene.ts';
import { Hourglass, Pin } from './glyphs.tsx';
import { sameRecord } from './sceneEqual.ts';

type Props = { readonly cell: SceneCell; readonly k: number; readonly patterns: string; readonly current: boolean };

const marks = (cell: SceneCell): string =>
  ['sg-cell', cell.look, cell.thin && 'thin', cell.faded && 'faded', cell.ringed && 'ringed', cell.violated && 'violated', cell.changed && 'changed'] // prettier-ignore
    .filter(Boolean)
    .join(' ');

/** Sheets behind a shared page: each a little up and to the right. */
const SHEETS = [4, 7] as const;

function Body({ cell, k, patterns }: Omit<Props, 'current'>) {
  const inset = (SHEETS[cell.sheets - 1] ?? 0) * k;
  const rect = { x: cell.x, y: cell.y, width: cell.w - inset, height: cell.h, rx: (cell.thin ? 3 : 4) * k };
  const hatched = cell.look === 'zombie' || cell.look === 'busy' || cell.look === 'orphan';
  return (
    <>
      {SHEETS.slice(0, cell.sheets)
        .map((shift) => <rect key={shift} className="sheet" {...rect} x={cell.x + shift * k} y={cell.y - shift * k} />)
        .reverse()}
      <rect className="body" {...rect} />
      {hatched && <rect className="hatch" {...rect} style={{ fill: `url(#${patterns}-hatch)` }} />}
    </>
  );
}

function Head({ cell, k }: { readonly cell: SceneCell; readonly k: number }) {
  const right = cell.x + cell.w - (SHEETS[cell.sheets - 1] ?? 0) * k - 7 * k;
  const base = cell.y + 16 * k;
  if (cell.thin) {
    return (
      <text className="number" x={cell.x + cell.w / 2} y={base} fontSize={cell.numberSize} textAnchor="middle">
        {cell.number}
      </text>
    );
  }
  return (
    <>
      <text className="number" x={cell.x + (cell.changed ? 15 : 8) * k} y={base} fontSize={cell.numberSize}>
        {cell.number}
      </text>
      {cell.count !== '' && (
        <text className="count" x={right} y={base} fontSize={12 * k} textAnchor="end">
          {cell.countWas !== '' && <tspan className="was">{cell.countWas}</tspan>}
          <tspan dx={cell.countWas === '' ? 0 : 4 * k}>{cell.count}</tspan>
        </text>
      )}
    </>
  );
}

function Foot({ cell, k }: { readonly cell: SceneCell; readonly k: number }) {
  const right = cell.x + cell.w - (SHEETS[cell.sheets - 1] ?? 0) * k - 7 * k;
  const base = cell.y + cell.h - 9 * k;
  return (
    <>
      {cell.pinned && <Pin x={cell.x + 11 * k} y={base - 7 * k} k={k} />}
      {cell.pins !== '' && (
        <text className="pins" x={cell.x + 19 * k} y={base} fontSize={12 * k}>
          {cell.pins}
        </text>
      )}
      {cell.word !== '' && (
        <text className={cell.hourglass ? 'sleeper' : 'word'} x={right} y={base} fontSize={11.5 * k} textAnchor="end">
          {cell.hourglass && <tspan className="gap" />}
          {cell.word}
        </text>
      )}
    </>
  );
}

/** A block that nothing claims, or many of them folded. */
function FoldText({ cell, k }: { readonly cell: SceneCell; readonly k: number }) {
  const x = cell.x + cell.w / 2;
  const y = cell.y + cell.h / 2;
  return (
    <>
      <text className="fold-count" x={x} y={y - 2 * k} fontSize={13 * k} textAnchor="middle">
        {cell.tag}
      </text>
      <text className="number" x={x} y={y + 13 * k} fontSize={11 * k} textAnchor="middle">
        {cell.word}
      </text>
    </>
  );
}

function Inside({ cell, k }: { readonly cell: SceneCell; readonly k: number }) {
  const width = cell.w - (SHEETS[cell.sheets - 1] ?? 0) * k;
  const middle = cell.x + width / 2;
  const tagBase = cell.y + cell.h * 0.5 + cell.tagSize * 0.34;
  const band = { h: Math.min(cell.h * 0.46, cell.tagSize * 1.4), w: width - 10 * k };
  return (
    <>
      {cell.changed && cell.tag !== '' && cell.look === 'owned' && (
        <rect
          className="band"
          x={cell.x + 5 * k}
          y={cell.y + cell.h * 0.5 - band.h / 2}
          width={band.w}
          height={band.h}
          rx={3 * k}
        />
      )}
      {cell.changed && <path className="flag" d={`M${cell.x} ${cell.y}h${12 * k}l${-12 * k} ${12 * k}z`} />}
      <Head cell={cell} k={k} />
      {cell.tag !== '' && (
        <text
          key={cell.tag}
          className={cell.tagFaint ? 'tag faint' : 'tag'}
          x={middle}
          y={tagBase}
          fontSize={cell.tagSize}
          textAnchor="middle"
        >
          {cell.tag}
        </text>
      )}
      <Foot cell={cell} k={k} />
      {cell.hourglass && <Hourglass x={hourglassX(cell, k)} y={cell.y + cell.h - 18 * k} k={k} />}
    </>
  );
}

/** Left of the sleeper's name, whose width the scene has made room for. */
function hourglassX(cell: SceneCell, k: number): number {
  const right = cell.x + cell.w - (SHEETS[cell.sheets - 1] ?? 0) * k - 7 * k;
  return right - cell.wordRoom - 10 * k;
}

/** One page of the strip. */
export const StageCell = memo(function StageCell({ cell, k, patterns, current }: Props) {
  return (
    <g
      role="listitem"
      className={marks(cell)}
      data-key={cell.key}
      aria-label={cell.name}
      tabIndex={cell.thin ? undefined : current ? 0 : -1}
    >
      <title>{cell.name}</title>
      <Body cell={cell} k={k} patterns={patterns} />
      {cell.look === 'fold' ? <FoldText cell={cell} k={k} /> : cell.thin ? <Head cell={cell} k={k} /> : <Inside cell={cell} k={k} />}
      <rect className="focus" x={cell.x - 3 * k} y={cell.y - 3 * k} width={cell.w + 6 * k} height={cell.h + 6 * k} rx={6 * k} />
    </g>
  );
}, (a, b) => a.k === b.k && a.current === b.current && a.patterns === b.patterns && sameRecord(a.cell, b.cell)); // prettier-ignore
