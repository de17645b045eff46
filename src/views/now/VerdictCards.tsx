import type { NowScene } from '../../viewmodel/nowScene.ts';
import type { VerdictCard } from '../../viewmodel/verdictScene.ts';
import { seek } from '../../store/actions.ts';
import { useScale } from '../shared/useMedia.ts';
import { Octagon } from '../shared/Octagon.tsx';

type Props = { readonly cards: readonly VerdictCard[]; readonly warnings: NowScene['warnings'] };

/** What is broken now, the newest in full; what the next step would break, dashed. */
export function VerdictCards({ cards, warnings }: Props) {
  const size = 30 * useScale();
  const [first, ...rest] = cards;
  if (first === undefined && warnings.length === 0) return null;
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
    </section>
  );
}

function Card({ card, size }: { readonly card: VerdictCard; readonly size: number }) {
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

function Causes({ card }: { readonly card: VerdictCard }) {
  return (
    <ol>
      {card.causes.map(({ label, sentence, at }, i) => (
        <li key={`${label} ${i}`}>
          <button type="button" className="jump" onClick={() => seek(at)}>
            {label}
          </button>
          <span>{sentence}</span>
        </li>
      ))}
      <li>
        <b>result</b>
        <span>
          {card.message}
          {card.more > 0 && ` And ${card.more} more like it.`}
        </span>
      </li>
    </ol>
  );
}
