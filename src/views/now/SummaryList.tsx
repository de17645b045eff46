import type { Summary } from '../../viewmodel/verdictScene.ts';

/** The run is over: what it came to. */
export function SummaryList({ summary }: { readonly summary: Summary }) {
  const { claims, broken, expected, met } = summary;
  return (
    <section className="summary" aria-label="The end of the run">
      <h2>The end</h2>
      <p>{broken.length === 0 ? 'No property broke in this run.' : `Broken in this run: ${broken.join(', ')}.`}</p>
      {expected > 0 && (
        <p>
          {met} of {expected} expected {expected === 1 ? 'result' : 'results'} met.
        </p>
      )}
      <ul>
        {claims.map(({ text, met: holds }) => (
          <li key={text} className={holds ? 'met' : 'unmet'}>
            <b>{holds ? 'met' : 'not met'}</b>
            <code>{text}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
