/** Text that changed outside, as the few edits that lead to it, so that the caret, the folds and the undo list stay. */

export type Splice = { readonly from: number; readonly to: number; readonly insert: string };

/** As an editor holds it: no byte order mark, every line ended by a line feed. */
export function editorText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/**
 * In order, apart from each other, positions of `before`. Lines that are in both are left alone where they are found
 * again soon; between them line goes against line where their number is the same, as after formatting or renaming.
 */
export function splicesBetween(before: string, after: string): readonly Splice[] {
  if (before === after) return [];
  const whole = trimmed(before, after, 0);
  // Of 0 - 1 a search would make 0.
  const from = whole.from === 0 ? 0 : before.lastIndexOf('\n', whole.from - 1) + 1;
  const tail = lineEnd(before, whole.to) - whole.to;
  const old = linesOf(before.slice(from, whole.to + tail));
  const fresh = linesOf(after.slice(from, after.length - before.length + whole.to + tail));
  return hunksBetween(old, fresh).flatMap(([i, j, k, l]) => {
    const offset = from + lengthOf(old.slice(0, i));
    return i === j || j - i !== l - k
      ? [trimmed(old.slice(i, j).join(''), fresh.slice(k, l).join(''), offset)]
      : lineByLine(old.slice(i, j), fresh.slice(k, l), offset);
  });
}

/** Just behind the line that `at` is in, or at its start where nothing of it is left out. */
const lineEnd = (text: string, at: number): number => {
  if (at === 0 || text.charAt(at - 1) === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
};

/** With their line feeds. */
const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.split(/(?<=\n)/));
const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, { length }) => sum + length, 0);

/** Lines [i, j) became lines [k, l). */
type Hunk = readonly [i: number, j: number, k: number, l: number];

/** How far a line is looked for on both sides together. */
const SOON = 40;

function hunksBetween(old: readonly string[], fresh: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let i = 0;
  let k = 0;
  while (i < old.length || k < fresh.length) {
    if (i < old.length && old[i] === fresh[k]) {
      i++;
      k++;
      continue;
    }
    const [j, l] = meetAgain(old, fresh, i, k);
    hunks.push([i, j, k, l]);
    [i, k] = [j, l];
  }
  return hunks;
}

/** The next lines that are equal and say something; the ends if there are none soon. */
function meetAgain(old: readonly string[], fresh: readonly string[], i: number, k: number): readonly [number, number] {
  for (let far = 1; far <= SOON; far++)
    for (let a = 0; a <= far; a++) {
      const line = old[i + a];
      if (line !== undefined && line === fresh[k + far - a] && line.trim() !== '') return [i + a, k + far - a];
    }
  return [old.length, fresh.length];
}

function lineByLine(old: readonly string[], fresh: readonly string[], offset: number): readonly Splice[] {
  let at = offset;
  return old.flatMap((line, n) => {
    const from = at;
    at += line.length;
    const insert = fresh[n] ?? '';
    return line === insert ? [] : [trimmed(line, insert, from)];
  });
}

/** One splice without what is equal at its ends. */
function trimmed(before: string, after: string, offset: number): Splice {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  if (cutsPair(before, head) || cutsPair(after, head)) head--;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  if (cutsPair(before, before.length - tail) || cutsPair(after, after.length - tail)) tail--;
  return {
    from: offset + head,
    to: offset + before.length - tail,
    insert: after.slice(head, after.length - tail),
  };
}

/** Whether `at` is between the halves of a surrogate pair. */
function cutsPair(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const left = text.charCodeAt(at - 1);
  const right = text.charCodeAt(at);
  return left >= 0xd800 && left < 0xdc00 && right >= 0xdc00 && right < 0xe000;
}
