import { useEffect, useRef } from 'react';
import type { CellCard } from '../../viewmodel/labCard.ts';
import type { OptionCardScene } from '../../viewmodel/labOptionCard.ts';
import { CellCardBody } from './CellCardBody.tsx';
import { OptionCardBody } from './OptionCardBody.tsx';
import './card.css';

type Props = { readonly card: CellCard | OptionCardScene | undefined; readonly world: string };

/** What is known of the selected cell, or of the option of the selected row. */
export function LabCard({ card, world }: Props) {
  const aside = useRef<HTMLElement>(null);
  const first = useRef(true);
  const shown = `${card?.row} ${card?.type === 'cell' ? card.property : ''}`;
  // On a phone it stands below the list: who chose something there is taken to it.
  useEffect(() => {
    if (!first.current && window.matchMedia('(max-width: 639px)').matches) aside.current?.scrollIntoView();
    first.current = false;
  }, [shown]);
  return (
    <aside className="lab-card" aria-label="Selected" ref={aside}>
      <div className="lab-card-body" key={shown}>
        {card === undefined ? (
          <Nothing world={world} />
        ) : card.type === 'cell' ? (
          <CellCardBody card={card} />
        ) : (
          <OptionCardBody card={card} />
        )}
      </div>
    </aside>
  );
}

function Nothing({ world }: { readonly world: string }) {
  return (
    <>
      <p className="say">Every option against every property, by visiting every state.</p>
      <p>
        World: <b>{world}</b>. Each row is an option of the debate. Under it, all interleavings of what the actors of
        the world can do are tried, and each property is asked of every step.
      </p>
      <p>
        Choose a cell for its verdict: of a violated one, the shortest trace, which plays. Choose a name for what the
        option does, who proposed it, and what was said against it.
      </p>
    </>
  );
}
