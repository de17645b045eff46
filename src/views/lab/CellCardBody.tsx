import type { CellCard } from '../../viewmodel/labCard.ts';
import { play, select } from '../../store/lab.ts';
import { compareCell } from '../../store/labCompare.ts';
import { AwaySection } from './AwaySection.tsx';
import { CompareButtons } from './CompareButtons.tsx';
import { DifferenceSection } from './DifferenceSection.tsx';
import { OutcomesSection } from './OutcomesSection.tsx';
import { QuoteBox } from './QuoteBox.tsx';
import { SureSection } from './SureSection.tsx';
import { TriedSection } from './TriedSection.tsx';

export function CellCardBody({ card }: { readonly card: CellCard }) {
  const { row, property, option, from, headline, asks, differs, mark } = card;
  return (
    <>
      <p className="eyebrow">
        <span>
          option{' '}
          <button type="button" className="jump" onClick={() => select({ row })} title="The option: what, who, why">
            {option}
          </button>
        </span>
        <span>{from}</span>
      </p>
      <h2 className="say">{headline}</h2>
      {mark !== 'violated' && <p>{asks}</p>}
      <p className="differs">
        {differs.length === 0 ? (
          'the same knobs as mainline'
        ) : (
          <>
            differs from mainline in{' '}
            {differs.map(({ knob, value }, i) => (
              <span key={knob}>
                {i > 0 && ', '}
                <code>
                  {knob} = {value}
                </code>
              </span>
            ))}
          </>
        )}
      </p>
      <TraceSection card={card} onPlay={() => play({ row, property })} />
      {!card.playable && <CompareSection card={card} />}
      <AwaySection away={card.away} row={row} option={option} ofCell />
      <DifferenceSection difference={card.difference} row={row} />
      {card.tried !== undefined && <TriedSection tried={card.tried} row={row} />}
      <OutcomesSection outcomes={card.outcomes} row={row} />
      <SureSection sure={card.sure} />
      {card.quote !== undefined && <QuoteBox key={card.quote} text={card.quote} />}
    </>
  );
}

function TraceSection({ card, onPlay }: { readonly card: CellCard; readonly onPlay: () => void }) {
  const { trace, traceTitle, playable, row, property } = card;
  if (!playable) return null;
  return (
    <section>
      <h3>{traceTitle}</h3>
      {trace.length === 0 ? (
        <p>The lines above the first menu do it by themselves.</p>
      ) : (
        <ol className="trace">
          {trace.map((move, i) => (
            <li key={i}>
              <code>{move}</code>
            </li>
          ))}
        </ol>
      )}
      <p className="buttons">
        <button type="button" className="primary" onClick={onPlay} aria-keyshortcuts="p">
          Play it
        </button>
        <CompareButtons row={row} of="This run" onCompare={(other) => compareCell({ row, property }, other)} />
      </p>
    </section>
  );
}

/** Nothing was found that could be compared: the scenario of the player can. */
function CompareSection({ card: { row, property } }: { readonly card: CellCard }) {
  return (
    <p className="buttons">
      <CompareButtons
        row={row}
        of="The scenario of the player"
        onCompare={(other) => compareCell({ row, property }, other)}
      />
    </p>
  );
}
