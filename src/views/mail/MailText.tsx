import { useEffect, useRef, useState } from 'react';
import { mailNow } from '../../store/mailNow.ts';
import { usePage } from '../../store/usePage.ts';
import { BUILD_ID } from '../shared/buildId.ts';
import './mail.css';

type Text = { readonly text: string; readonly problem: string };

/** What is shown as text, made anew at every step. */
function useMailText(box: boolean, trace: boolean): Text {
  const shown = usePage((page) => page.shown);
  const problems = usePage((page) => page.problems);
  const [made, setMade] = useState<Text>({ text: '', problem: '' });
  useEffect(() => {
    let wanted = true;
    void mailNow(BUILD_ID, { box, trace }).then((result) => {
      if (wanted) setMade(result.ok ? { text: result.value, problem: '' } : { text: '', problem: result.error });
    });
    return () => void (wanted = false);
  }, [shown, problems, box, trace]);
  return made;
}

/** The state as text for a mail: a preview, how it looks, and a button that copies it. */
export function MailText() {
  const [box, setBox] = useState(false);
  const [trace, setTrace] = useState(true);
  const [word, setWord] = useState('');
  const { text, problem } = useMailText(box, trace);
  const preview = useRef<HTMLPreElement>(null);
  const choose = (change: () => void) => (): void => {
    change();
    setWord('');
  };
  const copy = async (): Promise<void> => {
    if (text === '') return;
    try {
      await navigator.clipboard.writeText(text);
      setWord(`Copied: ${text.split('\n').length - 1} lines`);
    } catch {
      // A page that may not write to the clipboard: the text is marked, to be copied by hand.
      if (preview.current !== null) getSelection()?.selectAllChildren(preview.current);
      setWord('The text is marked: copy it with your keys');
    }
  };
  return (
    <section className="mail" aria-label="Copy as text">
      <div className="mail-looks">
        <fieldset>
          <legend>Lines</legend>
          <label>
            <input type="radio" name="mail-lines" checked={!box} onChange={choose(() => setBox(false))} /> ASCII
          </label>
          <label>
            <input type="radio" name="mail-lines" checked={box} onChange={choose(() => setBox(true))} /> Box drawing
          </label>
        </fieldset>
        <label>
          <input type="checkbox" checked={trace} onChange={choose(() => setTrace(!trace))} /> With the run up to here
        </label>
      </div>
      {problem === '' ? (
        <pre ref={preview} tabIndex={0} role="textbox" aria-multiline aria-readonly aria-label="The text">
          {text}
        </pre>
      ) : (
        <p className="mail-problem">{problem}</p>
      )}
      <div className="mail-foot">
        <button type="button" className="boxed" aria-disabled={text === ''} onClick={() => void copy()}>
          Copy
        </button>
        <p role="status">{word}</p>
      </div>
    </section>
  );
}
