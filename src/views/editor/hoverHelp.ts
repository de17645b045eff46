/** Help on the word below the pointer, or by F1 on the one at the caret, which is spoken too. */
import { Prec, type EditorState, type Extension } from '@codemirror/state';
import {
  activateHover,
  closeHoverTooltips,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
  type Tooltip,
} from '@codemirror/view';
import { helpOn, helpSpoken, nameHelp, type Help } from '../../editing/help.ts';
import { lineWords, wordAt } from '../../editing/words.ts';
import type { Kernel } from '../../sim/model/program.ts';
import { helpElement } from './helpElement.ts';

type Found = { readonly from: number; readonly to: number; readonly help: Help };

function helpAt(state: EditorState, at: number, kernel: Kernel): Found | undefined {
  const { from, text } = state.doc.lineAt(at);
  const word = wordAt(lineWords(text), at - from);
  if (word === undefined) return undefined;
  const help = helpOn(word, kernel) ?? nameHelp(word, state.doc.toString(), from + word.from);
  return help === undefined ? undefined : { from: from + word.from, to: from + word.to, help };
}

export function hoverHelp(kernel: () => Kernel, spoken: (text: string) => void): Extension {
  const tooltip = hoverTooltip(
    ({ state }, at): Tooltip | null => {
      const found = helpAt(state, at, kernel());
      if (found === undefined) return null;
      return { pos: found.from, end: found.to, above: true, create: () => ({ dom: helpElement(found.help) }) };
    },
    { hideOnChange: true },
  );
  const keys = keymap.of([
    {
      key: 'F1',
      preventDefault: true,
      run: (view) => {
        const at = view.state.selection.main.head;
        const found = helpAt(view.state, at, kernel());
        spoken(found === undefined ? 'No help on this word.' : helpSpoken(found.help));
        if (found !== undefined)
          activateHover(view, at, 1, {
            tooltip,
            until: ({ docChanged, selection }) => docChanged || selection !== undefined,
          });
        return true;
      },
    },
    {
      key: 'Escape',
      run: (view) => {
        if (!hasHoverTooltips(view.state)) return false;
        view.dispatch({ effects: closeHoverTooltips });
        return true;
      },
    },
  ]);
  return [tooltip, Prec.high(keys)];
}
