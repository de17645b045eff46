import type { FooterScene, LabButton } from '../../viewmodel/labFooter.ts';
import { pause, restart, resume, start, stop } from '../../store/lab.ts';

const BUTTONS: { readonly [B in LabButton]: { readonly name: string; readonly does: string; readonly press: () => void } } = {
  check: { name: 'Check', does: 'Visit every state of the world under every option', press: start },
  rest: { name: 'Check the rest', does: 'The rows that have no answer yet', press: start },
  again: { name: 'Check again', does: 'All rows from the beginning', press: restart },
  pause: { name: 'Pause', does: 'Nothing that was found is lost', press: pause },
  resume: { name: 'Resume', does: 'On from where it was paused', press: resume },
  stop: { name: 'Stop', does: 'End here; what is known by now is told', press: stop },
}; // prettier-ignore

/** How far, how fast, and the handle on it. */
export function LabFooter({ footer }: { readonly footer: FooterScene }) {
  const { decided, all, progress, figures, now, word, buttons } = footer;
  return (
    <footer className="lab-foot" aria-label="Progress">
      <b className="decided">{progress}</b>
      <div
        className="bar"
        role="progressbar"
        aria-label="Cells decided"
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={decided}
        aria-valuetext={progress}
      >
        <i style={{ width: `${all === 0 ? 0 : (100 * decided) / all}%` }} />
      </div>
      <div className="figures">
        {word !== '' && <b className="word">{word}</b>}
        {now.length > 0 && (
          <span className="now-checking">
            now checking <b>{now.slice(0, 3).join(', ')}</b>
          </span>
        )}
        {figures.map(({ text, title }) => (
          <span key={title} title={title}>
            {text}
          </span>
        ))}
      </div>
      {buttons.map((button) => (
        <button
          key={button}
          type="button"
          className={button === 'check' ? 'primary' : 'boxed'}
          title={BUTTONS[button].does}
          onClick={BUTTONS[button].press}
        >
          {BUTTONS[button].name}
        </button>
      ))}
    </footer>
  );
}
