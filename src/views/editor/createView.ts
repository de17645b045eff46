/** The editing surface: what it is made of, and how what comes from outside gets into it. */
import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, highlightActiveLine, highlightSpecialChars, keymap, tooltips } from '@codemirror/view';
import { editorText, splicesBetween } from '../../editing/splice.ts';
import type { Kernel } from '../../sim/model/program.ts';
import { complete } from './complete.ts';
import { highlight } from './highlight.ts';
import { hoverHelp } from './hoverHelp.ts';
import { limits } from './limits.ts';
import { longLines } from './longLines.ts';
import { problemMarks, takeSuggestion } from './problemMarks.ts';
import { runLineAt, runMarks } from './runMarks.ts';
import { stepGutter } from './stepGutter.ts';

export type Surroundings = {
  readonly onText: (text: string) => void;
  readonly onGoToLine: (line: number) => void;
  /** The caret came to another line. */
  readonly onCaret: (line: number) => void;
  /** Something to tell at once: a refusal. */
  readonly onSaid: (message: string) => void;
  /** Something for a screen reader alone. */
  readonly onSpoken: (message: string) => void;
  /** Whose functions the help names. */
  readonly kernel: () => Kernel;
};

export type Access = { readonly label: string; readonly readOnly: boolean; readonly describedBy: string };

const fromOutside = Annotation.define<boolean>();
const access = new Compartment();

const accessOf = ({ label, readOnly, describedBy }: Access): Extension => [
  EditorState.readOnly.of(readOnly),
  EditorView.contentAttributes.of({
    'aria-label': label,
    'aria-describedby': describedBy,
    // A text that can be written in is a stop anyway; said, it is known to be the way into the part that scrolls.
    tabindex: '0',
    spellcheck: 'false',
    autocorrect: 'off',
    autocapitalize: 'off',
    translate: 'no',
  }),
];

/** Characters that turn the direction of the text around them, or hide in it: shown, as everything that is in a text. */
const HIDDEN = /\u034f|[\u115f\u180e\u200c\u202a-\u202c\u2060-\u2064\u2068\u{e0000}-\u{e007f}]|\u200d/gu;

/** By its number, which the eye and a bug report can use alike. */
function showHidden(code: number): HTMLElement {
  const span = document.createElement('span');
  span.className = 'cm-hidden-char';
  span.textContent = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return span;
}

function keysOf({ onGoToLine, onSaid }: Surroundings): Extension {
  const goToStep = ({ state }: EditorView): boolean => {
    const { from, to, number } = state.doc.lineAt(state.selection.main.head);
    if (runLineAt(state, from, to).step) onGoToLine(number);
    else onSaid(`Line ${number} is no step.`);
    return true;
  };
  return Prec.high(
    keymap.of([
      { key: 'Mod-Enter', run: goToStep, preventDefault: true },
      { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic, preventDefault: true },
      { key: 'Mod-.', run: takeSuggestion, preventDefault: true },
    ]),
  );
}

/** More echoes than this are not waited for. */
const MOST_SENT = 16;

/** `sent` collects the texts that went up and may still come back. */
function listening({ onText, onCaret }: Surroundings, sent: string[]): Extension {
  let line = 1;
  return EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    const own = transactions.some((one) => one.docChanged && one.annotation(fromOutside) !== true);
    if (docChanged && own) {
      const text = state.doc.toString();
      sent.push(text);
      if (sent.length > MOST_SENT) sent.shift();
      onText(text);
    }
    const now = state.doc.lineAt(state.selection.main.head).number;
    if (now !== line) onCaret((line = now));
  });
}

export type EditingView = {
  readonly view: EditorView;
  /** As few edits as lead to it, one entry of the undo list. An echo of what was typed does not undo what came after. */
  readonly showText: (text: string) => void;
};

export function createView(parent: HTMLElement, text: string, given: Access, around: Surroundings): EditingView {
  const sent: string[] = [];
  const extensions: Extension = [
    highlightSpecialChars({ addSpecialChars: HIDDEN, render: showHidden }),
    history(),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    EditorState.languageData.of(() => [{ commentTokens: { line: '#' } }]),
    tooltips({ parent: document.body }),
    highlight,
    complete(around.kernel),
    hoverHelp(around.kernel, around.onSpoken),
    search({ top: true }),
    highlightSelectionMatches({ minSelectionLength: 2, wholeWords: true }),
    highlightActiveLine(),
    access.of(accessOf(given)),
    runMarks,
    problemMarks,
    longLines,
    stepGutter(around.onGoToLine),
    limits(around.onSaid),
    keysOf(around),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
    listening(around, sent),
  ];
  const view = new EditorView({ parent, doc: editorText(text), extensions });
  return { view, showText: (after) => bring(view, sent, editorText(after)) };
}

export function showAccess(view: EditorView, given: Access): void {
  view.dispatch({ effects: access.reconfigure(accessOf(given)) });
}

function bring(view: EditorView, sent: string[], text: string): void {
  const at = sent.indexOf(text);
  if (at >= 0 && at < sent.length - 1) return;
  sent.length = 0;
  const changes = splicesBetween(view.state.doc.toString(), text);
  if (changes.length === 0) return;
  view.dispatch({ changes, annotations: [fromOutside.of(true), isolateHistory.of('full')] });
}

/** Into view, unless somebody is writing elsewhere. */
export function showLine(view: EditorView, line: number): void {
  const { doc } = view.state;
  if (view.hasFocus || line < 1 || line > doc.lines) return;
  view.dispatch({ effects: EditorView.scrollIntoView(doc.line(line).from, { y: 'nearest', yMargin: 48 }) });
}
