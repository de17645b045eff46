import type { Shown } from '../../store/store.ts';
import { figureWords } from '../../viewmodel/figureWords.ts';
import type { Measure } from '../../viewmodel/textWidth.ts';
import { StaticStage } from '../stage/StaticStage.tsx';

export type FigureSize = { readonly width: number; readonly height: number; readonly measure: Measure };

const PAD = 16;
const HEAD = 44;
const LINE = 20;

/** The stage with what it shows in words above and below: a picture that explains itself where it is pasted. */
export function ExportFigure({ shown, size }: { readonly shown: Shown; readonly size: FigureSize }) {
  const { width, height, measure } = size;
  const { title, setting, place, lines } = figureWords(shown, width - 2 * PAD, measure);
  const foot = HEAD + height + 14;
  const whole = foot + LINE * (lines.length + 1) + 8;
  const view = { width, height, k: 1, measure };
  return (
    <svg className="stage-svg" width={width} height={whole} viewBox={`0 0 ${width} ${whole}`} role="img" aria-label={`${title}. ${place}`}>
      <rect className="export-ground" width={width} height={whole} />
      <text className="export-title" x={PAD} y={26} fontSize={17}>
        {title}
      </text>
      <text className="export-small" x={width - PAD} y={26} fontSize={13} textAnchor="end">
        {setting}
      </text>
      <StaticStage {...shown} view={view} within={{ x: 0, y: HEAD }} />
      <text className="export-small" x={PAD} y={foot + 4} fontSize={13}>
        {place}
      </text>
      {lines.map((line, i) => (
        <text key={i} className="export-line" x={PAD} y={foot + 4 + LINE * (i + 1)} fontSize={15}>
          {line}
        </text>
      ))}
    </svg>
  );
} // prettier-ignore
