import type { PieceReport } from '../../import/importMachine.ts';

/** Rows beyond this are counted. */
const MOST = 100;

/** Each output as it was recognised, or what keeps it from being read: the line, and the cure. */
export function PiecesSection({ pieces }: { readonly pieces: readonly PieceReport[] }) {
  const wrong = pieces.filter(({ problem }) => problem !== undefined);
  // What went wrong is at the top: the rest may be long.
  const rows = [...wrong, ...pieces.filter(({ problem }) => problem === undefined)];
  return (
    <section>
      <h3>
        Recognised: {pieces.length - wrong.length} of {pieces.length}
      </h3>
      <ul className="import-pieces" aria-label="Recognised outputs" tabIndex={0}>
        {rows.slice(0, MOST).map((piece, i) => (
          <Row key={i} piece={piece} />
        ))}
        {pieces.length > MOST && <li>… and {pieces.length - MOST} more</li>}
      </ul>
    </section>
  );
}

function Row({ piece }: { readonly piece: PieceReport }) {
  const { command, said, source, line, problem } = piece;
  return (
    <li className={problem === undefined ? undefined : 'wrong'}>
      <span className="command">{command}</span>
      {problem === undefined ? (
        <span className="said">{said}</span>
      ) : (
        <span className="said">
          <span aria-hidden="true">✗ </span>
          <span className="spoken">Not read: </span>
          {sentence(problem.text)} {problem.cure}
        </span>
      )}
      <span className="quiet">{`${source === '' ? '' : `${source}, `}line ${problem?.line ?? line}`}</span>
    </li>
  );
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.…!?]$/.test(text) ? '' : '.'}`; // prettier-ignore
