import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { channelOf, type Notes, type NotesBody, type NotesOrder } from '../../io/notesMessage.ts';
import { openChannel, type NotesChannel } from '../room/notesChannel.ts';
import { Clock } from './Clock.tsx';
import './notes.css';

/** As the clicker and the keyboard have them in the presentation itself. */
const KEYS: Readonly<Record<string, NotesOrder>> = {
  ArrowRight: 'next',
  PageDown: 'next',
  ' ': 'next',
  '.': 'next',
  ArrowLeft: 'back',
  PageUp: 'back',
  Home: 'first',
  End: 'last',
  b: 'blank',
  n: 'violation',
};

const ASK_MS = 1000;

type State =
  | { readonly type: 'waiting' }
  | { readonly type: 'ended' }
  | { readonly type: 'on'; readonly notes: Notes; readonly heardAt: number };

/** The window that `#notes=…` names. */
export function NotesPage({ hash }: { readonly hash: string }) {
  const channel = channelOf(hash);
  if (channel !== undefined) return <NotesApp channel={channel} />;
  return (
    <main className="notes">
      <h1>Notes</h1>
      <p role="alert">This address of a notes window is not whole. Close it, and press w in the presentation.</p>
    </main>
  );
}

/** What only the speaker sees: in step with the presentation, whichever of the two goes on. */
export function NotesApp({ channel }: { readonly channel: string }) {
  const [state, setState] = useState<State>({ type: 'waiting' });
  const line = useRef<NotesChannel>(undefined);
  const hear = useEffectEvent((body: NotesBody) => {
    if (body.type === 'notes') setState({ type: 'on', notes: body.notes, heardAt: performance.now() });
    else if (body.type === 'ended') setState({ type: 'ended' });
  });
  const order = (what: NotesOrder): void => line.current?.send({ type: 'order', order: what });
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const what = KEYS[event.key];
    if (what === undefined || (event.key === ' ' && event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    order(what);
  });
  const waits = state.type !== 'on';
  useEffect(() => {
    // The page that opened this window: where no channel carries, it is spoken to directly.
    const opener = window.opener as Window | null;
    const opened = openChannel(channel, { window: opener }, (body) => hear(body));
    line.current = opened;
    opened.send({ type: 'hello' });
    const onKeyDown = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      opened.close();
    };
  }, [channel]);
  useEffect(() => {
    if (!waits) return undefined;
    // A presentation that starts later, or again, does not know of this window.
    const timer = setInterval(() => line.current?.send({ type: 'hello' }), ASK_MS);
    return () => clearInterval(timer);
  }, [waits]);
  useEffect(() => {
    document.title = 'Notes - Daxpin';
  }, []);
  if (state.type !== 'on')
    return (
      <main className="notes">
        <h1>Notes</h1>
        <p role="status">
          {state.type === 'ended'
            ? 'The presentation has ended. Start it again, and this window follows.'
            : 'Waiting for the presentation. Present in the other window; if that was closed, close this one too.'}
        </p>
      </main>
    );
  return <NotesView {...state} order={order} />;
}

type Props = { readonly notes: Notes; readonly heardAt: number; readonly order: (order: NotesOrder) => void };

export function NotesView({ notes, heardAt, order }: Props) {
  const { title, place, caption, sentence, note, next, elapsed, blank, qr } = notes;
  return (
    <main className="notes">
      <header>
        <h1>{title}</h1>
        <p className="place">{place}</p>
        <Clock elapsed={elapsed} heardAt={heardAt} />
      </header>
      {blank && <p className="warns">The wall is blank.</p>}
      {qr !== '' && <p className="warns">{qr}</p>}
      <section aria-label="Note" className="says" aria-live="polite">
        {note.length === 0 ? (
          <p className="none">No note here.</p>
        ) : (
          note.map((text, i) => <p key={`${i} ${text}`}>{text}</p>)
        )}
      </section>
      <section aria-label="On the wall">
        <h2>On the wall</h2>
        <p className="caption">{caption}</p>
        {sentence !== caption && <p className="sentence">{sentence}</p>}
      </section>
      <section aria-label="Next">
        <h2>Next</h2>
        <p className="next">{next}</p>
      </section>
      <footer>
        <div className="presses">
          <button type="button" onClick={() => order('back')}>
            Back
          </button>
          <button type="button" className="main" onClick={() => order('next')}>
            Next
          </button>
          <button type="button" onClick={() => order('blank')} aria-pressed={blank}>
            Blank
          </button>
        </div>
        <dl className="keys">
          <Key keys="PageDown → Space ." does="next" />
          <Key keys="PageUp ←" does="back" />
          <Key keys="b" does="blank the wall" />
          <Key keys="n" does="next broken property" />
          <Key keys="Home End" does="first, last" />
        </dl>
      </footer>
    </main>
  );
}

function Key({ keys, does }: { readonly keys: string; readonly does: string }) {
  return (
    <div>
      <dt>
        {keys.split(' ').map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
