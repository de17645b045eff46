import { nowScene } from '../../viewmodel/nowScene.ts';
import { verdictCards } from '../../viewmodel/verdictScene.ts';
import { usePage } from '../../store/usePage.ts';

/** The sentence of the step for a screen reader, with what it broke. */
export function Spoken() {
  const shown = usePage((page) => page.shown);
  const fresh = shown === undefined ? [] : verdictCards(shown.outline, shown.moment.at).filter((card) => card.fresh);
  return (
    <p className="spoken" aria-live="polite">
      {shown !== undefined && nowScene(shown, undefined).sentence}
      {fresh.map(({ id, title }) => ` Breaks ${id}: ${title}.`)}
    </p>
  );
}
