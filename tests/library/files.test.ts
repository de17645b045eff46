import { describe, expect, test } from 'vitest';
import { fileOfName, nameOfFile, readFile } from '../../src/library/files.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a file', () => {
  test('gives its name and its text', () => {
    const read = readFile('C:\\cases\\my case.dax', utf8('file A ab # café ☃ 🙂\r\napp sync\r'));
    expect(read).toEqual({ ok: true, value: { name: 'my case', text: 'file A ab # café ☃ 🙂\napp sync\n' } });
  });

  test('may begin with a byte order mark', () => {
    expect(readFile('a.dax', new Uint8Array([0xef, 0xbb, 0xbf, 0x23]))).toMatchObject({ value: { text: '#' } });
  });

  test.each<[string, string, readonly number[], string]>([
    ['Latin-1', 'a.dax', [...utf8('# ok\n# caf'), 0xe9, 0x0a], 'a.dax: line 2, byte 6 is no UTF-8. Save it as UTF-8.'],
    ['a cut sequence', 'a.dax', [0x23, 0xe2, 0x98], 'a.dax: line 1, byte 2 is no UTF-8. Save it as UTF-8.'],
    ['an overlong form', 'a.dax', [0xc0, 0x80], 'a.dax: line 1, byte 1 is no UTF-8. Save it as UTF-8.'],
    ['UTF-16', 'a.dax', [0xff, 0xfe, 0x66, 0x00], 'a.dax: this is UTF-16. Save it as UTF-8.'],
    ['a zero byte', 'a.dax', [0x66, 0x0a, 0x00], 'a.dax: line 2, byte 1 is a zero byte: this is no text.'],
    ['another kind', 'a.png', [0x66], 'a.png: not a scenario by its name. Rename it to end in .dax.'],
  ])('%s is refused with its place and its cure', (_, name, bytes, problem) => {
    expect(readFile(name, new Uint8Array(bytes))).toEqual({ ok: false, error: problem });
  });

  test('of 256 kB is taken, of one byte more it is not', () => {
    expect(readFile('a.dax', new Uint8Array(256 * 1024).fill(0x23)).ok).toBe(true);
    const read = readFile('a.dax', new Uint8Array(256 * 1024 + 1).fill(0x23));
    expect(read.ok ? '' : read.error).toMatch(/^a\.dax: 257 kB; a scenario has at most 256 kB\. Split it/);
  });
});

test.each([
  ['A: b/c?', 'A- b-c.dax'],
  ['..', 'scenario.dax'],
  ['Größe (copy)', 'Größe (copy).dax'],
])('%j is saved as %j', (name, file) => {
  expect(fileOfName(name)).toBe(file);
});

test('the name of a file is one line', () => {
  expect(nameOfFile('x/y/z.DAX')).toBe('z');
  expect(nameOfFile('.dax')).toBe('Untitled');
});
