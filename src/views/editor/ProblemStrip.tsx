import { useEffect, useState } from 'react';
import { countOf, fixOf, problemAt, problemText, spokenProblems } from '../../editing/problems.ts';
import type { Diagnostic } from '../../scenario/diagnostic.ts';

type Props = {
  readonly diagnostics: readonly Diagnostic[];
  /** Of the caret. */
  readonly line: number;
  /** A refusal, told before anything else. */
  readonly said: string;
  readonly onNext: () => void;
  /** Absent: the text is not to be changed. */
  readonly onFix: (() => void) | undefined;
};

/** Below the text: what is wrong on the caret's line, or first of all; and for a screen reader once typing pauses. */
export function ProblemStrip({ diagnostics, line, said, onNext, onFix }: Props) {
  const problem = problemAt(diagnostics, line);
  const fix = problem === undefined || problem.line !== line ? undefined : fixOf(problem);
  const spoken = useSettled(said === '' ? spokenProblems(diagnostics, line) : said);
  return (
    <div className={problem?.severity === 'error' || said !== '' ? 'problems some' : 'problems'}>
      {said !== '' ? (
        <p>{said}</p>
      ) : problem === undefined ? (
        <p className="none">No errors</p>
      ) : (
        <>
          <p>
            <b>{countOf(diagnostics)}</b> Line {problem.line}: {problemText(problem)}
          </p>
          {fix !== undefined && onFix !== undefined && (
            <button type="button" className="editor-button" onClick={onFix} title="Ctrl .">
              Replace with <code>{fix}</code>
            </button>
          )}
          <button type="button" className="editor-button" onClick={onNext} title="F8">
            Next
          </button>
        </>
      )}
      <p className="spoken" role="status">
        {spoken}
      </p>
    </div>
  );
}

/** Long enough not to speak into typing. */
const PAUSE = 800;

/** The text as it was when it last stood still. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
