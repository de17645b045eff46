import { nextDiagnostic } from '@codemirror/lint';
import type { EditorView } from '@codemirror/view';
import { useCallback, useLayoutEffect, useRef, useState, type RefCallback } from 'react';
import { KERNELS } from '../../sim/model/program.ts';
import { createView, showAccess, showLine, type EditingView } from './createView.ts';
import type { EditorProps } from './Editor.tsx';
import { showProblems, takeSuggestion } from './problemMarks.ts';
import { setResults, setRunning, setSteps } from './runMarks.ts';

type Surface = {
  readonly host: RefCallback<HTMLElement>;
  readonly caretLine: number;
  /** The last thing that was refused, until the text changes. */
  readonly said: string;
  /** Help that was asked for, for a screen reader. */
  readonly spoken: string;
  readonly nextProblem: () => void;
  readonly takeSuggestion: () => void;
};

export function useEditorView(props: EditorProps, describedBy: string): Surface {
  const [made, setMade] = useState<EditingView>();
  const [caretLine, setCaretLine] = useState(1);
  const [said, setSaid] = useState('');
  const [spoken, setSpoken] = useState('');
  const [first] = useState(props);
  const latest = useRef(props);

  const host = useCallback<RefCallback<HTMLElement>>(
    (parent) => {
      if (parent === null) return;
      const access = { label: first.label, readOnly: first.readOnly === true, describedBy };
      const editing = createView(parent, first.text, access, {
        onText: (text) => {
          setSaid('');
          latest.current.onChange(text);
        },
        onGoToLine: (line) => latest.current.onGoToLine(line),
        onCaret: setCaretLine,
        onSaid: setSaid,
        onSpoken: setSpoken,
        kernel: () => latest.current.kernel ?? KERNELS[0],
      });
      setMade(editing);
      return () => editing.view.destroy();
    },
    [first, describedBy],
  );

  useLayoutEffect(() => {
    latest.current = props;
  });
  useShown(made, props, describedBy);

  const onView = (does: (view: EditorView) => boolean) => () => {
    if (made === undefined) return;
    does(made.view);
    made.view.focus();
  };
  return {
    host,
    caretLine,
    said,
    spoken,
    nextProblem: onView(nextDiagnostic),
    takeSuggestion: onView(takeSuggestion),
  };
}

/** What comes from outside, into the view: the text before what is marked in it. */
function useShown(made: EditingView | undefined, props: EditorProps, describedBy: string): void {
  const { text, diagnostics, steps, results, running, label, readOnly = false } = props;
  const view = made?.view;
  useLayoutEffect(() => made?.showText(text), [made, text]);
  useLayoutEffect(() => {
    if (view !== undefined) showProblems(view, diagnostics);
  }, [view, diagnostics]);
  useLayoutEffect(() => view?.dispatch({ effects: setSteps.of(steps) }), [view, steps]);
  useLayoutEffect(() => view?.dispatch({ effects: setResults.of(results ?? []) }), [view, results]);
  useLayoutEffect(() => {
    if (view === undefined) return;
    view.dispatch({ effects: setRunning.of(running) });
    if (running !== undefined) showLine(view, running);
  }, [view, running]);
  useLayoutEffect(() => {
    if (view !== undefined) showAccess(view, { label, readOnly, describedBy });
  }, [view, label, readOnly, describedBy]);
}
