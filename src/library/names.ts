/** Names that tell one scenario from another: nobody should have to guess which of two is the newer. */
import { tidyName } from './ownScenario.ts';

const MARK = / \((?:copy|other tab)(?: \d+)?\)$/;

/** `X (copy)`, `X (copy 2)`, …: the first that nobody has. */
export function markedName(name: string, mark: 'copy' | 'other tab', taken: Iterable<string>): string {
  const known = new Set(taken);
  const base = [...name.replace(MARK, '')].slice(0, 100).join('');
  for (let n = 1; ; n += 1) {
    const candidate = tidyName(`${base} (${mark}${n === 1 ? '' : ` ${n}`})`);
    if (!known.has(candidate)) return candidate;
  }
}

/** `X`, `X 2`, `X 3`, … */
export function freeName(name: string, taken: Iterable<string>): string {
  const known = new Set(taken);
  const base = tidyName([...name].slice(0, 110).join(''));
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? base : `${base} ${n}`;
    if (!known.has(candidate)) return candidate;
  }
}
