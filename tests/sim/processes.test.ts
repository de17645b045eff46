// signal, kill, exit, dead actors, void: semantics §2.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';

const HEAD = 'option wait; file A abcd; p m = mmap A; p mr = reg_mr m remote_read';
const done = (lines: string, head = HEAD): string => outcome(head, lines).replace(/^ok ok ?/, '');

describe('a signal', () => {
  test.each<Case>([
    ['does nothing to who is awake', 's signal q; q ftruncate A 4; s wait; p dereg_mr mr', 'ok blocks,ok ok ok'],
    ['ends the pin wait, the file untouched', 'q ftruncate A 2; s signal q; s pread A 3', 'blocks,EINTR ok d'],
    ['and lets the next in line in', 'q ftruncate A 2; r pwrite A 0 X; s signal q', 'blocks,EINTR blocks,ok ok'],
    ['stays pending in a lock wait, and ends the pin wait after it', 'q ftruncate A 2; r ftruncate A 1; s signal r; s wait; s signal q; s pread A 3', 'blocks,EINTR blocks,EINTR ok ok ok d'],
    ['or is forgotten when the operation ends without one', 'q ftruncate A 4; r pwrite A 0 X; s signal r; p dereg_mr mr; p w = reg_mr m remote_read; r ftruncate A 4', 'blocks,ok blocks,ok ok ok ok blocks'],
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results)); // prettier-ignore

  test('does not end an evict (7.0)', () => {
    expect(done('p munmap m; q unlink A; s signal q; s kill q; s wait; p dereg_mr mr')).toBe('ok blocks ok ok ok ok');
  });

  test('does not end the wait before a COW break: that is killable', () => {
    const head =
      'option wait write.onPin=wait; file A ab; file B = reflink A; p m = mmap A; p mr = reg_mr m remote_read';
    expect(done('q pwrite A 0 X; s signal q; s wait; p dereg_mr mr', head)).toBe('blocks,ok ok ok ok');
    expect(done('q n = mmap A; q store n 0 X; s signal q; p dereg_mr mr', head)).toBe('ok blocks,ok ok ok');
    expect(done('q pwrite A 0 X; s kill q; s pread A 0', head)).toBe('blocks ok a');
    expect(done('q n = mmap A; q store n 0 X; s kill q; s pread A 0; q wait', head)).toBe('ok blocks ok a gone');
  });
});

describe('kill', () => {
  test.each<Case>([
    ['ends the pin wait; the caller is dead, the file untouched', 'q ftruncate A 2; s kill q; q pread A 0; s pread A 3; always q killed', 'blocks ok gone d'],
    ['acts after a lock wait', 'q ftruncate A 4; r pwrite A 0 X; s kill r; s wait; p dereg_mr mr; r wait; s pread A 0; always r killed', 'blocks,ok blocks ok ok ok gone X'],
    ['destroys the MRs of the process, which wakes who waits for them', 'q ftruncate A 2; s kill p; p load m 0; peer rdma_read mr 0; always p killed and mr destroyed', 'blocks,ok ok gone NAK'],
    ['unmaps, closes, evicts', 'p dereg_mr mr; p open A; p unlink A; s kill p; always free = 16', 'ok ok ok ok'],
    ['of a dead process', 's kill p; s kill p; s signal p', 'ok ok ok'],
    ['drains what is in flight', 'peer x = post_read mr 1; s kill p; peer complete x', 'ok ok b'],
    ['ends all threads', 'p.2 ftruncate A 2; s kill p; p.2 wait; p wait; always p killed and p.2 killed', 'blocks ok gone gone'],
    ['waits for a thread in a lock wait', 'q ftruncate A 4; p.2 pread A 0; s kill p; s signal q; p.2 wait', 'blocks,EINTR blocks ok ok gone'],
    ['of the own process', 'p kill p; q pread A 0; p load m 0; q ftruncate A 0', 'ok a gone ok'],
    ['of the own process by its other thread', 'p.2 kill p; p load m 0; p.2 wait; q ftruncate A 0; always p killed and mr destroyed', 'ok gone gone ok'],
    ['of the own process while its first thread sleeps', 'q ftruncate A 4; p pread A 0; p.2 kill p; s signal q; p wait; always p killed and p.2 killed', 'blocks,EINTR blocks blocks,ok ok gone'],
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results)); // prettier-ignore

  test('exit_mm comes before the handles: an on-demand MR is empty before it is destroyed', () => {
    const { outline } = play('option wait; file A ab; p m = mmap A; p o = reg_mr m on_demand remote_read; peer rdma_read o 0; s kill p'); // prettier-ignore
    const exits = outline.turns.filter(({ kind }) => kind === 'exit').map(({ from, to }) => outline.micros.slice(from, to).map(({ id }) => id)); // prettier-ignore
    expect(exits).toEqual([['exit.threads', 'exit.mm', 'dereg.d1', 'dereg.d2', 'exit.files', 'exit.evict']]);
  });
});

