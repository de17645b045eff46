/** What is pasted or typed past the limit of the language is not taken, and said so. */
import { EditorState, StateEffect, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { editorText } from '../../editing/splice.ts';
import { MAX_TEXT_BYTES } from '../../scenario/load.ts';

const refused = StateEffect.define<string>();

const tooLong = `Not inserted: the text would be longer than ${MAX_TEXT_BYTES / 1024} kB.`;

/** `said` gets the message. */
export function limits(said: (message: string) => void): Extension {
  return [
    EditorState.transactionFilter.of((transaction) => {
      const { docChanged, newDoc, startState } = transaction;
      if (!docChanged || newDoc.length <= MAX_TEXT_BYTES || newDoc.length <= startState.doc.length) return transaction;
      return transaction.isUserEvent('input') ? { effects: refused.of(tooLong) } : transaction;
    }),
    EditorView.updateListener.of(({ transactions }) => {
      for (const { effects } of transactions) for (const effect of effects) if (effect.is(refused)) said(effect.value);
    }),
    EditorView.clipboardInputFilter.of(editorText),
  ];
}
