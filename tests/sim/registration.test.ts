// reg_mr, rereg_mr and short pins on every kind of memory, in the order of semantics §6.
import { describe, expect, test } from 'vitest';
import { type Case, outcome, play } from '../support/play.ts';

const RW = 'local_write remote_read remote_write';

describe('admission by memory and mapping', () => {
  const HEAD = 'file A abcd; p s = mmap A; p r = mmap A ro; p v = mmap A private; p f = mmap A ro private; p a = mmap anon 2; p h = mmap memfd 2'; // prettier-ignore
  const CACHE = `fs xfs dax=never; ${HEAD}`;
  const each = (head: string, maps: string, access: string): string =>
    outcome(head, maps.split(' ').map((map, i) => `p mr${i} = reg_mr ${map} ${access}`).join('; ')).replace(/^(ok ){6}/, ''); // prettier-ignore

  test.each<readonly [string, string, string, string, string]>([
    ['mainline, READ', HEAD, 's r v f a h', 'remote_read', 'EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP ok ok'],
    ['mainline, with write', HEAD, 's r v f a h', RW, 'EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP ok ok'],
    ['pin.longterm=allow, READ', `option wait; ${HEAD}`, 's r v f a h', 'remote_read', 'ok ok ok ok ok ok'],
    ['pin.longterm=allow, with write', `option wait; ${HEAD}`, 's r v f a h', RW, 'ok EFAULT ok EFAULT ok ok'],
    ['pin.longterm=never', `option odp-only; ${HEAD}`, 's a h', 'remote_read', 'EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP'],
    ['never, on demand', `option odp-only; ${HEAD}`, 's r v a h', 'remote_read on_demand', 'ok ok ok ok ok'],
    ['no ODP', `option mainline hw.odp=off; ${HEAD}`, 's a', 'remote_read on_demand', 'EOPNOTSUPP EOPNOTSUPP'],
    ['page cache, READ', CACHE, 's r v f a h', 'remote_read', 'ok ok ok ok ok ok'],
    ['page cache, with write', CACHE, 's r v f a h', RW, 'EFAULT EFAULT ok EFAULT ok ok'],
    ['pin.longterm is of fsdax only', `option mainline; ${CACHE}`, 's a', 'remote_read', 'ok ok'],
    ['6.1, page cache, READ', `kernel 6.1; ${CACHE}`, 's r v f a h', 'remote_read', 'ok EFAULT ok ok ok ok'],
    ['6.1, page cache, with write', `kernel 6.1; ${CACHE}`, 's r v f a h', RW, 'ok EFAULT ok EFAULT ok ok'],
    ['6.1, fsdax admission first', `kernel 6.1; ${HEAD}`, 's r v f', 'remote_read', 'EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP'],
    ['6.1, fsdax allowed, READ', `kernel 6.1; option wait; ${HEAD}`, 's r v f', 'remote_read', 'ok EFAULT ok ok'],
    ['6.1, no ODP', `kernel 6.1; option mainline hw.odp=off; ${HEAD}`, 's', 'remote_read on_demand', 'EINVAL'],
  ])('%s', (_, head, maps, access, results) => expect(each(head, maps, access)).toBe(results)); // prettier-ignore
});

