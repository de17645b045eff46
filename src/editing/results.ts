/** What a run made of a line, as it stands behind the line in the editor and in the name of its number. */

export type LineResult = {
  /** 1-based. */
  readonly line: number;
  /** As `->` writes it: `ok`, `ETXTBSY`, `b`, `blocks, ok`. */
  readonly result: string;
  /** As written after `->`; absent: nothing was expected. */
  readonly expected?: string;
  /** Absent: not judged. */
  readonly met?: boolean;
};

/** `→ ok`, `→ ETXTBSY ✗ expected ok`; where the line says it already, `✓`, which never wraps it. */
export function ghostText({ result, expected, met }: LineResult): string {
  if (met === undefined) return `→ ${result}`;
  if (met) return '✓';
  return `→ ${result} ✗${expected === undefined ? '' : ` expected ${expected}`}`;
}

/** The same in words: `returned ETXTBSY, expected ok`. */
export function resultWords({ result, expected, met }: LineResult): string {
  if (met === undefined) return `returned ${result}`;
  if (met) return `returned ${result}, as expected`;
  return `returned ${result}${expected === undefined ? ', not as expected' : `, expected ${expected}`}`;
}
