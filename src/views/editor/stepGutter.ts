/**
 * Two columns before the text: where something is wrong or the playhead is, and the numbers of the lines. The number of
 * a step is a button that goes there. The library hides its gutters from screen readers, as numbers alone are noise;
 * here they are the way to a step, so that is taken back.
 */
import { RangeSet, type Extension } from '@codemirror/state';
import { type EditorView, gutter, GutterMarker, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import { problemLines } from './problemMarks.ts';
import { runLineAt, runMarks, type RunLine } from './runMarks.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** The arrow of the line that is shown, 10 × 10. */
class Arrow extends GutterMarker {
  override eq(): boolean {
    return true;
  }

  override toDOM(): Node {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', '0 0 10 10');
    svg.setAttribute('class', 'cm-mark-running');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M0 3h4V0l6 5-6 5V7H0z');
    svg.append(path);
    return svg;
  }
}

const ARROW = new Arrow();

class StepNumber extends GutterMarker {
  readonly number: number;
  readonly line: RunLine;
  readonly go: (line: number) => void;

  constructor(number: number, line: RunLine, go: (line: number) => void) {
    super();
    this.number = number;
    this.line = line;
    this.go = go;
  }

  override eq(other: StepNumber): boolean {
    const { step, running, words } = this.line;
    const { line } = other;
    return this.number === other.number && step === line.step && running === line.running && words === line.words;
  }

  override toDOM(): Node {
    if (!this.line.step) {
      const span = document.createElement('span');
      span.setAttribute('aria-hidden', 'true');
      span.textContent = String(this.number);
      return span;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'cm-step';
    // In reach of a pointer and of a screen reader; from the keyboard the caret's line is the way.
    button.tabIndex = -1;
    const { running, words } = this.line;
    button.setAttribute('aria-label', `Go to line ${this.number}${words === '' ? '' : `, ${words}`}`);
    button.title = `Go to line ${this.number}`;
    if (running) button.setAttribute('aria-current', 'step');
    button.textContent = String(this.number);
    button.addEventListener('click', () => this.go(this.number));
    return button;
  }
}

const PLAIN: RunLine = { step: false, running: false, words: '' };

const marksChanged = (update: ViewUpdate): boolean =>
  update.docChanged || update.startState.field(runMarks) !== update.state.field(runMarks);

/** As many nines as the last line has digits, two at least: the column grows by whole digits. */
const widest = (view: EditorView): number => Number('9'.repeat(Math.max(2, String(view.state.doc.lines).length)));

function arrows(view: EditorView): RangeSet<GutterMarker> {
  const at: number[] = [];
  view.state.field(runMarks).running.between(0, view.state.doc.length, (from) => void at.push(from));
  return RangeSet.of(at.map((from) => ARROW.range(from)));
}

const named = ViewPlugin.define((view) => {
  const gutters = view.dom.querySelector('.cm-gutters');
  gutters?.removeAttribute('aria-hidden');
  gutters?.setAttribute('role', 'group');
  gutters?.setAttribute('aria-label', 'Steps');
  return {};
});

export function stepGutter(go: (line: number) => void): Extension {
  const spacer = (view: EditorView): StepNumber => new StepNumber(widest(view), PLAIN, go);
  return [
    gutter({
      class: 'cm-marks',
      markers: (view) => [view.state.field(problemLines), arrows(view)],
    }),
    gutter({
      class: 'cm-numbers',
      lineMarker: ({ state }, { from }) => {
        const line = state.doc.lineAt(from);
        return new StepNumber(line.number, runLineAt(state, line.from, line.to), go);
      },
      lineMarkerChange: marksChanged,
      initialSpacer: spacer,
      updateSpacer: (old, { view }) => (old instanceof StepNumber && old.number === widest(view) ? old : spacer(view)),
    }),
    named,
  ];
}
