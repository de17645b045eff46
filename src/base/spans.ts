/** Stretches of a line that follow each other without a gap: the first begins at 0, each next where the last ended. */
export type Span = { readonly from: number; readonly to: number };

/** The index of the span that ends at `at` or has it inside: from < at ≤ to. −1 at 0, before the first. */
export function spanAt(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return at <= 0 ? -1 : Math.min(low, spans.length - 1);
}

/** The nearest end of a span after `at`; undefined at the end of the last. */
export function nextEnd(spans: readonly Span[], at: number): number | undefined {
  const here = spanAt(spans, at);
  const end = spans[here]?.to ?? 0;
  return end > at ? end : spans[here + 1]?.to;
}

/** The nearest end of a span before `at`, the beginning counting as one; undefined at 0. */
export function previousEnd(spans: readonly Span[], at: number): number | undefined {
  return at <= 0 ? undefined : (spans[spanAt(spans, at)]?.from ?? 0);
}
