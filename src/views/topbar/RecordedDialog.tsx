import { useEffect, useState } from 'react';
import { Dialog } from 'radix-ui';
import { recordingPath, type NamedRecording } from '../../conformance/recordingView.ts';
import { recordedTable, type RecordedRow, type RecordedTable } from '../../viewmodel/recordedTable.ts';
import { CloseIcon } from '../shared/icons.tsx';
import './recorded.css';

type Props = { readonly recording: NamedRecording; readonly onClose: () => void };

/** What a real kernel did, as it was recorded. */
export function RecordedDialog({ recording, onClose }: Props) {
  const table = useRecording(recording);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal container={document.querySelector<HTMLElement>('.page')}>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="recorded-dialog" aria-describedby={undefined}>
          <Dialog.Title className="recorded-title">
            Recorded on Linux {recording.kernel}: {recording.id}
          </Dialog.Title>
          {typeof table === 'string' ? <p role="status">{table}</p> : <Recording table={table} />}
          <Dialog.Close className="boxed close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The table, or a word on where it is. */
function useRecording(recording: NamedRecording): RecordedTable | string {
  const [found, setFound] = useState<RecordedTable | string>('Loading the recording …');
  useEffect(() => {
    const left = new AbortController();
    fetchTable(recordingPath(recording), left.signal)
      .then((table) => setFound(table ?? 'The file of this recording is not what it should be.'))
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        if (!left.signal.aborted) setFound(`The recording could not be loaded: ${why}.`);
      });
    return () => left.abort();
  }, [recording]);
  return found;
}

async function fetchTable(path: string, signal: AbortSignal): Promise<RecordedTable | undefined> {
  const answer = await fetch(`./${path}`, { signal });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return recordedTable(await answer.json());
}

function Recording({ table: { title, kernel, env, fs, rows } }: { readonly table: RecordedTable }) {
  return (
    <>
      <p>
        {title}. <b>{kernel}</b>, {env}: {fs}. P1 is the process, T1, T2, … its threads, P2 a forked child; blocks are
        named B… by the recorder.
      </p>
      <div className="recorded-scroll" tabIndex={0} role="region" aria-label="Steps of the recording">
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Actor</th>
              <th scope="col">Operation</th>
              <th scope="col">Result</th>
              <th scope="col">Seen afterwards</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.n} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ row: { n, actor, op, result, changed, note } }: { readonly row: RecordedRow }) {
  return (
    <tr>
      <td>{n}</td>
      <td>{actor}</td>
      <td>
        <code>{op}</code>
        {note !== '' && <small>{note}</small>}
      </td>
      <td>{result}</td>
      <td>
        {changed.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </td>
    </tr>
  );
}
