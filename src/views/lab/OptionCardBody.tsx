import type { KnobScene, OptionCardScene, SaidScene } from '../../viewmodel/labOptionCard.ts';
import { hideRow, removeRow, renameRow, select, startRow } from '../../store/lab.ts';
import { compareOption } from '../../store/labCompare.ts';
import { AwaySection } from './AwaySection.tsx';
import { CompareButtons } from './CompareButtons.tsx';
import { DifferenceSection } from './DifferenceSection.tsx';
import { OutcomesSection } from './OutcomesSection.tsx';
import { QuoteBox } from './QuoteBox.tsx';
import { SureSection } from './SureSection.tsx';
import { TriedSection } from './TriedSection.tsx';

export function OptionCardBody({ card }: { readonly card: OptionCardScene }) {
  const { row, own, name, from, what, gist, today } = card;
  return (
    <>
      <p className="eyebrow">
        <span>option</span>
        <span>{from}</span>
      </p>
      {own ? <NameField key={name} card={card} /> : <h2 className="say">{name}</h2>}
      <p className="what">{own ? `A variant: ${gist}` : what}</p>
      <RowTools card={card} />
      <Found card={card} />
      <Refuses list={card.refuses} />
      {!own && (
        <>
          <SaidList title="Proposed" said={card.proposed} />
          <SaidList title="Objections" said={card.objections} />
          <section>
            <h3>In mainline today</h3>
            <p>{today}</p>
          </section>
        </>
      )}
      <Knobs knobs={card.knobs} />
      <AwaySection away={card.away} row={row} option={name} />
      <DifferenceSection difference={card.difference} row={row} />
      {card.tried !== undefined && <TriedSection tried={card.tried} row={row} />}
      <OutcomesSection outcomes={card.outcomes} row={row} />
      <SureSection sure={card.sure} />
      {card.quote !== undefined && <QuoteBox key={card.quote} text={card.quote} />}
    </>
  );
}

/** Written in place: Enter or leaving it takes the name, Escape takes it back. */
function NameField({ card: { row, name } }: { readonly card: OptionCardScene }) {
  return (
    <h2 className="say">
      <input
        className="name"
        aria-label="Name of this option"
        defaultValue={name}
        maxLength={60}
        spellCheck={false}
        onBlur={({ target }) => renameRow(row, target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Escape') currentTarget.value = name;
          if (key === 'Escape' || key === 'Enter') currentTarget.blur();
        }}
      />
    </h2>
  );
}

function RowTools({ card: { row, own, name } }: { readonly card: OptionCardScene }) {
  return (
    <p className="buttons" role="toolbar" aria-label={name}>
      <button
        type="button"
        className="boxed small"
        onClick={() => startRow(row)}
        title="This row alone, from the beginning"
      >
        Check this row
      </button>
      <button type="button" className="boxed small" onClick={() => hideRow(row)} title="Put the row away (h)">
        Hide
      </button>
      <CompareButtons row={row} of="The scenario of the player" onCompare={(other) => compareOption(row, other)} />
      {own && (
        <button
          type="button"
          className="boxed small"
          onClick={() => removeRow(row)}
          title="Forget this option of yours"
        >
          Remove
        </button>
      )}
    </p>
  );
}

/** How it fared in this world. */
function Found({ card: { row, violated, words } }: { readonly card: OptionCardScene }) {
  return (
    <section>
      <h3>In this world</h3>
      <p className="quiet">{words}</p>
      <ul className="found">
        {violated.map(({ id, words: how }) => (
          <li key={id}>
            <button type="button" className="jump" onClick={() => select({ row, property: id })}>
              {id}
            </button>
            <span>{how}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Refuses({ list }: { readonly list: readonly string[] }) {
  if (list.length === 0) return null;
  return (
    <section>
      <h3>Refuses what mainline offers</h3>
      <p>{list.join(', ')}</p>
    </section>
  );
}

function SaidList({ title, said }: { readonly title: string; readonly said: readonly SaidScene[] }) {
  if (said.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className="said">
        {said.map(({ head, text, address }) => (
          <li key={`${head} ${text}`}>
            <b>{head}</b>
            <span>{text}</span>
            {address !== undefined && (
              <a href={address} rel="noreferrer" target="_blank">
                {address.replace(/^https?:\/\//, '')}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Knobs({ knobs }: { readonly knobs: readonly KnobScene[] }) {
  if (knobs.length === 0) return null;
  return (
    <section>
      <h3 id="lab-knobs">Knobs</h3>
      <table className="knobs" aria-labelledby="lab-knobs">
        <thead>
          <tr>
            <th scope="col">knob</th>
            <th scope="col">here</th>
            <th scope="col">mainline</th>
          </tr>
        </thead>
        <tbody>
          {knobs.map(({ knob, value, mainline, differs }) => (
            <tr key={knob} className={differs ? 'differs' : ''}>
              <th scope="row">{knob}</th>
              <td>{value}</td>
              <td>{differs ? mainline : 'same'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
