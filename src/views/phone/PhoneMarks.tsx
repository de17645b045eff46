import { chevronPath, octagonPoints } from '../../viewmodel/linkPath.ts';
import type { PhoneMark } from '../../viewmodel/phoneScene.ts';

const W = 22;
const H = 16;
const MIDDLE = H / 2;

function Rail({ end }: { readonly end: number }) {
  return <path className="rail" d={`M1 ${MIDDLE - 2}H${end}M1 ${MIDDLE + 2}H${end}`} />;
}

function Shape({ mark, violated }: { readonly mark: PhoneMark; readonly violated: boolean }) {
  if (violated && mark !== 'clasp') {
    return (
      <>
        <path className="zigzag" d={`M0.5 ${MIDDLE}l2.5 -4.5 4 9 4 -9 3.5 4.5`} />
        <circle className="full" cx={W - 5.5} cy={MIDDLE} r={5} />
      </>
    );
  }
  switch (mark) {
    case 'clasp':
      return <path className="line" d={`M${W - 12} 2.5H${W - 4}V13.5H${W - 12}`} />;
    case 'full':
    case 'hollow':
      return <path className={mark === 'full' ? 'line full' : 'line'} d="M9 2.5L15 13.5H3Z" />;
    case 'rail':
      return (
        <>
          <Rail end={12} />
          <circle className="full" cx={16} cy={MIDDLE} r={5} />
        </>
      );
    case 'odp':
      return (
        <>
          <path className="dots" d={`M2 ${MIDDLE}H10`} />
          <circle className="line" cx={16} cy={MIDDLE} r={4.2} />
        </>
      );
    case 'cut':
      return (
        <>
          <Rail end={5} />
          <path className="bars" d="M8 2.5V13.5M11 2.5V13.5" />
          <circle className="line" cx={17} cy={MIDDLE} r={3.8} />
        </>
      );
    case 'flow':
      return (
        <>
          <path className="line" d={chevronPath({ x0: 8, y0: 14, turn: 8, x1: 8, y1: 2 }, 'up', 0.7)} />
          <circle className="full" cx={17} cy={MIDDLE} r={4.5} />
        </>
      );
  }
}

/** What kind of claim it is; the same shapes as on the stage. */
export function ClaimMark({ mark, violated }: { readonly mark: PhoneMark; readonly violated: boolean }) {
  return (
    <svg className="ph-mark" viewBox={`0 0 ${W} ${H}`} aria-hidden="true">
      <Shape mark={mark} violated={violated} />
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
