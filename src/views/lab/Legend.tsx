import type { CellMark } from '../../viewmodel/labCells.ts';
import { showAll } from '../../store/lab.ts';
import { Mark } from './Mark.tsx';

const MARKS: readonly (readonly [mark: CellMark, text: string, words: string])[] = [
  ['holds', 'H', 'holds'],
  ['violated', 'V4', 'violated in 4 steps'],
  ['unknown', '?', 'unknown, bound reached'],
  ['vacuous', 'n/a', 'vacuous, never exercised'],
  ['queued', '', 'queued'],
  ['running', '', 'running'],
];

export function Legend({ hidden }: { readonly hidden: number }) {
  return (
    <div className="legend-line">
      <ul className="lab-legend" aria-label="Legend">
        {MARKS.map(([mark, text, words]) => (
          <li key={mark}>
            <Mark mark={mark} text={text} />
            {words}
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <button type="button" className="boxed small" onClick={showAll}>
          {hidden} {hidden === 1 ? 'row' : 'rows'} hidden: show all
        </button>
      )}
    </div>
  );
}
