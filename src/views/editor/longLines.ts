/**
 * A line of a hundred thousand letters is no scenario, but somebody will open one: its end is folded away behind a
 * message, so that the rest of the text stays usable. Nothing is taken out of the text.
 */
import { StateField, type Extension, type Range, type Text } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';

export const LONGEST_SHOWN = 2000;

class Rest extends WidgetType {
  readonly letters: number;

  constructor(letters: number) {
    super();
    this.letters = letters;
  }

  override eq(other: Rest): boolean {
    return this.letters === other.letters;
  }

  override toDOM(): HTMLElement {
    const span = document.createElement('span');
    span.className = 'cm-rest';
    span.textContent = `… ${this.letters.toLocaleString('en')} more characters of this line are not shown`;
    return span;
  }
}

/** The folded ends of the lines that touch [from, to]. */
function foldsIn(doc: Text, from: number, to: number): readonly Range<Decoration>[] {
  const folds: Range<Decoration>[] = [];
  for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
    const cut = line.from + LONGEST_SHOWN;
    if (line.length > LONGEST_SHOWN)
      folds.push(Decoration.replace({ widget: new Rest(line.to - cut) }).range(cut, line.to));
    if (line.to >= to || line.number === doc.lines) return folds;
  }
}

const folds = StateField.define<DecorationSet>({
  create: ({ doc }) => Decoration.set([...foldsIn(doc, 0, doc.length)]),
  update: (old, { changes, docChanged, newDoc }) => {
    if (!docChanged) return old;
    let set = old.map(changes);
    changes.iterChangedRanges((_fromA, _toA, from, to) => {
      const first = newDoc.lineAt(from).from;
      const last = newDoc.lineAt(to).to;
      const filter = (a: number, b: number): boolean => b < first || a > last;
      set = set.update({ filterFrom: first, filterTo: last, filter, add: foldsIn(newDoc, from, to) });
    });
    return set;
  },
  provide: (field) => [
    EditorView.decorations.from(field),
    EditorView.atomicRanges.of((view) => view.state.field(field)),
  ],
});

export const longLines: Extension = folds;
