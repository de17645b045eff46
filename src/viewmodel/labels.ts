/** Sets the words of a label into the places that its plan has found, the most telling first. */
import type { LabelPlan, LabelSpace } from './labelPlan.ts';
import type { LabelKind, LabelPiece } from './scene.ts';
import type { Face, Measure } from './textWidth.ts';
import { cutText } from './textWidth.ts';

export type Word = {
  readonly key: string;
  readonly kind: LabelKind;
  /** From the longest wording to the shortest; none of them fits: left out. What follows a `|` is set lighter. */
  readonly texts: readonly string[];
  /** Higher is kept longer. The name is always kept. */
  readonly weight: number;
  /** Goes on from the word before it. */
  readonly joins?: boolean;
};

export type LabelLines = {
  readonly plan: LabelPlan;
  readonly baselines: readonly [number, number];
  readonly measure: Measure;
};

const FACE: { readonly [K in LabelKind]: Face } = { name: 'bold', meta: 'sans', lock: 'bold', state: 'bold' };

type Cursor = { readonly space: LabelSpace; used: number; readonly placed: Placed[] };
type Placed = {
  readonly word: Word;
  readonly text: string;
  readonly tail: string;
  readonly w: number;
  readonly size: number;
};

const glyphRoom = (kind: LabelKind, size: number): number => (kind === 'lock' ? size * 1.15 : 0);

function sizeOf(kind: LabelKind, plan: LabelPlan): number {
  return kind === 'name' ? plan.nameSize : plan.metaSize;
}

/** Names go to the first line; the rest to the second where there is one, locks wherever there is room. */
function linesFor(kind: LabelKind, twoLines: boolean): readonly number[] {
  if (!twoLines) return [0];
  return kind === 'name' ? [0] : kind === 'meta' ? [1] : [0, 1];
}

function tryPlace(word: Word, cursors: readonly Cursor[], { plan, measure }: LabelLines): boolean {
  const twoLines = cursors.some((cursor) => cursor.space.line === 1);
  const size = sizeOf(word.kind, plan);
  for (const wording of word.texts) {
    const [text = '', tail = ''] = wording.split('|');
    const w = measure(text, size, FACE[word.kind]) + measure(tail, size, 'sans') + glyphRoom(word.kind, size);
    for (const line of linesFor(word.kind, twoLines)) {
      for (const cursor of cursors) {
        const gap = cursor.placed.length === 0 ? 0 : gapOf(word) * size;
        if (cursor.space.line !== line || cursor.used + gap + w > cursor.space.x1 - cursor.space.x0) continue;
        cursor.used += gap + w;
        cursor.placed.push({ word, text, tail, w, size });
        return true;
      }
    }
  }
  return false;
}

/** Between two words, in parts of their size: the words of one phrase stand closer. */
const gapOf = (word: Word): number => (word.joins === true ? 0.28 : 0.6);

/** The name does not fit anywhere: as much of it as does. */
function forceName(word: Word, cursors: readonly Cursor[], { plan, measure }: LabelLines): void {
  const room = (cursor: Cursor): number => cursor.space.x1 - cursor.space.x0;
  const widest = [...cursors].sort((a, b) => room(b) - room(a))[0];
  if (widest === undefined) return;
  const text = cutText(word.texts[0] ?? '', room(widest), { size: plan.nameSize, face: 'bold', measure });
  const w = measure(text, plan.nameSize, 'bold');
  if (w > room(widest)) return;
  widest.used = w;
  widest.placed.push({ word, text, tail: '', w, size: plan.nameSize });
}

function layOut(
  { space, used, placed }: Cursor,
  order: ReadonlyMap<Word, number>,
  { plan, baselines }: LabelLines,
): LabelPiece[] {
  let x = plan.mode === 'left' ? space.x1 - used : space.x0;
  const inOrder = [...placed].sort((a, b) => (order.get(a.word) ?? 0) - (order.get(b.word) ?? 0));
  const first = inOrder[0];
  return inOrder.map((piece) => {
    const { word, text, tail, w, size } = piece;
    if (piece !== first) x += gapOf(word) * size;
    const glyph = word.kind === 'lock';
    const out: LabelPiece = { key: word.key, kind: word.kind, text, tail, x, y: baselines[space.line], w, size, glyph };
    x += w;
    return out;
  });
}

export function setLabel(words: readonly Word[], lines: LabelLines): LabelPiece[] {
  const { plan } = lines;
  const cursors: Cursor[] = plan.spaces.map((space) => ({ space, used: 0, placed: [] }));
  const byWeight = [...words].sort((a, b) => b.weight - a.weight);
  for (const word of byWeight) {
    if (!tryPlace(word, cursors, lines) && word.kind === 'name') forceName(word, cursors, lines);
  }
  const order = new Map(words.map((word, i) => [word, i]));
  return cursors.flatMap((cursor) => layOut(cursor, order, lines));
}
