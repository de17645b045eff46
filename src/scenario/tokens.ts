/** The words of a text with what each of them is: for an editor's colours. Any text, in time linear in its length. */
import { SILENT } from './diagnostic.ts';
import { lexLine } from './lexer.ts';
import { createLineReader, wordsOf, type TokenKind } from './lineReader.ts';

/** Offsets in UTF-16 units, `to` just behind. Tokens do not overlap and stand in the order of the text. */
export type Token = { readonly from: number; readonly to: number; readonly kind: TokenKind };

export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    for (const token of tokensOfLine(line)) tokens.push({ ...token, from: start + token.from, to: start + token.to });
    start += line.length + 1;
  }
  return tokens;
}

/** Of one line, with offsets in it: what a line is does not depend on the lines around it. */
export function tokensOfLine(line: string): readonly Token[] {
  // A byte order mark, and the first half of a Windows line end, are no part of the text.
  const lead = line.startsWith('\uFEFF') ? 1 : 0;
  const lexed = lexLine(line.slice(lead, line.endsWith('\r') ? -1 : undefined), 1, SILENT);
  const words = wordsOf(lexed);
  const reader = createLineReader();
  const tokens = words.map((word, i): Token => {
    const from = lead + word.span.column - 1;
    return { from, to: from + word.span.length, kind: reader.read(word, words[i + 1]) };
  });
  if (lexed.comment !== undefined) {
    const from = lead + lexed.commentAt;
    tokens.push({ from, to: from + lexed.comment.length, kind: 'comment' });
  }
  return tokens;
}