describe('a private mapping of an fsdax file', () => {
  const HEAD = 'file A abcd; p v = mmap A private; p load v 2; p store v 3 P';
  test.each<Case>([
    ['a copied page is anonymous memory', `p mr = reg_mr v 3 1 remote_read; p m2 = reg_mr v 3 1 ${RW}; peer rdma_read mr 0`, 'ok ok P'],
    ['a page of the file is not', `p mr = reg_mr v 2 1 remote_read; p m2 = reg_mr v 0 1 ${RW}`, 'EOPNOTSUPP EOPNOTSUPP'],
    ['one such page is enough to be refused', 'p mr = reg_mr v 2 2 remote_read; p m2 = reg_mr v 3 1 remote_read', 'EOPNOTSUPP ok'],
    ['dropped, it is the file again', 'p madvise v dontneed 3 1; p mr = reg_mr v 3 1 remote_read', 'ok EOPNOTSUPP'],
    ['no layout operation waits for it', 'p mr = reg_mr v 3 1 remote_read; q ftruncate A 0; p load v 3; peer rdma_read mr 0', 'ok ok SIGBUS P'],
  ])('mainline: %s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok c ok ${results}`)); // prettier-ignore

  test.each<Case>([
    ['a READ MR copies first, so that no file operation waits', 'p mr = reg_mr v remote_read; q ftruncate A 0; peer rdma_read mr 0; p load v 0', 'ok ok a SIGBUS'],
    ['and the process goes on in the same page', 'p mr = reg_mr v remote_read; p store v 0 X; peer rdma_read mr 0; p pread A 0', 'ok ok X a'],
    ['a read-only mapping no less', 'p r = mmap A ro private; p mr = reg_mr r remote_read; q pwrite A 0 X; p load r 0; peer rdma_read mr 0', 'ok ok ok a a'],
    ['a pipe takes the page of the file', 'p w = vmsplice v 0; q ftruncate A 0; p pipe_read w', 'ok blocks,ok a'],
    ['O_DIRECT that writes out too', 'p d = dio_write v 0; q ftruncate A 0; p dio_end d', 'ok blocks,ok a'],
    ['O_DIRECT that reads in copies first', 'p d = dio_read v 0 D; q ftruncate A 3; p dio_end d; p load v 0; q pread A 0', 'ok ok ok D a'],
  ])('allowed: %s', (_, lines, results) => expect(outcome(`option wait; ${HEAD}`, lines)).toBe(`ok c ok ${results}`)); // prettier-ignore
});

describe('pins of holes', () => {
  const HEAD = 'option wait; file A a.c; p m = mmap A';
  test.each<Case>([
    ['a READ MR has the zero page: nothing waits, no later store is seen', 'p mr = reg_mr m 1 1 remote_read; p store m 1 X; peer rdma_read mr 0; q ftruncate A 0', 'ok ok . ok'],
    ['with write it fills the hole first', `p mr = reg_mr m 1 1 ${RW}; peer rdma_write mr 0 W; p load m 1; q ftruncate A 0`, 'ok ok W blocks'],
    ['past the end: EFAULT, and nothing stays pinned', 'p n = mmap A 0 4; p mr = reg_mr n remote_read; q ftruncate A 0', 'ok EFAULT ok'],
    ['of anonymous memory: a page of one\\u2019s own', 'p a = mmap anon 1; p mr = reg_mr a remote_read; p store a 0 X; peer rdma_read mr 0', 'ok ok ok X'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ${results}`)); // prettier-ignore
});

describe('pin.longterm by what the proposals ask', () => {
  const MR = 'p mr = reg_mr m remote_read';
  const LEASED = 'option lease-revoke; file A abcd; p m = mmap A; p r = mmap A ro; p v = mmap A private';
  test.each<Case>([
    ['no lease', MR, 'EPERM'],
    ['a lease of the process', `p setlease A layout; ${MR}`, 'ok ok'],
    ['a lease of another process', `q setlease A layout; ${MR}`, 'ok EPERM'],
    ['given up again', `p setlease A layout; p unlease A; ${MR}`, 'ok ok EPERM'],
    ['the mapping still has to be writable', `p setlease A layout; p mr = reg_mr r ${RW}`, 'ok EFAULT'],
    ['memory without a file needs none', 'p a = mmap anon 1; p mr = reg_mr a remote_read', 'ok ok'],
    ['a copied page needs none', 'p store v 0 P; p mr = reg_mr v 0 1 remote_read; p m2 = reg_mr v 1 1 remote_read', 'ok ok EPERM'],
  ])('lease: %s', (_, lines, results) => expect(outcome(LEASED, lines)).toBe(`ok ok ok ${results}`)); // prettier-ignore

  const FLAGGED = 'option immutable-file; file A abcd; file H a._d; file B = reflink H 0 1; p m = mmap A; p h = mmap H';
  test.each<Case>([
    ['no flag', MR, 'EOPNOTSUPP'],
    ['the flag on a file that is settled', `p set A immutable; ${MR}`, 'ok ok'],
    ['a hole', 'p set H immutable; p mr = reg_mr h 0 1 remote_read', 'ok EOPNOTSUPP'],
    ['every index filled, yet one block shared', 'p store h 1 b; p store h 2 c; p set H immutable; p mr = reg_mr h 1 1 remote_read', 'ok ok ok EOPNOTSUPP'],
    ['filled, and nothing shared', 'p store h 0 A; p store h 1 b; p store h 2 c; p set H immutable; p mr = reg_mr h remote_read', 'ok ok ok ok ok'],
    ['the flag taken away', `p set A immutable; p set A none; ${MR}`, 'ok ok EOPNOTSUPP'],
  ])('immutable: %s', (_, lines, results) => expect(outcome(FLAGGED, lines)).toBe(`ok ok ${results}`)); // prettier-ignore
});

describe('rereg_mr', () => {
  const HEAD = 'option wait; file A abcd; p m = mmap A';
  test.each<Case>([
    ['takes rights away', `p mr = reg_mr m ${RW}; p rereg_mr mr remote_read; peer rdma_write mr 0 X; peer rdma_read mr 0`, 'ok ok NAK a'],
    ['gives them back', `p mr = reg_mr m ${RW}; p rereg_mr mr remote_read; p rereg_mr mr ${RW}; peer rdma_write mr 0 X; p load m 0`, 'ok ok ok ok X'],
    ['cannot make a read-only pin writable', `p mr = reg_mr m remote_read; p rereg_mr mr ${RW}; peer rdma_write mr 0 X`, 'ok EACCES NAK'],
    ['of an MR that is gone', 'p mr = reg_mr m remote_read; p dereg_mr mr; p rereg_mr mr remote_read', 'ok ok EINVAL'],
    ['on demand it may: the NIC faults anew', `p od = reg_mr m remote_read on_demand; peer rdma_read od 0; p rereg_mr od ${RW}; peer rdma_write od 0 X; p load m 0`, 'ok a ok ok X'],
    ['a refused registration leaves nothing to change', 'p z = mmap A ro; p mr = reg_mr z local_write; p rereg_mr mr remote_read', 'ok EFAULT void'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ${results}`)); // prettier-ignore

  test('6.1 lets it: the next remote write goes through a read-only pin', () => {
    const { results, violated } = play(`kernel 6.1; ${HEAD}; p mr = reg_mr m remote_read; p rereg_mr mr ${RW}; peer rdma_write mr 0 X`); // prettier-ignore
    expect(results).toBe('ok ok ok ok');
    expect(violated).toBe('S8');
  });
});

describe('on demand over private memory', () => {
  const HEAD = 'file A abcd; p v = mmap A private; p a = mmap anon 1';
  test.each<Case>([
    ['a read maps what the process has', 'p store v 0 P; p od = reg_mr v remote_read on_demand; peer rdma_read od 0; peer rdma_read od 1; p load v 0', 'ok ok P b P'],
    ['a write copies as a store would', `p od = reg_mr v ${RW} on_demand; peer rdma_write od 1 W; p load v 1; q pread A 1`, 'ok ok W b'],
    ['a store of the process is followed', 'p od = reg_mr v remote_read on_demand; peer rdma_read od 1; p store v 1 X; peer rdma_read od 1', 'ok b ok X'],
    ['anonymous memory', `p od = reg_mr a ${RW} on_demand; peer rdma_read od 0; peer rdma_write od 0 W; p load a 0`, 'ok . ok W'],
    ['dontneed is followed', `p od = reg_mr a ${RW} on_demand; peer rdma_write od 0 W; p madvise a dontneed 0 1; peer rdma_read od 0`, 'ok ok ok .'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ok ${results}`)); // prettier-ignore
});
