import type { Outline } from '../../sim/outline.ts';
import { spanAt } from '../../base/spans.ts';
import { seek } from '../../store/actions.ts';

/** Of a long run, this many turns around the current one. */
const WINDOW = 24;

/** The turns as one strip of bars: done, current, to come. Touch one to go to its end. */
export function MiniAxis({ outline, at }: { readonly outline: Outline; readonly at: number }) {
  const here = spanAt(outline.turns, at);
  const from = Math.max(0, Math.min(here - WINDOW / 2, outline.turns.length - WINDOW));
  const turns = outline.turns.slice(from, from + WINDOW);
  return (
    <div className="mini-axis" aria-hidden="true">
      {turns.map((turn, i) => {
        const when = from + i < here ? 'past' : from + i === here ? 'now' : 'future';
        const weight = Math.min(6, 1 + Math.log2(turn.to - turn.from));
        return <i key={turn.from} className={when} style={{ flexGrow: weight }} onClick={() => seek(turn.to)} />;
      })}
    </div>
  );
}
