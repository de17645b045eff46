import { describe, expect, test } from 'vitest';
import { appendStep } from '../../src/library/append.ts';
import { programOf } from '../support/runText.ts';

const TEXT = `title "t"
note 1 "maps"
note 3 "loads"
file   A abcd

app    m = mmap A            -> ok   # one
app    mr = reg_mr m remote_read on_demand
# between
app    load m 1

exists S2
always mr live
`;

const append = (kept: number, line = 'store m 0 X', actor = 'app'): ReturnType<typeof appendStep> =>
  appendStep(TEXT, programOf(TEXT), kept, { actor, line });

describe('a step', () => {
  test('after the last goes before the conditions, nothing else changes', () => {
    const { text, forked, step } = append(3);
    expect({ forked, step }).toEqual({ forked: false, step: 3 });
    expect(text).toBe(TEXT.replace('load m 1\n', 'load m 1\napp    store m 0 X\n'));
  });

  test('in the middle leaves out what follows, and keeps conditions and columns', () => {
    const { text, forked, step } = append(2);
    expect({ forked, step }).toEqual({ forked: true, step: 2 });
    const other = TEXT.replace(/^note 3.*\n/m, ''); // It speaks of the step that gives way.
    expect(text).toBe(other.replace('# between\napp    load m 1\n', 'app    store m 0 X\n'));
  });

  test('a condition on what is no longer made becomes a comment, a note of a lost step goes', () => {
    const { text } = append(1);
    expect(text).toContain('exists S2\n# always mr live\n');
    expect(text).not.toContain('note 3');
    expect(text).toContain('note 1');
    expect(programOf(text).steps.map((one) => one.text)).toEqual(['m = mmap A', 'store m 0 X']);
  });

  test('at the beginning comes before all others', () => {
    const { text } = append(0, 'unlink A', 'admin');
    expect(programOf(text).steps.map((one) => one.text)).toEqual(['unlink A']);
  });

  test('of a longer name keeps a blank', () => {
    expect(append(3, 'sync', 'administrator').text).toContain('\nadministrator sync\n');
  });

  test.each([
    ['', 'app    sync\n'],
    ['file A ab', 'file A ab\n\napp    sync'],
    ['file A ab\n', 'file A ab\n\napp    sync\n'],
    ['file A ab\n\nexists S2\n', 'file A ab\n\napp    sync\n\nexists S2\n'],
  ])('the first of %j', (text, want) => {
    const program = programOf(text);
    expect(appendStep(text, program, 0, { actor: 'app', line: 'sync' }).text).toBe(want);
  });
});
