import { useCompare } from '../../store/useCompare.ts';
import type { Comparison } from '../../viewmodel/compareRows.ts';
import { compareNow, innerSentence } from '../../viewmodel/compareScene.ts';
import { useShownMoment } from './ComparedSides.tsx';

/** Both sides of a row for a screen reader, and who differs. */
export function CompareSpoken() {
  const comparison = useCompare((state) => state.comparison);
  const row = useCompare((state) => state.row);
  const micro = useCompare((state) => state.micro);
  return (
    <p className="spoken" aria-live="polite">
      {comparison !== undefined && micro === 0 && compareNow(comparison, row).spoken}
      {comparison !== undefined && micro > 0 && <SpokenWithin comparison={comparison} />}
    </p>
  );
}

function SpokenWithin({ comparison }: { readonly comparison: Comparison }) {
  const { left, right } = comparison;
  const [one, other] = [useShownMoment(comparison, 'left'), useShownMoment(comparison, 'right')];
  return `${left.program.option.preset}: ${one === undefined ? '' : innerSentence(left, one)} ${right.program.option.preset}: ${other === undefined ? '' : innerSentence(right, other)}`;
}
