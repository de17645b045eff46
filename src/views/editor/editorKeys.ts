/** The keys of the editor as the help lists them. Tab is not among them: it leaves the editor, as everywhere on a page. */
export const EDITOR_KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Ctrl Enter'], does: 'In the editor: go to the step of this line' },
  { keys: ['F8', 'Shift F8'], does: 'In the editor: next error, previous error' },
  { keys: ['Ctrl .'], does: 'In the editor: take the suggestion for the error on this line' },
  { keys: ['Ctrl Space'], does: 'In the editor: what can stand here' },
  { keys: ['F1'], does: 'In the editor: help on the word at the caret' },
  { keys: ['Ctrl F'], does: 'In the editor: find' },
  { keys: ['Tab'], does: 'In the editor: leave it' },
];
