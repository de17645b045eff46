import { nowScene } from '../../viewmodel/nowScene.ts';
import { transportScene } from '../../viewmodel/transportScene.ts';
import { verdictCards } from '../../viewmodel/verdictScene.ts';
import { usePage } from '../../store/usePage.ts';
import { NowBody } from '../now/NowPanel.tsx';
import { Octagon } from '../shared/Octagon.tsx';
import { TransportButtons } from '../transport/TransportButtons.tsx';
import { MiniAxis } from './MiniAxis.tsx';
import './sheet.css';

const MOST_VERDICTS = 2;

/** The phone's panel and transport in one: sentence, verdicts, where we are, five big buttons. */
export function PhoneSheet() {
  const shown = usePage((page) => page.shown);
  if (shown === undefined) return null;
  const { program, outline, moment } = shown;
  const { actor, line, place, ahead } = transportScene(program, outline, moment.at);
  const cards = verdictCards(outline, moment.at);
  const { sentence, warnings } = nowScene(shown, undefined);
  return (
    <section className="sheet at-sheet" aria-label="Now">
      <p className="eyebrow">
        <span>
          {ahead ? 'next ' : ''}
          <b>{actor}</b> {line}
        </span>
        <span>{place}</span>
      </p>
      <p className="say">{sentence}</p>
      <ul className="sheet-verdicts">
        {cards.slice(0, MOST_VERDICTS).map(({ id, title, since }) => (
          <li key={`${id} ${since}`}>
            <Octagon id={id} size={26} />
            <b>{title}</b>
          </li>
        ))}
        {warnings.slice(0, MOST_VERDICTS - 1).map(({ id, text }) => (
          <li key={`armed ${id}`}>
            <Octagon id={id} size={26} armed />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <details className="sheet-more">
        <summary>Causes and owners</summary>
        <NowBody shown={shown} full={false} />
      </details>
      <MiniAxis outline={outline} at={moment.at} />
      <div className="sheet-buttons" role="toolbar" aria-label="Steps">
        <TransportButtons withNext={false} />
      </div>
    </section>
  );
}
