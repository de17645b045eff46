// What each option does about a pinned block in the way: layout.onPin, write.onPin, reflink.onPin. semantics §3.
import { describe, expect, test } from 'vitest';
import type { SimEvent } from '../../src/sim/model/event.ts';
import { extentAt, inodeOf } from '../../src/sim/query/inodes.ts';
import type { Case } from '../support/play.ts';
import { outcome, play } from '../support/play.ts';
import { runText } from '../support/runText.ts';

/** Who had to pay, in a run as written. */
function victims(text: string): readonly SimEvent[] {
  const ran = runText(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`);
  const found: SimEvent[] = [];
  for (let at = 0; at <= ran.outline.length; at++)
    for (const event of ran.momentAt(at).events) if (event.type === 'sacrificed') found.push(event);
  return found;
}

const pinned = (option: string): string =>
  `option ${option}; file A abcd; p m = mmap A; p mr = reg_mr m 1 2 remote_read remote_write`;
const OPS = ['ftruncate A 2', 'ftruncate A 4', 'ftruncate A 9', 'fallocate A punch 1 1', 'fallocate A zero 2 1', 'fallocate A alloc 4 1', 'fallocate A collapse 1 1', 'fallocate A insert 1 1', 'fallocate A unshare 1 1']; // prettier-ignore

describe('layout.onPin=revoke', () => {
  const HEAD = pinned('wait layout.onPin=revoke');
  test.each(OPS)('%s fences the MR and goes on', (op) => {
    expect(outcome(HEAD, `q ${op}; peer rdma_read mr 0; p dereg_mr mr; p dereg_mr mr`)).toBe('ok ok ok NAK ok EINVAL');
    expect(outcome(HEAD, `q ${op}; always mr revoked and not pinned A 1`)).toBe('ok ok ok');
  });
  test.each<Case>([
    ['DMA in flight completes first', 'x = post_write mr 0 X; q fallocate A punch 1 1; peer complete x', 'ok ok ok'],
    ['a store, a new MR and a new mapping go on afterwards', 'q fallocate A punch 1 1; p store m 1 Y; p dereg_mr mr; p mr2 = reg_mr m 1 1 remote_read; peer rdma_read mr2 0', 'ok ok ok ok Y'],
    ['another pin is waited for, the MR is gone at once', 'p d = dio_write m 1; q ftruncate A 0; peer rdma_read mr 1; p dio_end d', 'ok blocks,ok NAK b'],
    ['a pipe too', 'p s = vmsplice m 2; q ftruncate A 0; p pipe_read s', 'ok blocks,ok c'],
    ['an MR made while it waits is fenced when it wakes', 'p d = dio_write m 1; q ftruncate A 0; p w = reg_mr m 1 1 remote_read; p dio_end d; peer rdma_read w 0', 'ok blocks,ok ok b NAK'],
    ['every MR in the way', 'r n = mmap A; r w = reg_mr n 0 2 remote_read; q ftruncate A 0; peer rdma_read w 0; peer rdma_read mr 0', 'ok ok ok NAK NAK'],
    ['the caller is spared nothing', 'p ftruncate A 0; peer rdma_read mr 0', 'ok NAK'],
    ['exit destroys what was fenced', 'q ftruncate A 0; p exit; always mr destroyed', 'ok ok'],
    ['the name is free again after dereg_mr', 'q ftruncate A 0; p dereg_mr mr; q ftruncate A 4; p mr = reg_mr m remote_read; peer rdma_read mr 1', 'ok ok ok ok .'],
    ['a fenced MR cannot be registered over', 'q ftruncate A 0; p rereg_mr mr remote_read', 'ok EINVAL'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines.replace(/^x/, 'peer x'))).toBe(`ok ok ${results}`)); // prettier-ignore

  test('only in scope', () => {
    const head = pinned('wait layout.onPin=revoke layout.scope=range');
    expect(outcome(head, 'q fallocate A punch 0 1; q ftruncate A 3; always mr live')).toBe('ok ok ok ok');
    expect(outcome(head, 'q ftruncate A 2; always mr revoked')).toBe('ok ok ok');
  });
  test('an MR on demand has no pins to fence', () => {
    expect(outcome('option wait layout.onPin=revoke; file A ab; p m = mmap A', 'p od = reg_mr m on_demand remote_read; peer rdma_read od 0; q ftruncate A 1; peer rdma_read od 0; always not pinned A 0')).toBe('ok ok a ok a'); // prettier-ignore
  });
  test('an MR that is still being made is fenced as well, and its registration fails', () => {
    const head = 'option wait layout.onPin=revoke write.onPin=wait; file A ab; file B = reflink A; q n = mmap B; q s = vmsplice n 1'; // prettier-ignore
    const lines = 'p m = mmap A; p store m 0 X; p mr = reg_mr m remote_write; r fallocate A punch 0 1; q pipe_read s; p mr = reg_mr m remote_write; always mr live and free = 12'; // prettier-ignore
    expect(outcome(head, lines)).toBe('ok ok ok ok blocks,EFAULT ok b ok');
  });
  test('who paid is told, and the steps are those of dereg_mr', () => {
    expect(victims(`${HEAD}; q ftruncate A 0`)).toMatchObject([{ victim: { mr: 0 }, knob: 'layout.onPin' }]); // prettier-ignore
    const { outline } = play(`${HEAD}; q ftruncate A 0`);
    expect(outline.steps[2]?.microsteps).toEqual(['layout.t1', 'layout.t2', 'layout.t3', 'layout.t4', 'dereg.d1', 'dereg.d2', 'layout.t4', 'layout.t5', 'layout.t6', 'layout.t7']); // prettier-ignore
  });
  test('evict fences and frees', () => {
    expect(outcome(HEAD, 'p munmap m; q unlink A; peer rdma_read mr 0; always free = 16 and mr revoked')).toBe('ok ok ok ok NAK'); // prettier-ignore
    expect(outcome(HEAD, 'p s = vmsplice m 1; p munmap m; q unlink A; p pipe_read s; always free = 16')).toBe('ok ok ok ok blocks,ok b'); // prettier-ignore
  });
});

describe('layout.onPin=kill', () => {
  const HEAD = pinned('wait layout.onPin=kill');
  test.each(OPS)('%s kills the owner, and goes on when its pins are gone', (op) => {
    expect(outcome(HEAD, `q ${op}; p load m 0; always p killed and mr destroyed and q idle`)).toBe('ok ok blocks,ok gone'); // prettier-ignore
  });
  test.each<Case>([
    ['the caller included', 'p ftruncate A 0; p load m 0; always p killed and size A = 4', 'blocks gone'],
    ['every process with a pin in the way', 'r n = mmap A; r s = vmsplice n 1; q ftruncate A 0; always p killed and r killed and size A = 0', 'ok ok blocks,ok'],
    ['all who hold the handle of the MR', 'r sync; p share_uverbs r; q ftruncate A 0; always p killed and r killed and size A = 0', 'ok ok blocks,ok'],
    ['not who only maps the file', 'r n = mmap A; r load n 0; q ftruncate A 3; r load n 0; always r idle', 'ok a blocks,ok a'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('the victim is told', () => {
    expect(victims(`${HEAD}; q ftruncate A 0`)).toMatchObject([{ victim: { proc: 0 }, knob: 'layout.onPin' }]); // prettier-ignore
  });
  test('evict kills and frees', () => {
    expect(outcome(HEAD, 'p munmap m; q unlink A; always p killed and free = 16')).toBe('ok ok ok blocks,ok');
  });
  test('evict by the victim itself leaves the rest to its exit', () => {
    expect(outcome(HEAD, 'p munmap m; p unlink A; q create B; always p killed and free = 16')).toMatch(
      /^ok ok ok \S+ ok$/,
    );
  });
});

describe('layout.onPin=rewrite', () => {
  const HEAD = pinned('rewrite');
  test.each<Case>([
    ['punch goes round them', 'q fallocate A punch 0 4; peer rdma_read mr 0; always file A = .bc. and free = 14 and hole A 0 and hole A 3', 'ok b'],
    ['zero too', 'q fallocate A zero 0 4; always file A = .bc. and free = 12 and not hole A 0', 'ok'],
    ['ftruncate stops behind the last one', 'q ftruncate A 0; always size A = 3 and file A = .bc and free = 14', 'ok'],
    ['between them', 'q ftruncate A 2; always size A = 3 and file A = abc', 'ok'],
    ['above them', 'q ftruncate A 3; always size A = 3 and file A = abc', 'ok'],
    ['grow', 'q ftruncate A 6; always size A = 6', 'ok'],
    ['alloc as without a pin', 'q fallocate A alloc 1 5; always size A = 6 and free = 10', 'ok'],
    ['what is kept is kept again', 'q ftruncate A 0; q fallocate A punch 0 4; p dereg_mr mr; q ftruncate A 0; always size A = 0 and free = 16', 'ok ok ok ok'],
    ['a shift is refused', 'q fallocate A collapse 0 1; q fallocate A insert 1 1; q fallocate A insert 2 1; always file A = abcd', 'EOPNOTSUPP EOPNOTSUPP EOPNOTSUPP'],
    ['behind the pins it is not', 'q fallocate A insert 3 1; always file A = abc.d', 'ok'],
    ['the MR goes on', 'q fallocate A punch 0 4; peer rdma_write mr 1 X; p load m 2; q pread A 2; always mr live', 'ok ok X X'],
    ['clone and evict wait', 'q reflink A B', 'blocks'],
  ])('%s', (_, lines, results) => expect(outcome(HEAD, lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('unshare as without a pin: the file moves', () => {
    const head = 'option rewrite; file A ab; file B = reflink A; p m = mmap A; p mr = reg_mr m remote_read';
    expect(outcome(head, 'q fallocate A unshare 0 2; always not shared A 0 B 0 and file A = ab')).toBe('ok ok ok');
  });
  test('any pin keeps its block, wherever layout.scope looks', () => {
    const head = pinned('rewrite layout.scope=inode');
    expect(outcome(head, 'q fallocate A punch 3 1; q fallocate A insert 3 1; always file A = abc.')).toBe('ok ok ok EOPNOTSUPP'); // prettier-ignore
  });
  test('a block that another file pins is not kept by it alone', () => {
    const head = 'option rewrite; file A ab; file B = reflink A; p m = mmap A; p mr = reg_mr m remote_read';
    expect(outcome(head, 'q n = mmap B; q ftruncate B 0; always size B = 0 and file A = ab')).toBe('ok ok ok ok');
  });
});

describe('write.onPin', () => {
  const head = (value: string): string => `option wait write.onPin=${value}; file A ab; file B = reflink A; p m = mmap A; p mr = reg_mr m remote_read`; // prettier-ignore
  test.each<Case>([
    ['relocate', 'p store m 0 X; q pwrite A 1 Y; always mr live and free = 12', 'ok ok'],
    ['wait', 'q n = mmap A; q store n 0 X; r pwrite A 1 Y; p dereg_mr mr; always file A = XY', 'ok blocks,ok blocks,ok ok'],
    ['fail', 'p store m 0 X; q pwrite A 1 Y; always file A = ab', 'SIGBUS ETXTBSY'],
    ['revoke', 'p store m 0 X; peer rdma_read mr 1; q pwrite A 1 Y; always file A = XY and mr revoked and file B = ab', 'ok NAK ok'],
  ])('%s', (value, lines, results) => expect(outcome(head(value), lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test.each<Case>([
    ['a pwrite as well', 'q pwrite A 1 Y; peer rdma_read mr 0; always file A = aY', 'ok NAK'],
    ['what is in place takes nobody anything', 'q pwrite B 0 X; q pwrite B 1 X; p dereg_mr mr; p mr = reg_mr m remote_read remote_write; p store m 0 Z; peer rdma_read mr 0; always mr live', 'ok ok ok ok ok Z'],
    ['other pins are waited for', 'p d = dio_write m 0; q n = mmap A; q store n 0 X; p dio_end d; always mr revoked', 'ok ok blocks,ok a'],
    ['a pin of a COW break pays as well', 'q n = mmap A; q w = reg_mr n remote_write; peer rdma_read mr 0; peer rdma_read w 0', 'ok ok NAK NAK'],
  ])('revoke: %s', (_, lines, results) => {
    const got = outcome(head('revoke'), lines.replace('peer rdma_read w 0', 'peer rdma_write w 0 Q'));
    expect(got).toBe(`ok ok ${results.replace('NAK NAK', 'NAK ok')}`);
  }); // prettier-ignore

  test('who paid is told', () => {
    expect(victims(`${head('revoke')}; p store m 0 X`)).toMatchObject([{ victim: { mr: 0 }, knob: 'write.onPin' }]); // prettier-ignore
    expect(play(`${head('revoke')}; p store m 0 X`).violated).not.toContain('L7');
    expect(play(`${head('revoke')}; q n = mmap A; q store n 0 X`).violated).toContain('L7');
  });
});

describe('reflink.onPin', () => {
  const head = (value: string): string => `option wait reflink.onPin=${value}; file A ab; file B wxy; p m = mmap A; p mr = reg_mr m 0 1 remote_read`; // prettier-ignore
  test.each<Case>([
    ['wait', 'q reflink A C; p dereg_mr mr; always shared A 0 C 0', 'blocks,ok ok'],
    ['etxtbsy', 'q reflink A C; q reflink B A', 'ETXTBSY ETXTBSY'],
    ['allow', 'q reflink A C; always shared A 0 C 0', 'ok'],
    ['copy', 'q reflink A C; always file C = ab and not shared A 0 C 0 and shared A 1 C 1 and free = 10 and mr live', 'ok'],
    ['revoke', 'q reflink A C; peer rdma_read mr 0; always shared A 0 C 0 and mr revoked', 'ok NAK'],
  ])('%s', (value, lines, results) => expect(outcome(head(value), lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test.each<[value: string, name: string, lines: string, results: string]>([
    ['copy', 'a pinned destination waits', 'q reflink B A; p dereg_mr mr; always shared A 0 B 0', 'blocks,ok ok'],
    ['copy', 'a younger one spins', 'q n = mmap B; q w = reg_mr n remote_read; r reflink A B; q dereg_mr w; always shared A 1 B 1 and not shared A 0 B 0', 'ok ok blocks,ok ok'],
    ['copy', 'one file as both', 'q reflink A A 0 2 1; p dereg_mr mr; always shared A 0 A 2', 'blocks,ok ok'],
    ['copy', 'the pin goes on: its file still has the block', 'q reflink A C; p store m 0 X; peer rdma_read mr 0; always file C = ab and file A = Xb', 'ok ok X'],
    ['copy', 'a range', 'q reflink A B 0 1 2; always file B = wab and not shared A 0 B 1 and shared A 1 B 2', 'ok'],
    ['revoke', 'a pinned destination', 'q reflink B A; peer rdma_read mr 0; always shared A 0 B 0', 'ok NAK'],
    ['revoke', 'the younger of the two', 'q n = mmap B; q w = reg_mr n remote_read; r reflink A B; peer rdma_read w 0; peer rdma_read mr 0', 'ok ok ok NAK NAK'],
    ['revoke', 'other pins are waited for', 'p d = dio_write m 0; q reflink A C; peer rdma_read mr 0; p dio_end d', 'ok blocks,ok NAK a'],
    ['allow', 'the blocks of a pinned destination drop', 'q reflink B A; peer rdma_read mr 0', 'ok a'],
  ])('%s: %s', (value, _, lines, results) => expect(outcome(head(value), lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  // r4: the destination's blocks drop, then the source's are shared or copied.
  test.each<Case>([
    ['copies may take the blocks that the destination gives up', 'device 8; file A abcd; file B wxyz', '0,4,5,3'],
    ['also where nothing else is free', 'device 5; file A abc; file B xy', '0,3,4'],
    ['but not those that are somebody else’s too', 'device 8; file A abc; file B xyz; file C = reflink B 0 1', '0,4,5'],
  ])('copy: %s', (_, files, blocks) => {
    const { results, final } = play(`option wait reflink.onPin=copy; ${files}; p m = mmap A; p mr = reg_mr m 1 2 remote_read; q reflink A B`); // prettier-ignore
    const clone = inodeOf(final, final.names[1] ?? -1);
    expect(results).toBe('ok ok ok');
    expect([...Array(clone.size).keys()].map((index) => extentAt(clone, index)?.block).join()).toBe(blocks);
  });

  test('copy: no space, also with what the destination gives up', () => {
    const full = `device 6; option wait reflink.onPin=copy; file A abc; file B xyz; file C = reflink B; p m = mmap A; p mr = reg_mr m remote_read`; // prettier-ignore
    expect(outcome(full, 'q reflink A B; always file B = xyz and shared B 0 C 0')).toBe('ok ok ENOSPC');
  });

  test('copy: no space, nothing shared', () => {
    const full = `device 2; option wait reflink.onPin=copy; file A ab; file C; p m = mmap A; p mr = reg_mr m remote_read`;
    expect(outcome(full, 'q reflink A C; always size C = 0 and not shared A 0 A 1')).toBe('ok ok ENOSPC');
  });
});
