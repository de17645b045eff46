import type { NowScene } from '../../viewmodel/nowScene.ts';
import type { WhyCard, WhyScene } from '../../viewmodel/whyScene.ts';
import { seek } from '../../store/actions.ts';
import { AlternativeList } from './AlternativeList.tsx';
import { LineText } from './LineText.tsx';
import { useScale } from '../shared/useMedia.ts';
import { Octagon } from '../shared/Octagon.tsx';

type Props = Pick<WhyScene, 'cards' | 'healed'> & { readonly warnings: NowScene['warnings'] };

/** What is broken now, the newest in full; what the next step would break, dashed. */
export function VerdictCards({ cards, healed, warnings }: Props) {
  const size = 30 * useScale();
  const [first, ...rest] = cards;
  if (first === undefined && warnings.length === 0 && healed.length === 0) return null;
  return (
    <section className="verdicts" aria-label="Broken properties">
      {first !== undefined && <Card card={first} size={size} />}
      {warnings.map(({ id, text }) => (
        <p key={id} className="warning">
          <Octagon id={id} size={size} armed />
          <b>{text}</b>
        </p>
      ))}
      {rest.map((card) => (
        <details key={`${card.id} ${card.since}`} className="older">
          <summary>
            <Octagon id={card.id} size={size * 0.8} />
            <span>
              {card.title}, {card.since}
            </span>
          </summary>
          <Causes card={card} />
        </details>
      ))}
      {healed.length > 0 && (
        <ul className="healed" aria-label="Broken before">
          {healed.map(({ id, title, line }) => (
            <li key={id}>
              <b>{id}</b> {title}: <LineText line={line} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Card({ card, size }: { readonly card: WhyCard; readonly size: number }) {
  return (
    <article className="verdict-card" aria-label={`${card.id}: ${card.title}`}>
      <h2>
        <Octagon id={card.id} size={size} />
        <span>
          {card.title}
          {!card.fresh && <small>, {card.since}</small>}
        </span>
      </h2>
      <Causes card={card} />
    </article>
  );
}

function Causes({ card }: { readonly card: WhyCard }) {
  return (
    <>
      <ol>
        {card.causes.map(({ label, line, at }, i) => (
          <li key={`${label} ${i}`}>
            <button type="button" className="jump" onClick={() => seek(at)}>
              {label}
            </button>
            <span>
              <LineText line={line} />
            </span>
          </li>
        ))}
        <li>
          <b>result</b>
          <span>
            <LineText line={card.result} />
            {card.more > 0 && ` And ${card.more} more like it.`} <LineText line={card.until} />
          </span>
        </li>
      </ol>
      <AlternativeList
        title={`${card.id} holds with one knob changed`}
        found={card.holds}
        none="With no knob changed alone."
      />
    </>
  );
}
