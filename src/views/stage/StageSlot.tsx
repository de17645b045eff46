import { memo } from 'react';
import type { SceneSlot } from '../../viewmodel/scene.ts';
import { Ground } from './glyphs.tsx';
import { sameRecord } from './sceneEqual.ts';

type Props = { readonly slot: SceneSlot; readonly k: number; readonly patterns: string; readonly current: boolean };

const marks = (slot: SceneSlot): string =>
  ['sg-slot', slot.hue, slot.look, slot.style, slot.faded && 'faded', slot.ringed && 'ringed', slot.violated && 'violated', slot.changed && 'changed'] // prettier-ignore
    .filter(Boolean)
    .join(' ');

type TextProps = { readonly slot: SceneSlot; readonly k: number };

const middleOf = (slot: SceneSlot): number => slot.x + slot.w / 2;
const baseOf = (slot: SceneSlot): number => slot.y + slot.h / 2 + slot.textSize * 0.35;

function Single({ slot }: TextProps) {
  return (
    <text className="text small" x={middleOf(slot)} y={baseOf(slot)} fontSize={slot.textSize} textAnchor="middle">
      {slot.text}
    </text>
  );
}

/** Index and text on one line. */
function Inline({ slot, k }: TextProps) {
  const taken = slot.index.length * slot.indexSize * 0.6 + 3 * k;
  return (
    <>
      <text className="index" x={slot.x + 5 * k} y={baseOf(slot)} fontSize={slot.indexSize}>
        {slot.index}
      </text>
      <text
        className="text"
        x={middleOf(slot) + taken / 2}
        y={baseOf(slot)}
        fontSize={slot.textSize}
        textAnchor="middle"
      >
        {slot.text}
      </text>
    </>
  );
}

/** The index in the corner, the text below it. */
function Stacked({ slot, k }: TextProps) {
  const faint = slot.look === 'absent' || slot.look === 'invalid';
  const x = slot.x + (slot.changed ? 11 : 6) * k;
  return (
    <>
      <text className={faint ? 'index alone' : 'index'} x={x} y={slot.y + 13 * k} fontSize={slot.indexSize}>
        {slot.index}
      </text>
      {slot.text !== '' && (
        <text
          key={slot.text}
          className="text"
          x={middleOf(slot)}
          y={slot.y + slot.h * 0.68}
          fontSize={slot.textSize}
          textAnchor="middle"
        >
          {slot.text}
        </text>
      )}
    </>
  );
}

const TEXTS = { single: Single, inline: Inline, stack: Stacked } as const;

/** One index of a file, page of a mapping or slot of an MR. */
export const StageSlot = memo(function StageSlot({ slot, k, patterns, current }: Props) {
  const Texts = TEXTS[slot.style];
    const rect = { x: slot.x, y: slot.y, width: slot.w, height: slot.h, rx: 3 * k };
  const flag = Math.min(9 * k, slot.w / 3);
  return (
    <g role="img" className={marks(slot)} data-key={slot.key} aria-label={slot.name} tabIndex={current ? 0 : -1}>
      <title>{slot.name}</title>
      <rect className="edge" {...rect} />
      {slot.look === 'unwritten' && <rect className="stipple" {...rect} style={{ fill: `url(#${patterns}-stipple)` }} />}
      {slot.changed && <path className="flag" d={`M${slot.x} ${slot.y}h${flag}l${-flag} ${flag}z`} />}
      <Texts slot={slot} k={k} />
      {slot.look === 'invalid' && (
        <path className="slash" d={`M${slot.x + slot.w / 2 - 6 * k} ${slot.y + slot.h / 2 + 8 * k}l${12 * k} ${-16 * k}`} />
      )}
      {slot.ground && <Ground x={slot.portX} y={slot.hue === 'file' ? slot.y + slot.h : slot.y} k={k} way={slot.hue === 'file' ? 1 : -1} />}
      <rect className="focus" x={slot.x - 3 * k} y={slot.y - 3 * k} width={slot.w + 6 * k} height={slot.h + 6 * k} rx={5 * k} />
    </g>
  );
}, (a, b) => a.k === b.k && a.current === b.current && a.patterns === b.patterns && sameRecord(a.slot, b.slot)); // prettier-ignore
