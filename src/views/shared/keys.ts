/** The keys as the help lists them; app/shortcuts binds them. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['→', '.', 'PageDown'], does: 'Next step' },
  { keys: ['←', 'PageUp'], does: 'Step back' },
  { keys: ['Shift →', 'Shift ←'], does: 'One micro-step on, or back' },
  { keys: ['Home', 'End'], does: 'Beginning, end' },
  { keys: ['Space'], does: 'Play, pause' },
  { keys: ['n'], does: 'Next broken property' },
  { keys: ['g'], does: 'Go by step, or by micro-step' },
  { keys: ['e'], does: 'Script: open the text, put it away' },
  { keys: ['a', 'Shift F10'], does: 'Do this now: what can be done with the selected object' },
  { keys: ['t'], does: 'Theme: light, dark, high contrast' },
  { keys: ['← →', '↑ ↓'], does: 'On the stage: walk pages, walk the claims of a page' },
  { keys: ['Enter'], does: 'On the stage: keep what is focused selected' },
  { keys: ['Esc'], does: 'Clear the selection, close' },
  { keys: ['?'], does: 'This list' },
];
