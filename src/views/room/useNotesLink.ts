import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { boundText, type Notes, type NotesBody, type NotesOrder } from '../../io/notesMessage.ts';
import { goBack, goFirst, goLast, goOn, goToViolation, toggleBlank } from '../../store/room.ts';
import { useRoom } from '../../store/roomStore.ts';
import { openChannel, type NotesChannel } from './notesChannel.ts';
import { channelName, peer } from './notesWindow.ts';

const ORDERS: { readonly [O in NotesOrder]: () => void } = {
  next: goOn,
  back: goBack,
  first: goFirst,
  last: goLast,
  blank: toggleBlank,
  violation: goToViolation,
};

/** Everything but the time, which runs. */
export type Told = Omit<Notes, 'elapsed'>;

function bounded(told: Told, elapsed: number): Notes {
  const { title, place, caption, sentence, note, next, blank, qr } = told;
  return {
    title: boundText(title),
    place,
    caption: boundText(caption),
    sentence: boundText(sentence),
    note: note.slice(0, 20).map(boundText),
    next: boundText(next),
    elapsed,
    blank,
    qr,
  };
}

/** Tells the speaker's window what is on the wall, and does what it asks for. */
export function useNotesLink(told: Told | undefined): void {
  const line = useRef<NotesChannel>(undefined);
  const since = useClockStart();
  const tell = useEffectEvent(() => {
    const elapsed = Math.max(0, performance.now() - (since.current ?? performance.now()));
    if (told !== undefined) line.current?.send({ type: 'notes', notes: bounded(told, elapsed) });
  });
  const hear = useEffectEvent((body: NotesBody) => {
    if (body.type === 'order') ORDERS[body.order]();
    else if (body.type === 'hello') tell();
  });
  useEffect(() => {
    const opened = openChannel(channelName(), peer, (body) => hear(body));
    line.current = opened;
    return () => {
      opened.send({ type: 'ended' });
      opened.close();
    };
  }, []);
  const key = JSON.stringify(told);
  useEffect(() => tell(), [key]);
}

/** When the presentation began: a time of the speaker's, not of the model. */
function useClockStart(): RefObject<number | undefined> {
  const started = useRoom((room) => room.started);
  const since = useRef<number>(undefined);
  useEffect(() => {
    since.current = performance.now();
  }, [started]);
  return since;
}
