import { memo } from 'react';
import type { LabelPiece, SceneBox } from '../../viewmodel/scene.ts';
import { LockGlyph } from './glyphs.tsx';
import { sameRecord, sameRecords } from './sceneEqual.ts';

type Props = { readonly box: SceneBox; readonly k: number };

const marks = (box: SceneBox, part: string): string =>
  [part, box.hue, box.look, box.faded && 'faded', box.changed && 'changed', box.ringed && 'ringed']
    .filter(Boolean)
    .join(' ');

const same = (a: Props, b: Props): boolean =>
  a.k === b.k && sameRecords(a.box.label, b.box.label) && sameRecord({ ...a.box, label: 0 }, { ...b.box, label: 0 });

/** The frame around the slots; a file's ends, heavily, where the file does. */
export const StageFrame = memo(function StageFrame({ box, k }: Props) {
  const right = box.x + box.w;
  return (
    <g className={marks(box, 'sg-frame')} aria-hidden="true">
      <rect x={box.x} y={box.y} width={box.w} height={box.h} rx={6 * k} />
      {box.eof && <path className="eof" d={`M${right} ${box.y + 7 * k}v${box.h - 14 * k}`} strokeWidth={3.4 * k} />}
    </g>
  );
}, same);

function Piece({ piece, k }: { readonly piece: LabelPiece; readonly k: number }) {
  const shift = piece.glyph ? piece.size * 1.15 : 0;
  return (
    <>
      {piece.glyph && <LockGlyph x={piece.x} y={piece.y} k={(k * piece.size) / (12 * k)} />}
      <text className={`piece ${piece.kind}`} x={piece.x + shift} y={piece.y} fontSize={piece.size}>
        {piece.text}
        {piece.tail !== '' && <tspan className="tail">{piece.tail}</tspan>}
      </text>
    </>
  );
}

function Plate({ pieces, k }: { readonly pieces: readonly LabelPiece[]; readonly k: number }) {
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return null;
  const left = first.x - 3 * k;
  return (
    <rect
      className="plate"
      x={left}
      y={first.y - 12 * k}
      width={last.x + last.w + 3 * k - left}
      height={15 * k}
      rx={2 * k}
    />
  );
}

/** So that a label can be pointed at between its letters too. */
function Reach({ pieces }: { readonly pieces: readonly LabelPiece[] }) {
  if (pieces.length === 0) return null;
  const left = Math.min(...pieces.map(({ x }) => x));
  const right = Math.max(...pieces.map(({ x, w }) => x + w));
  const top = Math.min(...pieces.map(({ y, size }) => y - size));
  const bottom = Math.max(...pieces.map(({ y, size }) => y + size * 0.3));
  return <rect className="sg-reach" x={left} y={top} width={right - left} height={bottom - top} />;
}

/** What the object is called, and who holds its locks. */
export const StageLabel = memo(function StageLabel({ box, k }: Props) {
  return (
    <g className={marks(box, 'sg-label')} data-key={box.key} role="img" aria-label={box.name} tabIndex={-1}>
      <title>{box.name}</title>
      <Reach pieces={box.label} />
      {box.plate && <Plate pieces={box.label} k={k} />}
      {box.label.map((piece) => (
        <Piece key={piece.key} piece={piece} k={k} />
      ))}
    </g>
  );
}, same);
