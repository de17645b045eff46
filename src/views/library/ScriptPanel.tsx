import { lazy, useMemo } from 'react';
import { runningLine, scriptScene, stepAtLine } from '../../viewmodel/scriptScene.ts';
import { goToStep } from '../../store/actions.ts';
import { page } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { editText, openName } from '../../store/workshop.ts';
import { Part } from '../shared/Part.tsx';
import { EmptyScript } from './EmptyScript.tsx';
import { ScriptTools } from './ScriptTools.tsx';
import './library.css';

const Editor = lazy(async () => ({ default: (await import('../editor/Editor.tsx')).Editor }));

/** The text of the scenario, its name, and what can be done with both. */
export function ScriptPanel() {
  const empty = usePage(({ text }) => text.trim() === '');
  const opened = usePage((now) => now.opened);
  return (
    <section className="script" aria-label="Script">
      <ScriptTools />
      {empty && <EmptyScript />}
      <div className="script-text">
        <Part fallback={<p className="opening">Loading the editor …</p>}>
          <ScriptEditor key={opened} />
        </Part>
      </div>
    </section>
  );
}

function ScriptEditor() {
  const text = usePage((now) => now.text);
  const problems = usePage((now) => now.problems);
  const name = usePage(openName);
  const program = usePage((now) => now.shown?.program);
  const outline = usePage((now) => now.shown?.outline);
  const running = usePage(({ shown }) => shown && runningLine(shown.program, shown.outline, shown.moment.at));
  const scene = useMemo(() => program && outline && scriptScene(program, outline), [program, outline]);
  return (
    <Editor
      text={text}
      label={`Text of “${name}”`}
      onChange={editText}
      diagnostics={problems}
      running={running}
      steps={scene?.steps ?? NO_STEPS}
      results={scene?.results}
      onGoToLine={goToLine}
      {...(program === undefined ? {} : { kernel: program.kernel })}
    />
  );
}

const NO_STEPS: readonly number[] = [];

function goToLine(line: number): void {
  const { shown } = page();
  if (shown !== undefined) goToStep(stepAtLine(shown.program, line) ?? -1);
}
