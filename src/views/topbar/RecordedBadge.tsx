import { lazy, useState } from 'react';
import { recordingNamedIn, type NamedRecording } from '../../conformance/recordingView.ts';
import { usePage } from '../../store/usePage.ts';
import { Part } from '../shared/Part.tsx';

/** Only who asks sees it. */
const RecordedDialog = lazy(async () => ({ default: (await import('./RecordedDialog.tsx')).RecordedDialog }));

/** That this scenario happened on a real kernel, and the way to what was recorded there. */
export function RecordedBadge() {
  const about = usePage((page) => page.shown?.program.about);
  const recording = about === undefined ? undefined : recordingNamedIn(about);
  return recording === undefined ? null : <Badge key={recording.id} recording={recording} />;
}

function Badge({ recording }: { readonly recording: NamedRecording }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="recorded-badge"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        title={`${recording.id}: what was recorded, step by step`}
      >
        recorded on Linux {recording.kernel}
      </button>
      <Part lost={null}>{open && <RecordedDialog recording={recording} onClose={() => setOpen(false)} />}</Part>
    </>
  );
}
