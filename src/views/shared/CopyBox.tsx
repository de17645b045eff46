import { useRef, useState } from 'react';

type Props = {
  /** Of the text: `The link`. */
  readonly name: string;
  /** On the button: `Copy link`. */
  readonly action: string;
  readonly text: string;
  /** As it stands, lines and all; otherwise one line that scrolls. */
  readonly lines?: boolean;
};

/** A text to be taken elsewhere. Where the clipboard is closed to the page, it is marked, and the keys do the rest. */
export function CopyBox({ name, action, text, lines = false }: Props) {
  const box = useRef<HTMLElement>(null);
  const [said, setSaid] = useState<{ readonly of: string; readonly word: string }>();
  const word = said?.of === text ? said.word : '';
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid({ of: text, word: 'Copied' });
    } catch {
      if (box.current !== null) getSelection()?.selectAllChildren(box.current);
      setSaid({ of: text, word: 'Marked: press Ctrl+C' });
    }
  };
  return (
    <div className={lines ? 'copy-box lines' : 'copy-box'}>
      <code ref={box} tabIndex={0} role="textbox" aria-readonly="true" aria-multiline={lines} aria-label={name}>
        {text}
      </code>
      <button type="button" className="boxed" onClick={() => void copy()} disabled={text === ''}>
        {action}
      </button>
      <span className="copied" role="status">
        {word}
      </span>
    </div>
  );
}
