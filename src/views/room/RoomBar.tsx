import { goBack, goOn, leaveRoom, toggleQr } from '../../store/room.ts';
import { useRoom } from '../../store/roomStore.ts';
import { toggleFullScreen } from './fullScreen.ts';
import { openNotes } from './notesWindow.ts';

/** For who has a mouse or a finger in place of a clicker; out of the picture while it rests. */
export function RoomBar() {
  const qr = useRoom((room) => room.qr);
  return (
    <div className="room-bar" role="toolbar" aria-label="Presenting">
      <Press name="Back" keys="PageUp" onClick={goBack} />
      <Press name="Next" keys="PageDown" onClick={goOn} />
      <Press name="Notes" keys="w" onClick={openNotes} />
      <button type="button" onClick={toggleQr} aria-pressed={qr} title="Show or hide the QR code (q)">
        QR
      </button>
      <Press name="Full screen" keys="f" onClick={toggleFullScreen} />
      <Press name="Leave" keys="Esc" onClick={leaveRoom} />
    </div>
  );
}

function Press({
  name,
  keys,
  onClick,
}: {
  readonly name: string;
  readonly keys: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" onClick={onClick} title={`${name} (${keys})`}>
      {name}
    </button>
  );
}
