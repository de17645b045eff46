/** Which track of the channel each moved link runs along: none meets another, the longest stand farthest from the strip. */

export type Span = { readonly from: number; readonly to: number };

/** Columns that two runs on one track keep free between them. */
const GAP = 2;

/** By span: its track, 0 nearest the slots. */
export function tracksOf(spans: readonly Span[]): readonly number[] {
  const ends = (span: Span): [number, number] => [Math.min(span.from, span.to), Math.max(span.from, span.to)];
  const order = spans
    .map((span, i) => ({ i, ends: ends(span) }))
    .sort((a, b) => b.ends[1] - b.ends[0] - (a.ends[1] - a.ends[0]) || a.i - b.i);
  const tracks: (readonly [number, number])[][] = [];
  const found = spans.map(() => 0);
  for (const { i, ends: span } of order) {
    const clear = (other: readonly [number, number]): boolean => span[0] > other[1] + GAP || other[0] > span[1] + GAP;
    const at = tracks.findIndex((track) => track.every(clear));
    if (at < 0) tracks.push([span]);
    else tracks[at]?.push(span);
    found[i] = at < 0 ? tracks.length - 1 : at;
  }
  return found;
}
