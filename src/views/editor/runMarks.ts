/**
 * What the run says of the lines: which are steps, what each returned, which one the playhead is on. It is mapped
 * through edits, so that it stays with its lines until the next run is there.
 */
import { RangeSet, RangeValue, StateEffect, StateField, type EditorState, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import { ghostText, resultWords, type LineResult } from '../../editing/results.ts';

export const setSteps = StateEffect.define<readonly number[]>();
export const setResults = StateEffect.define<readonly LineResult[]>();
/** Absent: the playhead is on no line. */
export const setRunning = StateEffect.define<number | undefined>();

class LineMark extends RangeValue {
  /** Of the result, in words. */
  readonly words: string;

  constructor(words = '') {
    super();
    this.words = words;
  }

  override eq(other: LineMark): boolean {
    return this.words === other.words;
  }
}

class Ghost extends WidgetType {
  readonly text: string;
  /** Absent: not judged. */
  readonly met: boolean | undefined;

  constructor(result: LineResult) {
    super();
    this.text = ghostText(result);
    this.met = result.met;
  }

  override eq(other: Ghost): boolean {
    return this.text === other.text && this.met === other.met;
  }

  /** Not part of the text: the number of the line says it to a screen reader. */
  override toDOM(): HTMLElement {
    const span = document.createElement('span');
    span.className = `cm-ghost${this.met === undefined ? '' : this.met ? ' cm-ghost-met' : ' cm-ghost-unmet'}`;
    span.setAttribute('aria-hidden', 'true');
    span.textContent = this.text;
    return span;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

type RunMarks = {
  readonly steps: RangeSet<LineMark>;
  readonly results: RangeSet<LineMark>;
  readonly ghosts: DecorationSet;
  readonly running: DecorationSet;
};

const NONE: RunMarks = {
  steps: RangeSet.of<LineMark>([]),
  results: RangeSet.of<LineMark>([]),
  ghosts: Decoration.none,
  running: Decoration.none,
};
const STEP = new LineMark();
const RUNNING = Decoration.line({ class: 'cm-running' });

/** Lines that are in the text, in order. */
const known = (doc: Text, lines: readonly number[]): readonly number[] =>
  [...new Set(lines)].filter((line) => line >= 1 && line <= doc.lines).sort((a, b) => a - b);

function resultMarks(doc: Text, results: readonly LineResult[]): Pick<RunMarks, 'results' | 'ghosts'> {
  const byLine = new Map(results.map((result) => [result.line, result]));
  const marks = [];
  const ghosts = [];
  for (const number of known(doc, [...byLine.keys()])) {
    const result = byLine.get(number);
    if (result === undefined) continue;
    const { from, to } = doc.line(number);
    marks.push(new LineMark(resultWords(result)).range(from));
    ghosts.push(Decoration.widget({ widget: new Ghost(result), side: 1 }).range(to));
  }
  return { results: RangeSet.of(marks), ghosts: Decoration.set(ghosts) };
}

export const runMarks = StateField.define<RunMarks>({
  create: () => NONE,
  update: (old, transaction) => {
    const { changes, docChanged, effects, newDoc } = transaction;
    let marks = old;
    if (docChanged)
      marks = {
        steps: old.steps.map(changes),
        results: old.results.map(changes),
        ghosts: old.ghosts.map(changes),
        running: old.running.map(changes),
      };
    for (const effect of effects) {
      if (effect.is(setSteps)) {
        const steps = known(newDoc, effect.value).map((line) => STEP.range(newDoc.line(line).from));
        marks = { ...marks, steps: RangeSet.of(steps) };
      } else if (effect.is(setResults)) {
        marks = { ...marks, ...resultMarks(newDoc, effect.value) };
      } else if (effect.is(setRunning)) {
        const lines = known(newDoc, effect.value === undefined ? [] : [effect.value]);
        marks = { ...marks, running: Decoration.set(lines.map((line) => RUNNING.range(newDoc.line(line).from))) };
      }
    }
    return marks;
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ ghosts }) => ghosts),
    EditorView.decorations.from(field, ({ running }) => running),
  ],
});

function markIn<T extends RangeValue>(set: RangeSet<T>, from: number, to: number): T | undefined {
  let found: T | undefined;
  set.between(from, to, (_from, _to, value) => {
    found = value;
    return false;
  });
  return found;
}

export type RunLine = { readonly step: boolean; readonly running: boolean; readonly words: string };

/** Of the line from `from` to `to`. */
export function runLineAt(state: EditorState, from: number, to: number): RunLine {
  const { steps, results, running } = state.field(runMarks);
  return {
    step: markIn(steps, from, to) !== undefined,
    running: markIn(running, from, to) !== undefined,
    words: markIn(results, from, to)?.words ?? '',
  };
}
