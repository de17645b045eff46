// Inputs that somebody made to do harm, or that a mailer, an editor or a disk made by accident: mutations of real ones.

const SPECIAL = [
  '\u0000', '\uFEFF', '\u202E', '\uD800', '\uDFFF', '\r', '\n', '\t', '\u2028', '%', '%00', '%E0%A4%A', '&', '#', '=', '"', "'", '`', '\\',
  '<img src=x onerror=alert(1)>', '</script>', 'javascript:alert(1)', '__proto__', 'constructor', 'toString', 'hasOwnProperty',
  '-1', '0', '4294967296', '9007199254740993', '1e999', 'NaN', 'Infinity', '0x10', '..', '->', '[', ']', '{', '}', 'null', '😀', 'é', '́',
  '> > > ', '=\r\n', '=3D', 'app ', 'file A ', 'any ', 'x2147483647', 'device 4194304', 'reg_mr m', 'order ', 'exists not (', '((((((((((((((((',
] as const; // prettier-ignore

/** So long at most, that many cases stay cheap; the bounds themselves have tests of their own. */
const LONGEST = 20_000;

/** One to four changes of `samples[i]`, each at a random place. */
export function mutant(roll: (sides: number) => number, samples: readonly string[]): string {
  let text = samples[roll(samples.length)] ?? '';
  for (let left = 1 + roll(4); left > 0; left -= 1) text = changed(roll, text, samples);
  return text.slice(0, LONGEST);
}

function changed(roll: (sides: number) => number, text: string, samples: readonly string[]): string {
  const from = roll(text.length + 1);
  const to = Math.min(text.length, from + roll(roll(3) === 0 ? 400 : 12));
  const [before, middle, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)];
  const other = samples[roll(samples.length)] ?? '';
  const at = roll(other.length + 1);
  switch (roll(9)) {
    case 0:
      return before + after;
    case 1:
      return before + middle.repeat(2 + roll(roll(8) === 0 ? 2000 : 6)) + after;
    case 2:
      return before + (SPECIAL[roll(SPECIAL.length)] ?? '') + after;
    case 3:
      return before + String.fromCharCode(roll(0x3000)) + text.slice(from + 1);
    case 4:
      return before;
    case 5:
      return before + other.slice(at, at + roll(200)) + after;
    case 6:
      return after + middle + before;
    case 7:
      return before + middle.split('').reverse().join('') + after;
    default:
      return before + middle.replace(/\d+/g, () => String(roll(3) === 0 ? 2 ** roll(60) : roll(40))) + after;
  }
}

/** A JSON value with some of its parts exchanged for others, dropped, or put where they do not belong. */
export function mutantValue(roll: (sides: number) => number, value: unknown, depth = 0): unknown {
  if (roll(depth === 0 ? 6 : 14) === 0) return ODD[roll(ODD.length)];
  if (Array.isArray(value)) {
    const list = value.map((one: unknown) => mutantValue(roll, one, depth + 1));
    if (roll(10) === 0) return [...list, ...list];
    return roll(10) === 0 ? list.slice(1) : list;
  }
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'string' && roll(8) === 0) return mutant(roll, [value]);
    return value;
  }
  const entries = Object.entries(value).flatMap(([key, one]): [string, unknown][] => {
    if (roll(20) === 0) return [];
    const name = roll(30) === 0 ? (SPECIAL[roll(SPECIAL.length)] ?? key) : key;
    return [[name, mutantValue(roll, one, depth + 1)]];
  });
  return Object.fromEntries(entries);
}

const ODD: readonly unknown[] = [
  null, undefined, true, 0, -1, 1.5, Number.NaN, Infinity, 2 ** 53, '', 'x', '__proto__', [], {}, [[]], [null], { length: -1 }, new Date(0),
  new Map([[1, 2]]), new Uint8Array(3), Symbol.iterator.toString(), JSON.parse('{"__proto__":{"polluted":true}}'), 10n,
]; // prettier-ignore
