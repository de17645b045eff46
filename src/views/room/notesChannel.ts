/**
 * The line between the page and the speaker's window: a BroadcastChannel, and messages between opener and opened, for
 * pages from files share no channel in some browsers. Everything goes both ways; what comes twice counts once.
 */
import { isChannel, readMessage, type NotesBody, type NotesMessage } from '../../io/notesMessage.ts';

export type NotesChannel = {
  readonly send: (body: NotesBody) => void;
  readonly close: () => void;
};

const MOST_SENDERS = 8;

/** The name of a channel, or of one end of it: nobody guesses it. */
export function freshName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const KEY = 'daxpin.notes';

/** Of this tab: after a reload its speaker's window is still there. */
export function channelOfTab(): string {
  try {
    const kept = sessionStorage.getItem(KEY) ?? '';
    if (isChannel(kept)) return kept;
    const name = freshName();
    sessionStorage.setItem(KEY, name);
    return name;
  } catch {
    return freshName();
  }
}

/** Of another window, so `instanceof Window` says no. */
const isWindow = (source: MessageEventSource | null): source is Window =>
  source !== null && !(source instanceof MessagePort) && 'closed' in source;

/** Of a page from a file nobody can name the origin. */
const target = (): string => (location.protocol === 'file:' ? '*' : location.origin);

/** `peer`: the other window, as far as this one knows it. A message that fits tells it, where it is not known. */
export function openChannel(
  channel: string,
  peer: { window: Window | null | undefined },
  hear: (body: NotesBody) => void,
): NotesChannel {
  const sender = freshName();
  const heard = new Map<string, number>();
  let number = 0;
  const broadcast =
    typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`daxpin-notes-${channel}`);
  const isNew = (message: NotesMessage): boolean => {
    if (message.sender === sender || message.number <= (heard.get(message.sender) ?? -1)) return false;
    heard.delete(message.sender);
    heard.set(message.sender, message.number);
    for (const oldest of heard.keys()) if (heard.size > MOST_SENDERS) heard.delete(oldest);
    return true;
  };
  const take = (data: unknown): boolean => {
    const message = readMessage(data, channel);
    if (message === undefined) return false;
    if (isNew(message)) hear(message.body);
    return true;
  };
  const onBroadcast = ({ data }: MessageEvent<unknown>): void => void take(data);
  const onMessage = ({ data, source, origin }: MessageEvent<unknown>): void => {
    if (location.protocol !== 'file:' && origin !== location.origin) return;
    if (take(data) && isWindow(source) && source !== window) peer.window = source;
  };
  broadcast?.addEventListener('message', onBroadcast);
  window.addEventListener('message', onMessage);
  return {
    send: (body) => {
      number += 1;
      const message: NotesMessage = { daxpin: 'notes', channel, sender, number, body };
      broadcast?.postMessage(message);
      const other = peer.window;
      if (other !== null && other !== undefined && !other.closed) other.postMessage(message, target());
    },
    close: () => {
      broadcast?.close();
      window.removeEventListener('message', onMessage);
    },
  };
}
