// The conditions after the last step, and the results that `->` names, by what a run comes to.
import { describe, expect, test } from 'vitest';
import { play } from '../support/play.ts';

const A = 'file A ab._; file B = reflink A 0 1';
const PINNED = `option wait; ${A}; app m = mmap A; app mr = reg_mr m 0 2 remote_write`;

describe('a condition', () => {
  test.each<[string, string, string]>([
    ['pinned', PINNED, 'pinned A 0 and pinned A 1 and not pinned A 3'],
    ['a shared block, pinned through the other file', `option wait; ${A}; app m = mmap B; app mr = reg_mr m remote_read`, 'pinned A 0 and pinned B 0'],
    ['a hole has nothing to pin', `option wait; ${A}; app m = mmap A; app mr = reg_mr m 2 1 remote_read`, 'not pinned A 2'],
    ['the page of the cache', 'fs xfs dax=never; option wait; file A ab; app m = mmap A; app s = vmsplice m 1', 'pinned A 1 and not pinned A 0'],
    ['hole and unwritten', `${A}; app pread A 0`, 'hole A 2 and not hole A 3 and not hole A 0 and not hole A 9'],
    ['shared', `${A}; app pread A 0`, 'shared A 0 B 0 and not shared A 1 B 0 and not shared A 2 A 2'],
    ['zombie and free', `device 8; option deferred-free; file A ab; app m = mmap A; app r = reg_mr m remote_read; app ftruncate A 1`, 'zombie = 1 and free = 6'],
    ['free counts busy blocks', 'device 8; fs xfs log=async; file A ab; app ftruncate A 1', 'free = 7 and zombie = 0'],
    ['an MR lives', PINNED, 'mr live and not mr revoked and not mr destroyed'],
    ['is destroyed', `${PINNED}; app dereg_mr mr`, 'mr destroyed and not mr live'],
    ['is fenced', 'option revoke; file A ab; app m = mmap A; app mr = reg_mr m remote_write; admin ftruncate A 1', 'mr revoked and not mr live and not mr destroyed'],
    ['was never made', 'option mainline; file A ab; app m = mmap A; app mr = reg_mr m remote_read', 'not mr live and not mr revoked and not mr destroyed'],
    ['actors', 'option wait; file A ab; app m = mmap A; app r = reg_mr m remote_read; a ftruncate A 1; b exit; c open A; d kill c', 'app idle and a blocked and b exited and c killed'],
    ['an actor whose fork never came', 'file A ab; app exit; app fork kid; kid pread A 0', 'kid idle and app exited'],
    ['a file and its size', `${A}; app pwrite A 2 X`, 'file A = abX. and size A = 4 and not file A = abX and not size B = 2'],
    ['a name that is gone', 'file A ab; app unlink A', 'not file A = ab and not size A = 2 and not hole A 0'],
    ['and, or, not, parentheses', `${A}; app pread A 0`, '(size A = 9 or size A = 4) and not (size A = 4 and size B = 4)'],
    ['a property that was broken', 'option wait; file A ab; file B = reflink A; app m = mmap A; app r = reg_mr m remote_read; app store m 1 X', 'S2 and not S1 and not L5'],
  ])('%s', (_, text, condition) => expect(play(`${text}; always ${condition}`).unmet).toEqual([])); // prettier-ignore

  test('forbid is met when it is false', () => {
    expect(play('file A ab; app pread A 0; forbid size A = 2; forbid size A = 3').unmet).toEqual(['forbid size A = 2']);
  });
});

describe('a result', () => {
  const met = (text: string): string => play(text).outline.steps.flatMap((step) => (step.met === undefined ? [] : [step.met ? 'met' : 'unmet'])).join(' '); // prettier-ignore
  const WAIT = 'option wait; file A ab; app m = mmap A; app r = reg_mr m remote_read; admin ftruncate A 1';
  test.each([
    ['void', 'option mainline; file A ab; app m = mmap A; app r = reg_mr m remote_read -> EOPNOTSUPP; peer rdma_read r 0 -> void', 'met met'],
    ['a void step meets nothing else', 'option mainline; file A ab; app m = mmap A; app r = reg_mr m remote_read; peer rdma_read r 0 -> NAK', 'unmet'],
    ['gone', 'file A ab; app exit; app pread A 0 -> gone', 'met'],
    ['gone is no other result', 'file A ab; app exit; app pread A 0 -> a', 'unmet'],
    ['blocks', `${WAIT} -> blocks`, 'met'],
    ['blocks, and in the end', `${WAIT} -> blocks, ok; app dereg_mr r`, 'met'],
    ['blocks, but in the end something else', `${WAIT} -> blocks, EINTR; app dereg_mr r`, 'unmet'],
    ['never ended', `${WAIT} -> blocks, ok`, 'unmet'],
    ['it did not block', 'file A ab; admin ftruncate A 1 -> blocks', 'unmet'],
    ['it did block', `${WAIT} -> ok; app dereg_mr r`, 'unmet'],
    ['a held-back step by what it returns', `${WAIT}; admin pread A 0 -> a; app dereg_mr r`, 'met'],
    ['one that is held back for ever', `${WAIT}; admin pread A 0 -> a`, 'unmet'],
  ])('%s', (_, text, expected) => expect(met(text)).toBe(expected)); // prettier-ignore
});