describe('exit', () => {
  test.each<Case>([
    ['gives everything back', 'p exit; q ftruncate A 0; p load m 0; always p exited and mr destroyed', 'ok ok gone'],
    ['is waited for by who sleeps on its pins', 'q ftruncate A 2; p exit; q pread A 2', 'blocks,ok ok EOF'],
    ['waits for the other threads', 'q ftruncate A 4; p.2 pread A 0; p exit; s signal q; always p exited', 'blocks,EINTR blocks blocks,ok ok'],
    ['evicts what only it had open, and waits for the pins there (7.0)', 'q open A; q unlink A; p munmap m; q exit; p dereg_mr mr; always q exited and free = 16', 'ok ok ok blocks,ok ok'],
    ['of a thread that is not the first', 'p.2 exit; p load m 0; q ftruncate A 0; always p exited and p.2 exited', 'ok gone ok'],
  ])('%s', (_, lines, results) => expect(done(lines)).toBe(results)); // prettier-ignore
});

describe('as written', () => {
  test('the one asleep longest goes first, then its held-back steps, then the next sleeper', () => {
    const lines =
      'q ftruncate A 4; r ftruncate A 3; q pread A 0; q pwrite A 0 X; r pread A 3; p dereg_mr mr; s pread A 0';
    const { outline } = play(`${HEAD}; ${lines}`);
    expect(outline.turns.slice(2).map(({ step, kind }) => `${step} ${kind}`)).toEqual([
      '2 begun', '3 begun', '4 held', '5 held', '6 held', '7 begun',
      '2 woke', '4 begun', '3 woke', '6 begun', '4 woke', '5 begun', '8 begun',
    ]); // prettier-ignore
    expect(outline.steps.map(({ result, eventually }) => eventually ?? result).join(' ')).toBe(
      'ok ok ok ok a ok EOF ok X',
    );
  });

  test('a step whose object was never made changes nothing and meets no other expectation', () => {
    const head = 'file A abcd; p m = mmap A; p mr = reg_mr m remote_read';
    const { outline, results, violated } = play(`${head}; peer rdma_read mr 0 -> void; peer rdma_read mr 0 -> a; p dereg_mr mr -> void`); // prettier-ignore
    expect(results).toBe('ok EOPNOTSUPP void void void');
    expect(outline.steps.map(({ met }) => met)).toEqual([undefined, undefined, true, false, true]);
    expect(violated).toBe('');
  });

  test('a condition on what was never made is false', () => {
    const { unmet } = play(
      'file A a; p m = mmap A; p mr = reg_mr m remote_read; always mr live; always mr revoked; always mr destroyed',
    );
    expect(unmet).toHaveLength(3);
  });

  test('the same text runs under every option', () => {
    const text = (option: string): string => `option ${option}; file A abcd; file B = reflink A; p m = mmap A; p mr = reg_mr m remote_write; q ftruncate A 1; peer rdma_write mr 3 X; p exit`; // prettier-ignore
    const results = Object.fromEntries(['mainline', 'unprotected', 'wait', 'etxtbsy', 'static-fs', 'deferred-free', 'odp-only', 'seed'].map((option) => [option, play(text(option)).results])); // prettier-ignore
    expect(results).toEqual({
      mainline: 'ok EOPNOTSUPP ok void ok',
      unprotected: 'ok ok ok ok ok',
      wait: 'ok ok blocks,ok ok ok',
      etxtbsy: 'ok ok ETXTBSY ok ok',
      'static-fs': 'ok ok ETXTBSY ok ok',
      'deferred-free': 'ok ok ok ok ok',
      'odp-only': 'ok EOPNOTSUPP ok void ok',
      seed: 'ok ok ETXTBSY ok ok',
    });
  });
});
