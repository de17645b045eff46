// The table in tests/README.md names a test for everything that must be there: none of them may be gone.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const rows = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, feature, file, title] = /^\| (.+?) \| `(.+?)` \| (.+?) \|$/.exec(line) ?? [];
    return feature === undefined || file === undefined || title === undefined ? [] : [{ feature, file, title }];
  });

test('every line of the table is a row', () => {
  const lines = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8').split('\n');
  expect(rows).toHaveLength(lines.filter((line) => line.startsWith('|')).length - 2);
  expect(rows.length).toBeGreaterThan(40);
});

test.each(rows)('$feature: $file', ({ file, title }) => {
  const path = join(import.meta.dirname, file);
  expect(existsSync(path)).toBe(true);
  // Titles with a part that changes from test to test are told by the rest of them.
  expect(readFileSync(path, 'utf8').replaceAll("\\'", "'")).toContain(title);
});
