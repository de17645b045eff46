import { useState, type FormEvent } from 'react';
import { closeDialog } from '../../store/actions.ts';
import { openPasted } from '../../store/links.ts';

/** The way back in, for who does not know that pasting anywhere does it. */
export function PasteSection() {
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    if (openPasted(text)) closeDialog();
    else setFailed(true);
  };
  return (
    <section>
      <h3>Open a link or a mail</h3>
      <form className="paste" onSubmit={open}>
        <textarea
          value={text}
          rows={3}
          spellCheck={false}
          aria-label="A link, or a mail with one in it"
          aria-invalid={failed}
          aria-describedby="paste-hint"
          onChange={({ target }) => {
            setText(target.value);
            setFailed(false);
          }}
        />
        <button type="submit" className="boxed" disabled={text.trim() === ''}>
          Open
        </button>
      </form>
      <p id="paste-hint" className={failed ? 'hint failed' : 'hint'} role="status">
        {failed
          ? 'There is no Daxpin link in this text: it has “#v=1” near its beginning. Paste all of the mail.'
          : 'Quoted and wrapped as it came. Pasting on the page itself does the same.'}
      </p>
    </section>
  );
}
