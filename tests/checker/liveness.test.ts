// L1 over all that can still happen: tiny worlds, each with the answer worked out by hand.
import { expect, test } from 'vitest';
import { check } from '../support/checked.ts';

const HEAD = 'device 6; option wait; file A ab; app m = mmap A';

/** Name, lines, and the moves of the shortest run to a wait that only a volunteer ends; `holds`, `vacuous`, `unknown`. */
const CASES: readonly (readonly [name: string, lines: string, answer: string | number])[] = [
  ['nobody waits', 'app store m 0 X', 'vacuous'],
  ['a wait for the pin of an MR: the one who could deregister does not have to', 'app mr = reg_mr m remote_read; app dereg_mr mr; admin ftruncate A 0', 3],
  ['nobody deregisters at all', 'app mr = reg_mr m remote_read; admin ftruncate A 0', 3],
  ['O_DIRECT that ends by itself', 'app d = dio_write m 0; app dio_end d; admin ftruncate A 0', 'holds'],
  ['a pipe that somebody may read', 'app p = vmsplice m 0; app pipe_read p; admin ftruncate A 0', 3],
  ['the caller waits for its own MR', 'app mr = reg_mr m remote_read; app ftruncate A 0', 3],
  ['a lock whose holder goes on', 'app d = dio_write m 0; app dio_end d; admin ftruncate A 0; db pread A 0', 'holds'],
  ['a lock whose holder waits for a volunteer: the holder is found first', 'app mr = reg_mr m remote_read; admin ftruncate A 0; db pread A 0', 3],
  ['a signal would end it, but nobody has to send one', 'app mr = reg_mr m remote_read; admin ftruncate A 0; root signal admin', 3],
  ['the option revokes', 'option revoke; app mr = reg_mr m remote_read; admin ftruncate A 0', 'vacuous'],
  ['the option kills the owner', 'option wait layout.onPin=kill; app mr = reg_mr m remote_read; admin ftruncate A 0', 'holds'],
  ['a lease: its grace ends', 'option lease-revoke; app setlease A layout; admin ftruncate A 0', 'holds'],
]; // prettier-ignore

const answerOf = (lines: string, settings = {}): string | number => {
  const option = /option [^;]*; /.exec(lines)?.[0] ?? '';
  const text = `${HEAD.replace('option wait; ', option === '' ? 'option wait; ' : option)}; ${lines.replace(option, '')}`;
  const { L1 } = check(text, settings).properties;
  return L1.type === 'violated' ? L1.trace.length : L1.type;
};

test.each(CASES)('%s', (_, lines, answer) => {
  expect(answerOf(lines)).toBe(answer);
});

test.each(CASES)('at micro grain: %s', (_, lines, answer) => {
  const [all, reduced] = [answerOf(lines, { grain: 'micro' }), answerOf(lines, { grain: 'micro', order: true })];
  expect(typeof all).toBe(typeof answer);
  if (typeof answer === 'string') expect([all, reduced]).toEqual([answer, answer]);
  else expect(Number(reduced)).toBeGreaterThanOrEqual(Number(all));
});

test('what was not looked at may still end a wait', () => {
  const { L1 } = check(`${HEAD}; app mr = reg_mr m remote_read; admin ftruncate A 0`, { maxStates: 3 }).properties;
  expect(L1).toEqual({ type: 'unknown', bound: 'states' });
});

test('more tasks than there are bits', () => {
  const crowd = Array.from({ length: 32 }, (_, k) => `a${k} pread A 0`).join('; ');
  const { L1, S1 } = check(`device 4; file A a; ${crowd}`, { maxStates: 50 }).properties;
  expect(L1).toEqual({ type: 'unknown', bound: 'actors' });
  expect(S1).toEqual({ type: 'unknown', bound: 'states' });
});
