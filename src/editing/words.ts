/** The words of one line with their place in it: what the language says a word is, and what kind of thing a name stands for. */
import { SILENT } from '../scenario/diagnostic.ts';
import { lexLine, type Word } from '../scenario/lexer.ts';
import { createLineReader, wordsOf, type SlotName, type TokenKind } from '../scenario/lineReader.ts';
import { SHAPES, verbOf, type NameKind } from '../scenario/vocabulary.ts';

export type LineWord = {
  /** Offsets in the line, `to` just behind. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly kind: TokenKind;
  /** Where it stands; absent: a comment. */
  readonly slot?: SlotName;
  /** The knob or setting that a value belongs to. */
  readonly key?: string;
  /** What a name stands for. */
  readonly names?: NameKind;
};

const NAMES: ReadonlyMap<SlotName, NameKind> = new Map([
  ['file', 'file'],
  ['dst', 'file'],
  ['source', 'file'],
  ['map', 'map'],
  ['mr', 'mr'],
  ['dma', 'dma'],
  ['pipe', 'pipe'],
  // In a condition, what is no word of the language and no actor is an MR.
  ['condition', 'mr'],
]);

/** Longer lines are read as far as this. */
const LONGEST_READ = 2000;

/** In the order of the line, comment included. */
export function lineWords(source: string): readonly LineWord[] {
  const line = source.slice(0, LONGEST_READ);
  const lexed = lexLine(line, 1, SILENT);
  const words = wordsOf(lexed);
  const reader = createLineReader();
  const read = words.map((word, i): LineWord => {
    const { slot, key } = reader.place();
    const kind = reader.read(word, words[i + 1]);
    const names = kind === 'name' ? namedBy(slot, words, i) : undefined;
    const from = word.span.column - 1;
    return {
      from,
      to: from + word.span.length,
      text: word.text,
      kind,
      slot,
      ...(key === undefined ? {} : { key }),
      ...(names === undefined ? {} : { names }),
    };
  });
  if (lexed.comment === undefined) return read;
  const from = lexed.commentAt;
  return [...read, { from, to: from + lexed.comment.length, text: lexed.comment, kind: 'comment' }];
}

function namedBy(slot: SlotName, words: readonly Word[], at: number): NameKind | undefined {
  if (slot === 'newName') return words[0]?.text === 'file' ? 'file' : undefined;
  if (slot !== 'verb') return NAMES.get(slot);
  // `m = mmap A`: what is made shows at the verb.
  const verb = verbOf(words[at + 2]?.text ?? '');
  return verb === undefined ? undefined : SHAPES[verb].makes;
}

/** The word that a column is in, counted from 0. */
export function wordAt(words: readonly LineWord[], column: number): LineWord | undefined {
  return words.find(({ from, to }) => from <= column && column < to) ?? words.find(({ to }) => to === column);
}
