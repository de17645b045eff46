/** Which of many things somebody means by a few typed letters: every word must be found, the best place of each counts. */

export type Searchable = {
  readonly name: string;
  /** More that it may be looked for by. */
  readonly words: string;
};

const EXACT = 100;
const FIRST = 60;
const WORD = 40;
const WITHIN = 20;
const MORE_WORD = 15;
const MORE_WITHIN = 8;

const isWordStart = (text: string, at: number): boolean => at === 0 || !/[a-z0-9]/.test(text[at - 1] ?? '');

/** The best that any occurrence of `token` is worth in `text`. */
function worth(text: string, token: string, word: number, within: number): number {
  let best = 0;
  for (let at = text.indexOf(token); at >= 0 && best < word; at = text.indexOf(token, at + 1))
    best = isWordStart(text, at) ? word : within;
  return best;
}

function tokenScore(name: string, words: string, token: string): number {
  if (name.startsWith(token)) return FIRST;
  const inName = worth(name, token, WORD, WITHIN);
  return inName > 0 ? inName : worth(words, token, MORE_WORD, MORE_WITHIN);
}

/** 0: it is not meant. Of two that fit alike, the shorter name is. */
export function scoreOf({ name, words }: Searchable, query: string): number {
  const wanted = query.trim().toLowerCase();
  const lower = name.toLowerCase();
  if (lower === wanted) return EXACT;
  const more = words.toLowerCase();
  let sum = 0;
  const tokens = wanted.split(/\s+/);
  for (const token of tokens) {
    const score = tokenScore(lower, more, token);
    if (score === 0) return 0;
    sum += score;
  }
  return sum / tokens.length + (lower.startsWith(wanted) ? MORE_WITHIN : 0) - Math.min(5, name.length / 40);
}

export type Ranked<T> = { readonly group: string; readonly items: readonly T[]; readonly more: number };

/**
 * In groups, the group with the best find first, at most `most` of each; without a query everything in its order. Equal
 * scores keep the order in which they were given.
 */
export function rank<T extends Searchable & { readonly group: string }>(
  all: readonly T[],
  query: string,
  most: number,
): readonly Ranked<T>[] {
  const asked = query.trim() !== '';
  const found = all
    .map((item) => ({ item, score: asked ? scoreOf(item, query) : 1 }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const groups = new Map<string, T[]>();
  for (const { item } of found) {
    const list = groups.get(item.group) ?? [];
    list.push(item);
    groups.set(item.group, list);
  }
  const limit = asked ? most : Infinity;
  return [...groups].map(([group, list]) => ({ group, items: list.slice(0, limit), more: Math.max(0, list.length - limit) })); // prettier-ignore
}
