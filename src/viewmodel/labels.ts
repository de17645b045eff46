/** Sets the words of a label into the places that its plan has found: in their order, the least telling left out. */
import type { LabelPlan, LabelSpace } from './labelPlan.ts';
import type { LabelKind, LabelPiece } from './scene.ts';
import type { Face, Measure } from './textWidth.ts';
import { cutText } from './textWidth.ts';

export type Word = {
  readonly key: string;
  readonly kind: LabelKind;
  /** From the longest wording to the shortest. What follows a `|` is set lighter. */
  readonly texts: readonly string[];
  /** Higher is kept longer. The name is always kept. */
  readonly weight: number;
  /** Goes on from the word before it. */
  readonly joins?: boolean;
};

type LabelLines = {
  readonly plan: LabelPlan;
  readonly baselines: readonly [number, number];
  readonly measure: Measure;
};

const FACE: { readonly [K in LabelKind]: Face } = { name: 'bold', meta: 'sans', lock: 'bold', state: 'bold' };

type Placed = { readonly word: Word; readonly text: string; readonly tail: string; readonly at: number; readonly w: number; readonly size: number }; // prettier-ignore
type Cursor = { readonly space: LabelSpace; used: number; readonly placed: Placed[] };

const glyphRoom = (kind: LabelKind, size: number): number => (kind === 'lock' ? size * 1.15 : 0);
const sizeOf = (kind: LabelKind, plan: LabelPlan): number => (kind === 'name' ? plan.nameSize : plan.metaSize);
/** Before a word, in parts of its size: the words of one phrase stand closer. */
const gapOf = (word: Word): number => (word.joins === true ? 0.28 : 0.6);

/** Names go to the first line; the rest to the second where there is one, locks wherever there is room. */
function linesFor(kind: LabelKind, twoLines: boolean): readonly number[] {
  if (!twoLines) return [0];
  return kind === 'meta' ? [1] : kind === 'name' ? [0] : [0, 1];
}

/** The first place at or behind that of the words before it on its line, in the longest wording that fits there. */
function place(
  word: Word,
  texts: readonly string[],
  cursors: readonly Cursor[],
  { plan, measure }: LabelLines,
): boolean {
  const twoLines = cursors.some((cursor) => cursor.space.line === 1);
  const size = sizeOf(word.kind, plan);
  for (const wording of texts) {
    const [text = '', tail = ''] = wording.split('|');
    const w = measure(text, size, FACE[word.kind]) + measure(tail, size, 'sans') + glyphRoom(word.kind, size);
    for (const line of linesFor(word.kind, twoLines)) {
      const here = cursors.filter((cursor) => cursor.space.line === line);
      const from = here.findLastIndex((cursor) => cursor.placed.length > 0);
      for (const cursor of here.slice(Math.max(0, from))) {
        const gap = cursor.placed.length === 0 ? 0 : gapOf(word) * size;
        if (cursor.used + gap + w > cursor.space.x1 - cursor.space.x0) continue;
        // What goes on from a word before it does not when it begins anew.
        const shown = cursor.placed.length === 0 ? text.replace(/^· /, '') : text;
        cursor.placed.push({ word, text: shown, tail, at: cursor.used + gap, w, size });
        cursor.used += gap + w;
        return true;
      }
    }
  }
  return false;
}

const fresh = (plan: LabelPlan): Cursor[] => plan.spaces.map((space) => ({ space, used: 0, placed: [] }));

/** So many wordings of a word say all of it. */
const LONG = 3;

/** All of the words, or undefined where one finds no place. */
function attempt(words: readonly Word[], short: boolean, lines: LabelLines): Cursor[] | undefined {
  const cursors = fresh(lines.plan);
  const all = words.every((word) => place(word, short ? word.texts : word.texts.slice(0, LONG), cursors, lines));
  return all ? cursors : undefined;
}

/** The name alone, as much of it as fits anywhere. */
function nameAlone(word: Word | undefined, { plan, measure }: LabelLines): Cursor[] {
  const cursors = fresh(plan);
  const room = ({ space }: Cursor): number => space.x1 - space.x0;
  const [widest] = [...cursors].sort((a, b) => room(b) - room(a));
  if (word === undefined || widest === undefined) return [];
  const text = cutText(word.texts.at(-1) ?? '', room(widest), { size: plan.nameSize, face: 'bold', measure });
  const w = measure(text, plan.nameSize, 'bold');
  if (w <= room(widest)) widest.placed.push({ word, text, tail: '', at: 0, w, size: plan.nameSize });
  return cursors;
}

/** Drops the lightest of these words until the rest fits. */
function fitWords(words: readonly Word[], short: boolean, lines: LabelLines): Cursor[] | undefined {
  for (let kept = words; ;) {
    const found = attempt(kept, short, lines);
    const droppable = kept.filter((word) => word.kind !== 'name' && (short || word.kind === 'meta'));
    if (found !== undefined || droppable.length === 0) return found;
    const lightest = droppable.reduce((a, b) => (b.weight < a.weight ? b : a));
    kept = kept.filter((word) => word !== lightest);
  }
}

/** A lock is shortened to its holder only where nothing else would help. */
const arrange = (words: readonly Word[], lines: LabelLines): Cursor[] =>
  fitWords(words, false, lines) ?? fitWords(words, true, lines) ?? nameAlone(words.find((word) => word.kind === 'name'), lines); // prettier-ignore

export function setLabel(words: readonly Word[], lines: LabelLines): LabelPiece[] {
  const { plan, baselines } = lines;
  return arrange(words, lines).flatMap(({ space, used, placed }) => {
    const left = plan.mode === 'left' ? space.x1 - used : space.x0;
    return placed.map(({ word, text, tail, at, w, size }): LabelPiece => {
      return {
        key: word.key,
        kind: word.kind,
        text,
        tail,
        x: left + at,
        y: baselines[space.line],
        w,
        size,
        glyph: word.kind === 'lock',
      };
    });
  });
}
