/** Text that changed outside, as the few edits that lead to it, so that the caret, the folds and the undo list stay. */

export type Splice = { readonly from: number; readonly to: number; readonly insert: string };

/** As an editor holds it: no byte order mark, every line ended by a line feed. */
export function editorText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/**
 * In order, apart from each other, positions of `before`. Lines that are equal at both ends are left alone; between
 * them line goes against line where their number is the same, as after formatting or renaming.
 */
export function splicesBetween(before: string, after: string): readonly Splice[] {
  if (before === after) return [];
  const whole = trimmed(before, after, 0);
  const lines = before.slice(whole.from, whole.to).split('\n');
  const inserted = whole.insert.split('\n');
  if (lines.length === 1 || lines.length !== inserted.length) return [whole];
  let at = whole.from;
  return lines.flatMap((line, i) => {
    const from = at;
    at += line.length + 1;
    const insert = inserted[i] ?? '';
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
