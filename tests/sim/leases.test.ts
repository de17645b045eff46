// setlease, unlease, layout.lease and the grace period: semantics §3, §6.
import { describe, expect, test } from 'vitest';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';
import { runText } from '../support/runText.ts';

const FILES = 'file A abcd; file B wxyz; file C = reflink B';

describe('setlease and unlease', () => {
  test.each<Case>([
    ['layout leases go together', 'p setlease A layout; q setlease A layout; p unlease A; q unlease A', 'ok ok ok ok'],
    ['nothing beside a foreign exclusive one', 'p setlease A exclusive; q setlease A layout; q setlease A exclusive', 'ok EAGAIN EAGAIN'],
    ['no exclusive one beside any', 'p setlease A layout; q setlease A exclusive; p unlease A; q setlease A exclusive', 'ok EAGAIN ok ok'],
    ['a process changes its own', 'p setlease A layout; p setlease A exclusive; q setlease A layout; p setlease A layout; q setlease A layout', 'ok ok EAGAIN ok ok'],
    ['another thread of the process gives it up', 'p setlease A layout; p.2 unlease A; p unlease A', 'ok ok EAGAIN'],
    ['there is none', 'p unlease A; p setlease A layout; q unlease A', 'EAGAIN ok EAGAIN'],
    ['of another file', 'p setlease A exclusive; q setlease B exclusive; p unlease B', 'ok ok EAGAIN'],
    ['no file', 'p create N; p unlink N; p setlease N layout; p unlease N', 'ok ok ENOENT ENOENT'],
    ['exit gives it up', 'p setlease A exclusive; p exit; q setlease A exclusive', 'ok ok ok'],
    ['so does SIGKILL', 'p setlease A exclusive; q kill p; q setlease A exclusive', 'ok ok ok'],
    ['it goes with the file', 'p setlease A exclusive; p unlink A; p create A; q setlease A exclusive', 'ok ok ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(`proc p threads=2; ${FILES}`, lines)).toBe(results)); // prettier-ignore
});

const OPS = ['pwrite A 0 X', 'ftruncate A 2', 'ftruncate A 9', 'fallocate A punch 0 1', 'fallocate A alloc 4 1', 'fallocate A insert 1 1', 'fallocate A unshare 0 1', 'reflink A D', 'reflink B A', 'dedupe A A 0 2 1']; // prettier-ignore
const FREE = ['pread A 0', 'reflink B D', 'open A', 'fsync A'];

describe('layout.lease=none', () => {
  test.each([...OPS, ...FREE])('a foreign lease does not stop %s', (op) => {
    const result = op.startsWith('dedupe') ? 'differs' : op.startsWith('pread') ? 'a' : 'ok';
    expect(outcome(`option wait; ${FILES}; p setlease A exclusive`, `q ${op}`)).toBe(`ok ${result}`);
  });
});

describe('layout.lease=exclusive', () => {
  const head = `option wait layout.lease=exclusive; ${FILES}; p setlease A layout`;
  test.each(OPS)('%s of another process is ETXTBSY', (op) => {
    expect(outcome(head, `q ${op}; always file A = abcd and size A = 4`)).toBe('ok ETXTBSY');
  });
  test.each(OPS)('%s of the holder goes on', (op) => {
    expect(outcome(head, `p ${op}`)).toBe(op.startsWith('dedupe') ? 'ok differs' : 'ok ok');
  });
  test.each(FREE)('%s of another process goes on', (op) => {
    expect(outcome(head, `q ${op}`)).toBe(op.startsWith('pread') ? 'ok a' : 'ok ok');
  });
  test('stores, unlink and the end of the lease', () => {
    const lines = 'q m = mmap A; q store m 0 X; q pwrite A 1 Y; p unlease A; q pwrite A 1 Y; q unlink A';
    expect(outcome(head, lines)).toBe('ok ok ok ETXTBSY ok ok ok');
  });
});

describe('layout.lease=recall', () => {
  const head = `proc p threads=2; option wait layout.lease=recall; ${FILES}; p setlease A layout`;

  test.each(OPS)('%s of another process sleeps until the lease is given up', (op) => {
    const result = op.startsWith('dedupe') ? 'differs' : 'ok';
    expect(outcome(head, `q ${op}; p unlease A`)).toBe(`ok blocks,${result} ok`);
  });

  test.each<Case>([
    ['the holder does not wait for itself', 'p ftruncate A 2; p.2 pwrite A 0 X', 'ok ok'],
    ['it sleeps holding nothing: others go on', 'q ftruncate A 2; p pwrite A 0 X; r pread A 0; p ftruncate A 3; p unlease A; always size A = 2', 'blocks,ok ok X ok ok'],
    ['a signal ends it, the file untouched', 'q ftruncate A 2; r signal q; always size A = 4', 'blocks,EINTR ok'],
    ['SIGKILL too', 'q ftruncate A 2; r kill q; always size A = 4 and q killed', 'blocks ok'],
    ['until the last of them', 'r setlease A layout; q ftruncate A 2; p unlease A; r pread A 2; r unlease A', 'ok blocks,ok ok c ok'],
    ['a new one counts as well', 'q ftruncate A 2; r setlease A layout; p unlease A; r unlease A', 'blocks,ok ok ok ok'],
    ['wait ends the grace period; the lease is gone then', 'q ftruncate A 2; p pread A 3; p wait; p unlease A; p setlease A layout', 'blocks,ok d ok EAGAIN ok'],
    ['so does the end of everything else', 'q ftruncate A 2; p pread A 3; always size A = 2', 'blocks,ok d'],
    ['a wait by another process will do', 'q ftruncate A 2; r wait; p unlease A', 'blocks,ok ok EAGAIN'],
    ['wait takes no lease that nobody asks back', 'q wait; p unlease A', 'ok ok'],
    ['nor of another file', 'r setlease B layout; q ftruncate A 2; r wait; r unlease B', 'ok blocks,ok ok ok'],
    ['after a signal nobody asks for it any more', 'q ftruncate A 2; r signal q; r wait; p unlease A', 'blocks,EINTR ok ok ok'],
    ['two sleepers, one lease', 'q ftruncate A 2; r pwrite A 3 Z; p unlease A; always file A = ab.Z', 'blocks,ok blocks,ok ok'],
    ['a clone meets the leases of both files', 'q setlease B layout; r reflink A B; p unlease A; q unlease B; always shared A 0 B 0', 'ok blocks,ok ok ok'],
    ['the death of the holder', 'q ftruncate A 2; p exit', 'blocks,ok ok'],
  ])('%s', (_, lines, results) => expect(outcome(head, lines)).toBe(`ok ${results}`)); // prettier-ignore

  test('the lease is breaking exactly while somebody waits for it', () => {
    const ran = runText(`title "t"\n${head}; r setlease A layout; q ftruncate A 2; r setlease B layout; p signal q; p wait\n`.replaceAll('; ', '\n')); // prettier-ignore
    const breaking = (step: number): unknown => ran.momentAt(ran.endOf(step)).state.inodes[0]?.leases.map((lease) => lease.breaking); // prettier-ignore
    expect([2, 4, 6].map(breaking)).toEqual([
      [false, false],
      [true, true],
      [false, false],
    ]);
  });

  test('the pins of the one who gave way are met after that', () => {
    const lines = 'p m = mmap A; p mr = reg_mr m remote_read; q ftruncate A 0; p unlease A; p dereg_mr mr';
    expect(outcome(head, lines)).toBe('ok ok ok blocks,ok ok ok');
  });

  test('it sleeps before t1', () => {
    const { outline } = play(`${head}; q ftruncate A 2; p unlease A`);
    expect(outline.steps[1]?.microsteps.slice(0, 2)).toEqual(['layout.lease', 'layout.t1']);
    const write = play(`${head}; q pwrite A 0 X; p unlease A`);
    expect(write.outline.steps[1]?.microsteps.slice(0, 2)).toEqual(['pwrite.lease', 'pwrite.lock']);
  });
});

describe('what comes before a lease', () => {
  test('features do: no lease is asked for', () => {
    const head = `option wait layout.lease=recall fs.punch=off fs.reflink=off; ${FILES}; p setlease A layout`;
    expect(outcome(head, 'q fallocate A punch 0 1; q fallocate A alloc 0 0; q reflink A D; q reflink B A')).toBe('ok EOPNOTSUPP EINVAL EOPNOTSUPP EOPNOTSUPP'); // prettier-ignore
  });
  test('the lease comes before i_rwsem, the flag, fs.shrink and pins', () => {
    const head = `option wait layout.lease=exclusive file.immutable=immutable fs.shrink=etxtbsy; ${FILES}`;
    const { outline } = play(`${head}; p setlease A layout; p set A immutable; q ftruncate A 1`);
    expect(outline.steps[2]?.microsteps).toEqual(['layout.lease']);
  });
});
