/** What is wrong with the text, marked in it: underlined with its message, an octagon beside the line, a fix by one key. */
import { forEachDiagnostic, linter, setDiagnosticsEffect, type Diagnostic as Marked } from '@codemirror/lint';
import { RangeSet, StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import { GutterMarker, type Command, type EditorView } from '@codemirror/view';
import { fixOf, rangeOf } from '../../editing/problems.ts';
import type { Diagnostic } from '../../scenario/diagnostic.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** An octagon for an error, a ring for a note. */
class ProblemMark extends GutterMarker {
  readonly severity: Diagnostic['severity'];

  constructor(severity: Diagnostic['severity']) {
    super();
    this.severity = severity;
  }

  override eq(other: ProblemMark): boolean {
    return this.severity === other.severity;
  }

  override toDOM(): Node {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 12 12');
    svg.setAttribute('class', `cm-mark-${this.severity}`);
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute(
      'd',
      this.severity === 'error'
        ? 'M3.5 0h5L12 3.5v5L8.5 12h-5L0 8.5v-5z'
        : 'M6 0a6 6 0 1 0 0 12A6 6 0 1 0 6 0zM6 2.4a3.6 3.6 0 1 1 0 7.2A3.6 3.6 0 1 1 6 2.4z',
    );
    svg.append(path);
    return svg;
  }
}

const MARKS = { error: new ProblemMark('error'), notice: new ProblemMark('notice') } as const;

const setProblems = StateEffect.define<readonly Diagnostic[]>();

/** The octagons, one a line. */
export const problemLines = StateField.define<RangeSet<ProblemMark>>({
  create: () => RangeSet.empty,
  update: (old, { changes, effects, newDoc }) => {
    let lines = old.map(changes);
    for (const effect of effects) if (effect.is(setProblems)) lines = linesOf(effect.value, newDoc);
    return lines;
  },
});

function linesOf(diagnostics: readonly Diagnostic[], doc: Text): RangeSet<ProblemMark> {
  const worst = new Map<number, Diagnostic['severity']>();
  for (const { line, severity } of diagnostics) {
    const number = Math.max(1, Math.min(line, doc.lines));
    if (worst.get(number) !== 'error') worst.set(number, severity);
  }
  const ordered = [...worst].sort(([a], [b]) => a - b);
  return RangeSet.of(ordered.map(([line, severity]) => MARKS[severity].range(doc.line(line).from)));
}

/** More marks than this help nobody, and cost time. */
const MOST_MARKED = 1000;

export function showProblems(view: EditorView, diagnostics: readonly Diagnostic[]): void {
  const { doc } = view.state;
  const shown = diagnostics.slice(0, MOST_MARKED);
  const table = { lines: doc.lines, line: (number: number) => doc.line(number) };
  const marked = shown.map((one) => markedOf(one, rangeOf(one, table)));
  view.dispatch({ effects: [setProblems.of(shown), setDiagnosticsEffect.of(marked)] });
}

function markedOf(diagnostic: Diagnostic, range: { readonly from: number; readonly to: number }): Marked {
  const fix = fixOf(diagnostic);
  const { message, severity, expected } = diagnostic;
  return {
    ...range,
    severity: severity === 'error' ? 'error' : 'info',
    message,
    renderMessage: () => {
      const said = document.createElement('span');
      said.textContent = message;
      if (expected === undefined) return said;
      const more = document.createElement('span');
      more.className = 'cm-expected';
      more.textContent = `expected ${expected}`;
      said.append(more);
      return said;
    },
    ...(fix === undefined ? {} : { actions: [{ name: `Replace with '${fix}'`, apply: replaceWith(fix) }] }),
  };
}

const replaceWith =
  (insert: string) =>
  (view: EditorView, from: number, to: number): void => {
    if (view.state.readOnly) return;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: 'input.complete',
    });
    view.focus();
  };

/** Takes the suggestion for the word at the caret, or for the first that has one on its line. */
export const takeSuggestion: Command = (view) => {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  let best: (() => void) | undefined;
  let atCaret = false;
  forEachDiagnostic(view.state, ({ actions }, from, to) => {
    const action = actions?.[0];
    if (action === undefined || atCaret || to < line.from || from > line.to) return;
    atCaret = from <= head && head <= to;
    if (atCaret || best === undefined) best = () => action.apply(view, from, to);
  });
  best?.();
  return best !== undefined;
};

/** Without a source of its own: the owner of the text knows what is wrong with it. */
export const problemMarks: Extension = [linter(null), problemLines];
