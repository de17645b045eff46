/**
 * Which words of two sentences are not in the other: the longest common sequence of words stays plain. A single word
 * that both have in the midst of others says nothing; two sentences with little in common are told apart by nothing.
 */

export type WordPiece = { readonly text: string; readonly differs: boolean };

/** Longer sentences than this are compared as wholes. */
const MOST_WORDS = 120;

const wordsOf = (text: string): string[] => text.match(/\S+\s*/g) ?? [];
/** Of the words of either, so many must be common. */
const LEAST_COMMON = 0.4;
/** Punctuation at its end does not make a word another one. */
const bare = (word: string): string => word.trim().replace(/[.,;:]+$/, '');

export function wordDifference(left: string, right: string): readonly [readonly WordPiece[], readonly WordPiece[]] {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) {
    const differs = left !== right;
    return [[{ text: left, differs }], [{ text: right, differs }]];
  }
  const pairs = withoutStrays(commonWords(a, b), a.length, b.length);
  if (pairs.length < LEAST_COMMON * Math.max(a.length, b.length)) return [plain(left), plain(right)];
  return [pieces(a, new Set(pairs.map(([i]) => i))), pieces(b, new Set(pairs.map(([, j]) => j)))];
}

const plain = (text: string): readonly WordPiece[] => (text === '' ? [] : [{ text, differs: false }]);

type Common = readonly [inA: number, inB: number];

function withoutStrays(pairs: readonly Common[], ofA: number, ofB: number): readonly Common[] {
  const follows = (a: Common | undefined, b: Common | undefined): boolean =>
    a !== undefined && b !== undefined && a[0] + 1 === b[0] && a[1] + 1 === b[1];
  return pairs.filter((pair, n) => {
    const [i, j] = pair;
    const atEnd = (i === 0 && j === 0) || (i === ofA - 1 && j === ofB - 1);
    return atEnd || follows(pairs[n - 1], pair) || follows(pair, pairs[n + 1]);
  });
}

function commonWords(a: readonly string[], b: readonly string[]): readonly Common[] {
  const width = b.length + 1;
  const long = new Uint16Array((a.length + 1) * width);
  const same = (i: number, j: number): boolean => bare(a[i] ?? '') === bare(b[j] ?? '');
  const at = (i: number, j: number): number => long[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      long[i * width + j] = same(i, j) ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: Common[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (same(i, j)) {
      pairs.push([i++, j++]);
    } else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Neighbours of a kind together; the space after the last of them is nobody's. */
function pieces(words: readonly string[], common: ReadonlySet<number>): readonly WordPiece[] {
  const out: { text: string; differs: boolean }[] = [];
  words.forEach((word, i) => {
    const differs = !common.has(i);
    const last = out.at(-1);
    if (last?.differs === differs) last.text += word;
    else out.push({ text: word, differs });
  });
  return out;
}
