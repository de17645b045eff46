import { neighboursToCompare } from '../../store/labCompare.ts';
import type { RowId } from '../../viewmodel/labState.ts';

type Props = { readonly row: RowId; readonly of: string; readonly onCompare: (other: RowId) => void };

/** In one click to the other screen: this row's option beside what happens today, and beside what was proposed last. */
export function CompareButtons({ row, of, onCompare }: Props) {
  return neighboursToCompare(row).map((other) => (
    <button
      key={other}
      type="button"
      className="boxed small"
      onClick={() => onCompare(other)}
      title={`${of} under this option and under ${other}, side by side`}
    >
      Compare with {other}
    </button>
  ));
}
