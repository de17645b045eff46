/** The keys that a view takes while it has the focus, as the help lists them after the commands of the page. */
export const NEAR_KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Shift F10'], does: 'On the stage: do this now, with what is focused' },
  { keys: ['← →', '↑ ↓'], does: 'On the stage: walk pages; from a page along its links to the claims above and below' },
  { keys: ['Shift ↑ ↓'], does: 'On the stage: from a claim to the same index above or below: file, PTE, MR slot' },
  { keys: ['+', '-', '0'], does: 'On the stage: closer, farther, all of it' },
  { keys: ['Enter'], does: 'On the stage: keep what is focused selected' },
  { keys: ['← →', '↑ ↓', 'Home', 'End'], does: 'In the lab: walk the cells' },
  { keys: ['Enter', 'p', 'h'], does: 'In the lab: the card of a cell, play its trace, hide its row' },
];
