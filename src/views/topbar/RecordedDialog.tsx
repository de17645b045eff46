import { useEffect, useState } from 'react';
import { Dialog } from 'radix-ui';
import { recordingPath, type NamedRecording } from '../../conformance/recordingView.ts';
import { recordedTable, type RecordedRow, type RecordedTable } from '../../viewmodel/recordedTable.ts';
import { CloseIcon } from '../shared/icons.tsx';
import './recorded.css';
import { loadRecording } from '../../store/recordings.ts';

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
    let left = false;
    const tell = (text: RecordedTable | string): void => {
      if (!left) setFound(text);
    };
    loadRecording(recordingPath(recording)).then(
      (found) => tell(recordedTable(found) ?? 'The file of this recording is not what it should be.'),
      (error: unknown) => tell(`The recording could not be loaded: ${error instanceof Error ? error.message : String(error)}.`), // prettier-ignore
    );
    return () => {
      left = true;
    };
  }, [recording]);
  return found;
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
