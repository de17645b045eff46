/**
 * Text that survives a mailing list: printable ASCII, lines of at most 72 columns, nothing that a quoting mailer, an
 * mbox or an SMTP dot would touch. Where a character has no near relative in ASCII it is escaped, so that nothing is
 * lost without a sign.
 */

export const WIDTH = 72;

/** What stands for a character that ASCII has not: the field's own habit first. */
const NEAR: Readonly<Record<string, string>> = {
  '→': '->', '←': '<-', '↔': '<->', '⇒': '=>', '≤': '<=', '≥': '>=', '≠': '!=', '×': 'x', '·': '*', '…': '...', '–': '-',
  '—': '--', '−': '-', '‘': "'", '’': "'", '“': '"', '”': '"', '«': '"', '»': '"', ' ': ' ', 'ß': 'ss', 'æ': 'ae', 'Æ': 'AE',
  'œ': 'oe', 'Œ': 'OE', 'ø': 'o', 'Ø': 'O', 'ł': 'l', 'Ł': 'L', 'đ': 'd', 'Đ': 'D', 'þ': 'th', 'Þ': 'Th', 'ð': 'd', 'ı': 'i',
  '\t': ' ',
}; // prettier-ignore

const MARKS = /\p{M}/gu;
const PRINTABLE = /^[\x20-\x7e]*$/;

function nearest(c: string): string {
  if (PRINTABLE.test(c)) return c;
  const near = NEAR[c] ?? c.normalize('NFKD').replace(MARKS, '');
  if (near !== '' && PRINTABLE.test(near)) return near;
  if (near === '' && c.normalize('NFKD') !== '') return '';
  return `\\u{${(c.codePointAt(0) ?? 0).toString(16)}}`;
}

/** `Přemysl → A` becomes `Premysl -> A`; what has no relative becomes `\u{4e2d}`. */
export const ascii = (text: string): string =>
  PRINTABLE.test(text) ? text : Array.from(text.normalize('NFC'), nearest).join('');

/** The text cut to so many columns, with a sign that it was. */
export const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}~`;

/** Words that are too long for a line are cut into pieces: nothing may stand out. */
function pieces(word: string, room: number): string[] {
  const out: string[] = [];
  for (let at = 0; at < word.length; at += room) out.push(word.slice(at, at + room));
  return out;
}

/** Words in lines of at most `WIDTH`; the first begins with `lead`, the others with as many spaces as `hang`. */
export function wrap(text: string, lead = '', hang = lead.length): string[] {
  const lines: string[] = [];
  const indent = ' '.repeat(hang);
  let line = lead;
  let empty = true;
  for (const word of ascii(text)
    .split(/\s+/)
    .filter((w) => w !== '')) {
    for (const piece of pieces(word, WIDTH - Math.max(hang, lead.length) - 1)) {
      const apart = empty ? '' : ' ';
      if (line.length + apart.length + piece.length > WIDTH) {
        lines.push(line);
        line = indent + piece;
      } else line += apart + piece;
      empty = false;
    }
  }
  return [...lines, line].map(safe);
}

/** No trailing spaces; nothing at the start of a line that mbox (`From `), quoting (`>`) or SMTP (`.`) would touch. */
export function safe(line: string): string {
  const trimmed = line.trimEnd();
  return /^(?:>|From |\.$|-- ?$)/.test(trimmed) ? ` ${trimmed}`.slice(0, WIDTH) : trimmed;
}
