import { expect, test } from 'vitest';
import { runText } from '../support/runText.ts';

/** Three blocks: A has one, one is promised to the dirty page of A[1]. */
const PROMISED = 'device 3\nfs xfs dax=never\nfile A a\nfile B b\nadmin pwrite A 1 X\n';

// Delayed allocation: what is dirty has its block promised, so who comes later meets ENOSPC, and no write is lost.
test.each([
  ['fallocate', 'admin fallocate B alloc 1 1'],
  ['a write past the page cache', 'admin pwrite_direct B 1 Y'],
  ['a buffered write', 'admin pwrite B 1 Y'],
])('%s does not get the block that a dirty page was promised', (_, line) => {
  const { outline } = runText(`${PROMISED}${line}\nadmin fsync A\nadmin pread A 1\n`);
  expect(outline.steps.map(({ result }) => result)).toEqual(['ok', 'ENOSPC', 'ok', 'X']);
});

test('fallocate of the very pages that were promised their blocks takes these', () => {
  const { outline } = runText(`${PROMISED}admin fallocate A alloc 1 1\nadmin fsync A\nadmin pread A 1\n`);
  expect(outline.steps.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'X']);
});
