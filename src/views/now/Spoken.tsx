import { nowScene } from '../../viewmodel/nowScene.ts';
import { newSleepers } from '../../viewmodel/sleepers.ts';
import { verdictCards } from '../../viewmodel/verdictScene.ts';
import { usePage } from '../../store/usePage.ts';

/** Playing at more than this, sentences would pile up: then only what breaks is said, and the sentence where it stops. */
const TALKING_SPEED = 1;

/** The sentence of the step for a screen reader, with what it broke and who else began to wait. */
export function Spoken() {
  const shown = usePage((page) => page.shown);
  const hurried = usePage(({ playing, speed }) => playing && speed > TALKING_SPEED);
  const fresh = shown === undefined ? [] : verdictCards(shown.outline, shown.moment.at).filter((card) => card.fresh);
  return (
    <p className="spoken" aria-live="polite" aria-atomic="true">
      {shown !== undefined && !hurried && nowScene(shown, undefined).sentence}
      {shown !== undefined && newSleepers(shown).map((text) => ` ${text}.`)}
      {fresh.map(({ id, title }) => ` Breaks ${id}: ${title}.`)}
    </p>
  );
}
