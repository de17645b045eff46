import { notesHash } from '../../io/notesMessage.ts';
import { setPage } from '../../store/store.ts';
import { channelOfTab } from './notesChannel.ts';

/** The speaker's window, as far as this page opened it. */
export const peer: { window: Window | null | undefined } = { window: undefined };

let name: string | undefined;
export const channelName = (): string => (name ??= channelOfTab());

/** Opens it, or brings it to the front: one of this name that is there already stays as it is. */
export function openNotes(): void {
  const address = location.href.replace(/#.*$/s, '') + notesHash(channelName());
  peer.window = window.open(address, `daxpin-notes-${channelName()}`, 'popup,width=1000,height=700');
  if (peer.window !== null) {
    peer.window.focus();
    return;
  }
  setPage({ notice: { text: 'The browser did not open the window for the notes. Allow pop-ups for this page, then press w again.', tone: 'problem' } }); // prettier-ignore
}
