import { useId } from 'react';
import type { LineResult } from '../../editing/results.ts';
import type { Diagnostic } from '../../scenario/diagnostic.ts';
import type { Kernel } from '../../sim/model/program.ts';
import { ProblemStrip } from './ProblemStrip.tsx';
import { useEditorView } from './useEditorView.ts';
import './editor.css';

/**
 * The text of a scenario, to read and to write. The owner keeps the text: what is typed goes up by `onChange`, and a
 * `text` that differs is brought in by the smallest edits, so caret, scroll and undo list live on. Give another
 * scenario another `key`. Lines count from 1. Arrays that are the same are not looked at again.
 */
export type EditorProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Of this very text. */
  readonly diagnostics: readonly Diagnostic[];
  /** The line of the step at the playhead. */
  readonly running?: number | undefined;
  /** Lines that are steps: their numbers go there. */
  readonly steps: readonly number[];
  readonly onGoToLine: (line: number) => void;
  /** Of the last run; they stay with their lines until others come. */
  readonly results?: readonly LineResult[] | undefined;
  readonly readOnly?: boolean;
  /** The name for a screen reader: `Text of “A READ MR goes stale”`. */
  readonly label: string;
  /** Whose functions the help names. */
  readonly kernel?: Kernel;
};

export function Editor(props: EditorProps) {
  const keys = useId();
  const { host, caretLine, said, spoken, nextProblem, takeSuggestion } = useEditorView(props, keys);
  return (
    <section className="editor" aria-label="Editor">
      <div className="editor-host" ref={host} />
      <ProblemStrip
        diagnostics={props.diagnostics}
        line={caretLine}
        said={said}
        onNext={nextProblem}
        onFix={props.readOnly === true ? undefined : takeSuggestion}
      />
      <p className="spoken" role="status">
        {spoken}
      </p>
      <p id={keys} className="spoken">
        Control Enter goes to the step of the line. F8 and Shift F8: next and previous error. Control period takes a
        suggestion. Control Space: what can stand here. F1: help on the word. Tab leaves the editor.
      </p>
    </section>
  );
}
