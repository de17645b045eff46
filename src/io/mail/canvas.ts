/**
 * A sheet of characters on which the score is drawn. Glyphs are those of the box drawing variant; the plain one puts a
 * character of ASCII in the place of each, so that the two have one layout.
 */

const GLYPHS = {
  '│': '|', '─': '-', '╭': '.', '╮': '.', '╰': "'", '╯': "'", '┼': '+', '┌': '+', '┐': '+', '└': '+', '┘': '+',
  '┬': '+', '┴': '+', '├': '+', '┤': '+', '╱': '/', '╲': '\\', '┊': ':', '▼': 'v', '▲': '^', '△': '^', '●': 'o',
  '○': '^', '╪': '=', '↑': '^', '↓': 'v', '·': '.',
} as const; // prettier-ignore

export type Canvas = { readonly rows: string[][] };

export const createCanvas = (): Canvas => ({ rows: [] });

export function put({ rows }: Canvas, x: number, y: number, glyph: string): void {
  while (rows.length <= y) rows.push([]);
  const row = rows[y];
  if (row === undefined || x < 0) return;
  while (row.length <= x) row.push(' ');
  row[x] = glyph;
}

export const glyphAt = ({ rows }: Canvas, x: number, y: number): string => rows[y]?.[x] ?? ' ';

/** Texts are ASCII already: one character a column. */
export function write(canvas: Canvas, x: number, y: number, text: string): void {
  for (let i = 0; i < text.length; i++) put(canvas, x + i, y, text.charAt(i));
}

/** Only where there is nothing yet, with a blank on both sides; false: there was no room. */
export function writeIfFree(canvas: Canvas, x: number, y: number, text: string, width: number): boolean {
  if (x + text.length > width) return false;
  for (let i = -1; i <= text.length; i++) if (glyphAt(canvas, x + i, y) !== ' ') return false;
  write(canvas, x, y, text);
  return true;
}

/** One past the last character of a line. */
export const endOf = ({ rows }: Canvas, y: number): number =>
  (rows[y] ?? []).reduce((end, c, x) => (c === ' ' ? end : x + 1), 0);

const plain: Readonly<Record<string, string>> = GLYPHS;

export function linesOf({ rows }: Canvas, box: boolean): string[] {
  return rows.map((row) =>
    row
      .map((c) => (box ? c : (plain[c] ?? c)))
      .join('')
      .trimEnd(),
  );
}
