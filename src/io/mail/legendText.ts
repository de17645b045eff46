/** What the signs of a picture mean: only those that occur in it. */

type Sign = { readonly sign: string; readonly means: string; readonly occurs: (text: string) => boolean };

const has =
  (pattern: RegExp) =>
  (text: string): boolean =>
    pattern.test(text);

/** Tests are made on the plain variant, where a row begins with what it is. */
const SIGNS: readonly Sign[] = [
  { sign: '1:X', means: 'file index 1 holds X', occurs: has(/^ (file|mfd) .*\d:/m) },
  { sign: '1 .', means: 'a hole', occurs: has(/^ (file|mfd) .*\d \./m) },
  { sign: '1:_', means: 'unwritten', occurs: has(/^ (file|mfd) .*\d:_/m) },
  { sign: 'v', means: 'owns the page', occurs: has(/^ {9,}.*[+-]v/m) },
  { sign: '1:rw 1:r', means: 'PTE writable, read-only', occurs: has(/^ PTE .*\d[:#]r/m) },
  { sign: '1 -', means: 'no PTE, or an invalid slot', occurs: has(/^ (PTE|MR|DMA) .*\d -/m) },
  { sign: '^', means: 'maps the page', occurs: has(/^ {8,}.*[+-]\^/m) },
  { sign: '1>4', means: 'slot 1 translates to page 4', occurs: has(/^ (MR|DMA|pipe) .*\d[>#]/m) },
  { sign: 'o', means: 'pins it', occurs: has(/^ {8,}.*[-+. ]o[-+. ]/m) },
  { sign: ':', means: 'on demand: no pin', occurs: has(/^ {9,}.* : /m) },
  { sign: '=', means: 'fenced: the key is revoked', occurs: has(/^ {9,}.* = /m) },
  { sign: 'z', means: 'the shared zero page', occurs: has(/\d[:>#]r?w?z\b/) },
  { sign: 'D0', means: 'page 0 of DRAM', occurs: has(/\bD\d/) },
  { sign: '#', means: 'breaks a property', occurs: has(/#/) },
  { sign: '*X*', means: 'changed by this step', occurs: has(/\*\S+\*/) },
  { sign: '(b)', means: "nobody's: what the medium still holds", occurs: has(/[ |]\((?!empty|x\))\S{1,10}\)/) },
  { sign: '/b/', means: 'no owner, kept by its pins', occurs: has(/\/\S+\//) },
  { sign: 'x2', means: 'two owners', occurs: has(/\bx[2-9]/) },
  { sign: 'W R', means: 'pinned for write, read-only', occurs: has(/\] [WR]\b/) },
  { sign: 'ODP', means: 'on demand, not pinned', occurs: has(/\] ODP\b/) },
  { sign: 'as A[1]', means: 'what it takes the page for', occurs: has(/ as \S+\[/) },
  { sign: '(x)', means: 'unlinked', occurs: has(/^ file \S+ \(x\)/m) },
  { sign: '<who>', means: 'sleeps until its pins are gone', occurs: has(/<\w[\w.+ -]*>/) },
];

export const legendOfText = (picture: readonly string[]): string => {
  const text = picture.join('\n');
  return SIGNS.filter(({ occurs }) => occurs(text))
    .map(({ sign, means }) => `${sign} ${means}`)
    .join('; ');
};
