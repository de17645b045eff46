/**
 * How wide a text will be, without a DOM: a scene is laid out before anything is drawn, and in tests nothing is. The
 * sans widths are Helvetica's (Arial and Liberation Sans are metric twins); other system fonts are within the slack.
 */

export type Face = 'sans' | 'bold' | 'mono';

/** Advance widths in 1/1000 em of the characters from space to tilde. */
const SANS: readonly number[] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584,
];
const OTHER = 600;
const MONO = 602;
/** Bold runs wider; San Francisco and Segoe a little wider than Helvetica. */
const SLACK: { readonly [F in Face]: number } = { sans: 1.04, bold: 1.12, mono: 1.01 };

/** Width of a text in px. The page measures with its own fonts; without one, the table below is used. */
export type Measure = (text: string, size: number, face: Face) => number;

export function textWidth(text: string, size: number, face: Face): number {
  if (face === 'mono') return (size * MONO * SLACK.mono * text.length) / 1000;
  let sum = 0;
  for (const char of text) sum += SANS[char.charCodeAt(0) - 32] ?? OTHER;
  return (size * sum * SLACK[face]) / 1000;
}

type Fit = { readonly size: number; readonly least: number; readonly face: Face; readonly measure: Measure };

/** The size at which a text of this face fits, from `size` down to `least`. */
export function fitSize(text: string, width: number, { size, least, face, measure }: Fit): number {
  const full = measure(text, size, face);
  return full <= width ? size : Math.max(least, Math.floor((size * width * 10) / full) / 10);
}

/** The text, or as much of it as fits before an ellipsis. */
export function cutText(text: string, width: number, { size, face, measure }: Omit<Fit, 'least'>): string {
  if (measure(text, size, face) <= width) return text;
  const chars = [...text];
  while (chars.length > 1) {
    chars.pop();
    const cut = `${chars.join('')}…`;
    if (measure(cut, size, face) <= width) return cut;
  }
  return '…';
}

export const fitText = (text: string, width: number, size: number, face: Face): string =>
  cutText(text, width, { size, face, measure: textWidth });
