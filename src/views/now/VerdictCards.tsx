import type { ArmedRow, VerdictCard } from '../../viewmodel/verdictScene.ts';
import { seek } from '../../store/actions.ts';
import { useScale } from '../shared/useMedia.ts';
import { Octagon } from '../shared/Octagon.tsx';

type Props = { readonly cards: readonly VerdictCard[]; readonly armed: readonly ArmedRow[] };

/** What is broken now, the newest in full; what the next step would break, dashed. */
export function VerdictCards({ cards, armed }: Props) {
  const size = 30 * useScale();
  const [first, ...rest] = cards;
  if (first === undefined && armed.length === 0) return null;
  return (
    <section className="verdicts" aria-label="Broken properties">
      {first !== undefined && <Card card={first} size={size} />}
      {armed.map(({ id, message }) => (
        <p key={id} className="armed">
          <Octagon id={id} size={size} armed />
          <span>
            <b>Next step breaks {id}:</b> {message}
          </span>
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
      {card.causes.map(({ name, sentence, at }, i) => (
        <li key={`${name} ${i}`}>
          <button type="button" className="jump" onClick={() => seek(at)}>
            {name}
          </button>
          <span>{sentence}</span>
        </li>
      ))}
      {card.messages.map((message) => (
        <li key={message}>
          <b>result</b>
          <span>{message}</span>
        </li>
      ))}
      {card.more > 0 && (
        <li>
          <b />
          <span>and {card.more} more</span>
        </li>
      )}
    </ol>
  );
}
