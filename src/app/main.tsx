import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openLibrary, openOthers, tellNotLoaded } from '../store/actions.ts';
import { keepPlaying } from '../store/playback.ts';
import { connect } from '../store/session.ts';
import { keepForOffline } from '../offline/register.ts';
import { keepOriginal } from '../store/openMeta.ts';
import { parseAddress } from '../store/address.ts';
import { setPage } from '../store/store.ts';
import { openTraces } from '../store/traces.ts';
import { followAddress } from './addressSync.ts';
import { App } from './App.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { followTheme } from './theme.ts';
import './tokens.css';
import './app.css';
import '../views/shared/shared.css';

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element with id "root"');

// Before anything is drawn.
if (location.protocol === 'file:') keepOriginal(`<!doctype html>\n${document.documentElement.outerHTML}`);
const root = createRoot(element);

/** The speaker's window: no picture, no run. */
async function openNotes(): Promise<void> {
  const { NotesPage } = await import('../views/notes/NotesApp.tsx');
  root.render(
    <StrictMode>
      <NotesPage hash={location.hash} />
    </StrictMode>,
  );
}

function openPage(): void {
  connect(keepPlaying);
  const { embed, theme } = parseAddress(location.hash);
  const embedded = embed === true;
  setPage({ embedded, ...(theme === undefined ? {} : { theme }) });
  followTheme();
  openTraces(() => sessionStorage);
  window.addEventListener('vite:preloadError', tellNotLoaded);
  followAddress();
  root.render(
    <StrictMode>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
  if (embedded) {
    void import('./embed.ts').then(({ speakWithParent }) => speakWithParent());
    return;
  }
  // After the first picture: nobody looks for another scenario before that.
  setTimeout(() => {
    void openOthers();
    void openLibrary();
    keepForOffline();
  }, 400);
}

if (location.hash.startsWith('#notes=')) {
  followTheme();
  void openNotes();
} else openPage();
