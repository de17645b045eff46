import type { Help } from '../../editing/help.ts';

function element(tag: string, className: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

/** Help on a word as a box shows it. */
export function helpElement({ title, says, rows, kernel }: Help): HTMLElement {
  const box = element('div', 'cm-help', element('code', 'cm-help-title', title), element('p', '', says));
  // It may scroll, so it can be scrolled from the keyboard too.
  box.tabIndex = 0;
  if (rows.length > 0)
    box.append(
      element(
        'dl',
        '',
        ...rows.map(({ name, text }) => element('div', '', element('dt', '', name), element('dd', '', text))),
      ),
    );
  if (kernel !== undefined) {
    const parts = kernel.parts.map(({ what, functions }) =>
      element('li', '', what, element('div', '', ...functions.map((name) => element('code', '', name)))),
    );
    box.append(element('p', 'cm-help-kernel', kernel.title), element('ul', '', ...parts));
  }
  return box;
}
