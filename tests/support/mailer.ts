// What mailers do to a text on its way: quoting, wrapping anew, encodings. Each is a function from text to text.

const quoteLine = (mark: string, line: string): string => (line === '' ? mark.trimEnd() : mark + line);

export const quoted =
  (mark: string) =>
  (text: string): string =>
    text
      .split('\n')
      .map((line) => quoteLine(mark, line))
      .join('\n');

/** `> `, three times over: each mailer adds its own. */
export const thrice = (text: string): string => quoted('> ')(quoted('> ')(quoted('> ')(text)));

/** Breaks one line at blanks; a word that is longer than the line is broken where the line ends. */
function broken(line: string, width: number): string[] {
  const out: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const blank = rest.lastIndexOf(' ', width);
    const at = blank > 0 && rest.slice(0, blank).trim() !== '' ? blank : width;
    out.push(rest.slice(0, at));
    rest = rest.slice(at).replace(/^ /, '');
  }
  return [...out, rest];
}

/** Long lines are broken, the others stay: what most mailers do to a text that is quoted. */
export const wrapped =
  (width: number) =>
  (text: string): string =>
    text
      .split('\n')
      .flatMap((line) => broken(line, width))
      .join('\n');

/** Paragraphs are filled: what an editor does when it is asked to. */
export const filled =
  (width: number) =>
  (text: string): string =>
    text
      .split(/\n[ \t]*\n/)
      .map((paragraph) => broken(paragraph.replace(/\s+/g, ' ').trim(), width).join('\n'))
      .join('\n\n');

/** format=flowed, RFC 3676: stuffed, soft breaks are a blank at the end. */
export const flowed =
  (width: number) =>
  (text: string): string =>
    text
      .split('\n')
      .flatMap((line) =>
        broken(line.replace(/^(?=[ >]|From )/, ' '), width - 1).map((part, i, all) =>
          i < all.length - 1 ? `${part} ` : part,
        ),
      )
      .join('\n');

export const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

/** Every second blank becomes a hard one: what a web page makes of two blanks. */
export const hardSpaces = (text: string): string => text.replaceAll('  ', ' \u00a0');

export function quotedPrintable(text: string): string {
  const encoded = (line: string): string =>
    Array.from(new TextEncoder().encode(line), (byte) =>
      byte === 0x3d || byte > 0x7e || byte < 0x20
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    ).join('');
  const soft = (line: string): string => {
    const out: string[] = [];
    let rest = line;
    while (rest.length > 76) {
      const cut = rest.slice(0, 75).replace(/=[0-9A-F]?$/, '').length;
      out.push(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    return [...out, rest].join('=\n');
  };
  return text
    .split('\n')
    .map((line) => soft(encoded(line)))
    .join('\n');
}

/** A whole message with the text as a part in base64. */
export const base64Message = (text: string): string =>
  [
    'From: someone@example.org',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text, 'utf8').toString('base64').replace(/.{76}/g, '$&\n'),
    '',
  ].join('\n');

export const MAILERS: readonly (readonly [name: string, mail: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['quoted', quoted('> ')],
  ['quoted twice, tight', (text) => quoted('>')(quoted('>')(text))],
  ['quoted three deep', thrice],
  ['quoted three deep by one', quoted('>>> ')],
  ['wrapped at 60', (text) => quoted('> ')(wrapped(60)(text))],
  ['quoted, then wrapped at 64', (text) => quoted('> ')(wrapped(64)(quoted('> ')(text)))],
  ['filled at 60', filled(60)],
  ['filled at 76, three deep', (text) => thrice(filled(76)(text))],
  ['flowed at 66', (text) => quoted('> ')(flowed(66)(text))],
  ['CRLF', (text) => crlf(quoted('> ')(text))],
  ['hard spaces', (text) => hardSpaces(quoted('> ')(text))],
  ['quoted-printable', (text) => quotedPrintable(quoted('> ')(text))],
  ['quoted-printable, CRLF', (text) => crlf(quotedPrintable(text))],
  ['a message in base64', base64Message],
  ['in the midst of a mail', (text) => `On Tue, somebody wrote:\n${quoted('> ')(text)}\nI agree.\n`],
];
