/** `/proc/vmstat`: how many pages were ever pinned, and unpinned. */
import { ok } from '../base/result.ts';
import { BLANK, linesOf, whole } from './lines.ts';
import { problem, quote, type Parsed } from './problem.ts';

export type Vmstat = { readonly pinned: number };

const ROW = /^\s*([a-z][a-z0-9_]{2,60}) (\d{1,20})$/;
export const VMSTAT_STARTS = (line: string): boolean =>
  /^\s*(?:nr|pg|thp|numa|workingset|kswapd|compact|unevictable|htlb|balloon|swap|zone|drop|allocstall|oom|slabs|cma|direct|pageoutrun|zswp|vma)[a-z0-9_]* \d{1,20}$/.test(line); // prettier-ignore
export const VMSTAT_LINE = (line: string): boolean => ROW.test(line);

const CURE = 'Take /proc/vmstat whole, or grep nr_foll_pin /proc/vmstat.';

export function parseVmstat(text: string): Parsed<Vmstat> {
  const counts = new Map<string, number>();
  const lines = linesOf(text);
  for (const [i, line] of lines.entries()) {
    if (BLANK.test(line)) continue;
    const [, name, digits] = ROW.exec(line) ?? [];
    const count = digits === undefined ? undefined : whole(digits);
    if (name === undefined) return problem(i + 1, `not a row of /proc/vmstat: ${quote(line)}`, CURE);
    // Others may wrap below zero, which is nothing to this reader.
    if (count !== undefined) counts.set(name, count);
  }
  const [acquired, released] = [counts.get('nr_foll_pin_acquired'), counts.get('nr_foll_pin_released')];
  if (acquired === undefined || released === undefined) return problem(1, 'nr_foll_pin_acquired and nr_foll_pin_released are not in it', CURE); // prettier-ignore
  // Read one after the other, on every CPU: a little less than nothing is nothing.
  return ok({ pinned: Math.max(0, acquired - released) });
}
