import { useEffect } from 'react';
import { asksForKnobs, whyScene } from '../../viewmodel/whyScene.ts';
import { nowScene, type ChangeRow, type Opening, type Shown } from '../../viewmodel/nowScene.ts';
import { summary } from '../../viewmodel/verdictScene.ts';
import { hover } from '../../store/actions.ts';
import { askKnobs } from '../../store/questions.ts';
import { usePage } from '../../store/usePage.ts';
import { Functions } from './Functions.tsx';
import { LineText } from './LineText.tsx';
import { RefusalCard } from './RefusalCard.tsx';
import { AheadList } from './AheadList.tsx';
import { OwnersTable } from './OwnersTable.tsx';
import { MicroList } from './MicroList.tsx';
import { SummaryList } from './SummaryList.tsx';
import { VerdictCards } from './VerdictCards.tsx';
import { WaitChainList } from './WaitChainList.tsx';
import './now.css';

/** What happened, why, and what comes: the words beside the picture. */
export function NowPanel() {
  const shown = usePage((page) => page.shown);
  return (
    <aside className="now at-now" aria-label="Now">
      {shown !== undefined && <NowBody shown={shown} full />}
    </aside>
  );
}

/** `full`: with the sentence; without it where that stands elsewhere already. */
export function NowBody({ shown, full }: { readonly shown: Shown; readonly full: boolean }) {
  const selected = usePage((page) => page.selected);
  const knobs = usePage(({ known }) => (known?.outline === shown.outline ? known.knobs : undefined));
  const scene = nowScene(shown, selected);
  const { outline, program } = shown;
  const why = whyScene(shown, selected, knobs);
  const asks = asksForKnobs(why);
  useEffect(() => {
    if (asks) askKnobs();
  }, [asks, outline]);
  return (
    <div className="now-body">
      {full && (
        <>
          <p className="eyebrow">
            <span>
              {scene.actor !== '' && <b>{scene.actor}, </b>}
              {scene.place}
            </span>
            <span>{scene.line}</span>
          </p>
          <p className="say">
            <LineText line={why.say} />
          </p>
        </>
      )}
      {scene.opening !== undefined && <OpeningText {...scene.opening} />}
      {why.refusal === undefined ? (
        <Functions names={scene.functions} />
      ) : (
        <RefusalCard card={why.refusal} functions={scene.functions} />
      )}
      <Changed rows={scene.changed} more={scene.moreChanged} />
      {why.wait !== undefined && <WaitChainList chain={why.wait} />}
      <VerdictCards cards={why.cards} healed={why.healed} warnings={scene.warnings} />
      {scene.owners !== undefined && <OwnersTable shown={shown} owners={scene.owners} />}
      {scene.next === undefined ? (
        program.steps.length > 0 && <SummaryList summary={summary(program, outline)} />
      ) : (
        <section>
          <h2>Next</h2>
          <p className="next">
            <code>{scene.next.line}</code> {scene.next.result}
          </p>
        </section>
      )}
      <AheadList shown={shown} />
      {scene.note !== undefined && <p className="speaker">{scene.note}</p>}
      {scene.selected !== undefined && (
        <p className="selected">
          Selected: <b>{scene.selected}</b>
        </p>
      )}
      {scene.micros.length > 0 && <MicroList rows={scene.micros} />}
    </div>
  );
}

/** What there is to see, before anything happens. */
function OpeningText({ about, option, gist }: Opening) {
  return (
    <section className="now-opening">
      {about.map((text) => (
        <p key={text}>{text}</p>
      ))}
      <h2>Option {option}</h2>
      <p>{gist}</p>
    </section>
  );
}

type ChangedProps = { readonly rows: readonly ChangeRow[]; readonly more: number };

function Changed({ rows, more }: ChangedProps) {
  if (rows.length === 0) return null;
  return (
    <section className="changed">
      <h2>Changed by this step</h2>
      <ul>
        {rows.map(({ text, ref }) => (
          <li key={text} onPointerEnter={() => hover(ref)} onPointerLeave={() => hover(undefined)}>
            {text}
          </li>
        ))}
        {more > 0 && <li className="more">and {more} more</li>}
      </ul>
    </section>
  );
}
