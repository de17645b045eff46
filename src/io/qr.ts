/** A QR code as the path of an SVG: dark modules as runs of unit squares, with the quiet zone that readers need. */
import { encode } from 'uqr';

export type Qr = {
  /** Modules across, quiet zone included: the view box. */
  readonly size: number;
  readonly path: string;
};

/** Denser ones cannot be read from the middle of a room: 77 modules. */
const MOST_VERSION = 15;
const QUIET = 3;

/** undefined: the text is too long for a code that a phone reads off a wall. */
export function qrOf(text: string): Qr | undefined {
  try {
    const { data, size } = encode(text, { ecc: 'L', boostEcc: false, border: QUIET, maxVersion: MOST_VERSION });
    return { size, path: data.map(rowPath).join('') };
  } catch {
    return undefined;
  }
}

function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    const from = x;
    while (row[x + 1] === true) x += 1;
    path += `M${from} ${y}h${x + 1 - from}v1H${from}z`;
  }
  return path;
}
