import { useCompare } from '../../store/useCompare.ts';
import { compareNow } from '../../viewmodel/compareScene.ts';

/** Both sides of a row for a screen reader, and who differs. */
export function CompareSpoken() {
  const comparison = useCompare((state) => state.comparison);
  const row = useCompare((state) => state.row);
  return (
    <p className="spoken" aria-live="polite">
      {comparison !== undefined && compareNow(comparison, row).spoken}
    </p>
  );
}
