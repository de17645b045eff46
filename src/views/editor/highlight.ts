/**
 * Words in their colours, for the lines that are on the screen and no others: what a line is does not depend on the
 * lines around it, so the cost of a key does not grow with the text.
 */
import { RangeSetBuilder, type Extension } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView } from '@codemirror/view';
import { lineWords, type LineWord } from '../../editing/words.ts';

/** One object a class, so that what did not change compares equal. */
const marks = new Map<string, Decoration>();

function markOf({ kind, names }: LineWord): Decoration {
  const classes = names === undefined ? `tok-${kind}` : `tok-${kind} tok-of-${names}`;
  const known = marks.get(classes) ?? Decoration.mark({ class: classes });
  marks.set(classes, known);
  return known;
}

function decorationsOf({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let done = -1;
  for (const { from, to } of visibleRanges) {
    for (let line = state.doc.lineAt(from); ; line = state.doc.line(line.number + 1)) {
      if (line.from > done) {
        for (const word of lineWords(line.text)) builder.add(line.from + word.from, line.from + word.to, markOf(word));
        done = line.from;
      }
      if (line.to >= to || line.number === state.doc.lines) break;
    }
  }
  return builder.finish();
}

export const highlight: Extension = ViewPlugin.define(
  (view) => {
    const plugin = {
      decorations: decorationsOf(view),
      update: ({
        docChanged,
        viewportChanged,
        view: now,
      }: {
        docChanged: boolean;
        viewportChanged: boolean;
        view: EditorView;
      }) => {
        if (docChanged || viewportChanged) plugin.decorations = decorationsOf(now);
      },
    };
    return plugin;
  },
  { decorations: ({ decorations }) => decorations },
);
