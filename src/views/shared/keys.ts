/** The keys that a view takes while it has the focus, as the help lists them after the commands of the page. */
export const NEAR_KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Shift F10'], does: 'On the stage: do this now, with what is focused' },
  { keys: ['← →', '↑ ↓'], does: 'On the stage: walk pages, walk the claims of a page' },
  { keys: ['Enter'], does: 'On the stage: keep what is focused selected' },
  { keys: ['← →', '↑ ↓', 'Home', 'End'], does: 'In the lab: walk the cells' },
  { keys: ['Enter', 'p', 'h'], does: 'In the lab: the card of a cell, play its trace, hide its row' },
];
