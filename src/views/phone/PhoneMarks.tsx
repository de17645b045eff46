import type { ReactNode } from 'react';
import { chevronPath, octagonPoints } from '../../viewmodel/linkPath.ts';
import type { PhoneMark } from '../../viewmodel/phoneScene.ts';

const W = 22;
const H = 16;
const MIDDLE = H / 2;

function Rail({ end }: { readonly end: number }) {
  return <path className="rail" d={`M1 ${MIDDLE - 2}H${end}M1 ${MIDDLE + 2}H${end}`} />;
}

const Dot = ({ cx, r }: { readonly cx: number; readonly r: number }) => (
  <circle className="full" cx={cx} cy={MIDDLE} r={r} />
);
const Ring = ({ cx, r }: { readonly cx: number; readonly r: number }) => (
  <circle className="line" cx={cx} cy={MIDDLE} r={r} />
);

function Broken() {
  return (
    <>
      <path className="zigzag" d={`M0.5 ${MIDDLE}l2.5 -4.5 4 9 4 -9 3.5 4.5`} />
      <Dot cx={W - 5.5} r={5} />
    </>
  );
}

const UP = chevronPath({ x0: 8, y0: 14, turn: 8, x1: 8, y1: 2 }, 'up', 0.7);

const SHAPES: { readonly [M in PhoneMark]: ReactNode } = {
  clasp: <path className="line" d={`M${W - 12} 2.5H${W - 4}V13.5H${W - 12}`} />,
  full: <path className="line full" d="M9 2.5L15 13.5H3Z" />,
  hollow: <path className="line" d="M9 2.5L15 13.5H3Z" />,
  rail: [<Rail key="rail" end={12} />, <Dot key="end" cx={16} r={5} />],
  odp: [<path key="dots" className="dots" d={`M2 ${MIDDLE}H10`} />, <Ring key="end" cx={16} r={4.2} />],
  cut: [
    <Rail key="rail" end={5} />,
    <path key="bars" className="bars" d="M8 2.5V13.5M11 2.5V13.5" />,
    <Ring key="end" cx={17} r={3.8} />,
  ],
  flow: [<path key="up" className="line" d={UP} />, <Dot key="end" cx={17} r={4.5} />],
};

/** What kind of claim it is; the same shapes as on the stage. */
export function ClaimMark({ mark, violated }: { readonly mark: PhoneMark; readonly violated: boolean }) {
  return (
    <svg className="ph-mark" viewBox={`0 0 ${W} ${H}`} aria-hidden="true">
      {violated && mark !== 'clasp' ? <Broken /> : SHAPES[mark]}
    </svg>
  );
}

/** Somebody sleeps until its pins are gone. */
export function SleepMark() {
  return (
    <svg className="ph-sleep" viewBox="0 0 9 11" aria-hidden="true">
      <path d="M1 1h7M1 10h7M1.8 1L7.2 10M7.2 1L1.8 10" />
    </svg>
  );
}

export function Verdict({ id, next }: { readonly id: string; readonly next: boolean }) {
  return (
    <svg className={next ? 'ph-verdict next' : 'ph-verdict'} viewBox="0 0 32 32" aria-hidden="true">
      <polygon points={octagonPoints(16, 16, 14.5)} />
      <text x={16} y={20} textAnchor="middle" fontSize={id.length > 2 ? 11 : 12.5}>
        {id}
      </text>
    </svg>
  );
}
