import type { ImportReport } from '../../import/importMachine.ts';
import { Sentences } from './Sentences.tsx';
import { closeDialog, tellNotLoaded } from '../../store/actions.ts';

type Props = {
  readonly report: ImportReport;
  readonly hidden: boolean;
  readonly onHidden: (hidden: boolean) => void;
};

/** The text that comes of it, what it rests on, and the way into the player. */
export function StateSection({ report, hidden, onHidden }: Props) {
  const { text, steps, assumed } = report;
  const open = async (): Promise<void> => {
    if (text === undefined) return;
    const workshop = await import('../../store/workshop.ts').catch(() => undefined);
    if (workshop === undefined) return tellNotLoaded();
    closeDialog();
    workshop.openText(nameOf(text), text, { end: true });
  };
  return (
    <section className="import-state">
      <h3>The state</h3>
      <label className="import-switch">
        <input type="checkbox" role="switch" checked={hidden} onChange={({ target }) => onHidden(target.checked)} />
        <span>
          Hide paths, pids and names
          <span className="quiet">
            {hidden
              ? 'The text has file1, p1 and so on; a link to it tells no name.'
              : 'The names of the machine are in the text, and in every link to it.'}
          </span>
        </span>
      </label>
      {text === undefined ? (
        <p className="hint" role="status">
          No scenario yet: at least one file with its extents is needed (filefrag -v, xfs_bmap -vvp or fiemap -v).
        </p>
      ) : (
        <>
          <pre className="import-text" tabIndex={0} role="region" aria-label="The text of the scenario">
            {text}
          </pre>
          <div className="import-open">
            <button type="button" className="boxed primary" onClick={() => void open()}>
              Open as scenario
            </button>
            <span className="quiet">
              {steps === 0 ? 'The start of the run is this state.' : `Opens after its ${steps} ${steps === 1 ? 'step' : 'steps'}: that is this state.`}
            </span>
          </div>
        </>
      )}
      <Sentences title="Assumed" lines={assumed} />
    </section>
  );
} // prettier-ignore

const nameOf = (text: string): string => /^title "([^"]+)"/.exec(text)?.[1] ?? 'Imported';
