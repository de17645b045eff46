import { useState } from 'react';

/** One line of text, to be taken elsewhere. */
export function QuoteBox({ text }: { readonly text: string }) {
  const [word, setWord] = useState('Copy');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setWord('Copied');
    } catch {
      // A page that may not write to the clipboard: the line is there to be marked.
      setWord('Mark the line to copy it');
    }
  };
  return (
    <section>
      <h3>Quote it</h3>
      <div className="quote">
        <code tabIndex={0} role="textbox" aria-readonly="true" aria-label="The line to quote">
          {text}
        </code>
        <button type="button" className="boxed small" onClick={() => void copy()}>
          {word}
        </button>
      </div>
      <p className="spoken" role="status">
        {word === 'Copy' ? '' : word}
      </p>
    </section>
  );
}
