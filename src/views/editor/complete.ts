/** What can stand at the caret, with the names in scope there; and help on what is chosen. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension, Line } from '@codemirror/state';
import type { EditorView, Rect } from '@codemirror/view';
import { verbHelp, type Help } from '../../editing/help.ts';
import { contextAt, mustGoOn } from '../../scenario/contextAt.ts';
import { verbOf } from '../../scenario/vocabulary.ts';
import type { Verb } from '../../sim/model/op.ts';
import type { Kernel } from '../../sim/model/program.ts';
import { helpElement } from './helpElement.ts';

type Candidate = ReturnType<typeof contextAt>['candidates'][number];

function optionOf({ label, kind, detail }: Candidate, rank: number, kernel: () => Kernel): Completion {
  const verb = kind === 'verb' ? verbOf(label) : undefined;
  return {
    label,
    type: kind,
    detail: kind,
    // The order of the language: the likely ones first, errnos last.
    boost: Math.max(-99, 99 - rank),
    ...(verb !== undefined
      ? { info: () => helpElement(shortHelp(verb, kernel())) }
      : detail === undefined
        ? {}
        : { info: detail }),
  };
}

function shortHelp(verb: Verb, kernel: Kernel): Help {
  const { title, says } = verbHelp(verb, kernel);
  return { title, says, rows: [] };
}

/** Beside the list where there is room, else below or above it; never on it. */
function placeInfo(_view: EditorView, list: Rect, _option: Rect, info: Rect, space: Rect): { readonly style: string } {
  const wide = info.right - info.left + 8;
  if (space.right - list.right >= wide) return { style: 'left: 100%; top: 0' };
  const left = `left: ${Math.min(0, Math.floor(space.right - list.left - wide))}px`;
  const below = space.bottom - list.bottom >= info.bottom - info.top;
  return { style: `${left}; ${below ? 'top' : 'bottom'}: 100%` };
}

/**
 * Unasked it comes for a word that is begun and not yet whole, and behind a space where a word has to follow: Enter
 * after a whole word or a whole line begins a line.
 */
function sourceOf(kernel: () => Kernel) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos, explicit } = context;
    if (!explicit && !asksItself(state.doc.lineAt(pos), pos)) return null;
    const { from, candidates } = contextAt(state.doc.toString(), pos);
    const begun = state.sliceDoc(from, pos);
    const whole = candidates.some(({ label }) => label === begun);
    if (candidates.length === 0 || (!explicit && whole)) return null;
    const options = candidates.map((candidate, i) => optionOf(candidate, i, kernel));
    return {
      from,
      to: pos,
      options,
      update: (current, at, to, now) => narrowed(current, now.state.sliceDoc(at, to), explicit),
    };
  };
}

function asksItself({ text, from, to }: Line, pos: number): boolean {
  const before = text.slice(0, pos - from);
  return /[\w.]$/.test(before) || (pos === to && /\S $/.test(before) && mustGoOn(before));
}

/** As the word grows: the same list, until the word is whole or is no word any more. */
function narrowed(current: CompletionResult, begun: string, explicit: boolean): CompletionResult | null {
  const whole = current.options.some(({ label }) => label === begun);
  return /^[\w.-]+$/.test(begun) && (explicit || !whole) ? current : null;
}

export function complete(kernel: () => Kernel): Extension {
  return autocompletion({
    icons: false,
    override: [sourceOf(kernel)],
    maxRenderedOptions: 60,
    positionInfo: placeInfo,
  });
}
