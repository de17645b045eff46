// Each value of each knob of this build, and the order in which refusals come: semantics §3 and §6.
import { describe, expect, test } from 'vitest';
import { KNOB_NAMES, KNOBS, MAINLINE, makeOption, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { outcome, play } from '../support/play.ts';

/** Knobs on top of `wait`, lines, results. */
type KnobCase = readonly [option: string, lines: string, results: string];
const FILES = 'file A abcd; file B = reflink A; file C xyz';

describe('pin.longterm', () => {
  test.each<KnobCase>([
    ['mainline', 'p r = reg_mr m remote_read; p w = reg_mr m remote_write; p o = reg_mr m on_demand remote_write; peer rdma_write o 0 X', 'EOPNOTSUPP EOPNOTSUPP ok ok'],
    ['wait', 'p r = reg_mr m remote_read; p w = reg_mr m remote_write; p o = reg_mr m on_demand', 'ok ok ok'],
    ['odp-only', 'p r = reg_mr m remote_read; p o = reg_mr m on_demand remote_read; peer rdma_read o 0', 'EOPNOTSUPP ok a'],
    ['mainline', 'p d = dio_write m 0; p s = vmsplice m 1; p dio_end d', 'ok ok a'],
  ])('%s: %s', (option, lines, results) =>
    expect(outcome(`option ${option}; ${FILES}; p m = mmap A`, lines)).toBe(`ok ${results}`)); // prettier-ignore

  test.each([
    ['refuse', 'EFAULT ok'],
    ['allow', 'EFAULT ok'],
    ['never', 'EOPNOTSUPP EOPNOTSUPP'],
  ])('%s in the page cache: with write, without', (value, results) => {
    const head = `fs xfs dax=never; option wait pin.longterm=${value}; file A ab; p m = mmap A`;
    expect(outcome(head, 'p w = reg_mr m remote_write; p r = reg_mr m remote_read')).toBe(`ok ${results}`);
  });
});

describe('pin.readonly', () => {
  const lines = 'p m = mmap A; p r = reg_mr m remote_read; p store m 1 X; peer rdma_read r 1';
  test('share: the pin stays on the block that the file leaves', () => {
    expect(play(`option wait; ${FILES}; ${lines}`)).toMatchObject({ results: 'ok ok ok b', violated: 'S2 S5b' });
  });
  test('unshare: the pin breaks the COW first, as a store', () => {
    expect(play(`option wait pin.readonly=unshare; ${FILES}; ${lines}`)).toMatchObject({ results: 'ok ok ok X', violated: '' }); // prettier-ignore
  });
  test('unshare leaves a block of one owner, a hole, and on-demand MRs alone', () => {
    const head = 'option wait pin.readonly=unshare; file A a.; p m = mmap A';
    expect(outcome(head, 'p r = reg_mr m remote_read; always free = 15 and hole A 1')).toBe('ok ok');
    expect(outcome(`option wait pin.readonly=unshare; ${FILES}; p m = mmap A`, 'p o = reg_mr m on_demand remote_read; peer rdma_read o 0; always shared A 0 B 0')).toBe('ok ok a'); // prettier-ignore
  });
  test('unshare of short pins too', () => {
    expect(outcome(`option mainline pin.readonly=unshare; ${FILES}; p m = mmap A`, 'p d = dio_write m 0; p s = vmsplice m 1; always not shared A 0 B 0 and not shared A 1 B 1')).toBe('ok ok ok'); // prettier-ignore
  });
});

describe('layout.onPin and layout.scope', () => {
  const HEAD = (option: string): string =>
    `option ${option}; file A abcd; p m = mmap A; p mr = reg_mr m 2 1 remote_read`;
  test.each<KnobCase>([
    ['wait', 'q ftruncate A 3', 'blocks'],
    ['wait layout.onPin=ignore', 'q ftruncate A 2; always free = 14', 'ok'],
    ['wait layout.onPin=etxtbsy', 'q ftruncate A 9; q fallocate A punch 0 1; q fallocate A alloc 9 1; q pwrite A 2 X; always file A = abXd', 'ETXTBSY ETXTBSY ETXTBSY ok'],
    ['etxtbsy', 'q ftruncate A 2; q ftruncate A 3; q ftruncate A 9; q ftruncate A 4', 'ETXTBSY ok ok ok'],
    ['etxtbsy', 'q fallocate A punch 0 2; q fallocate A punch 2 1; q fallocate A zero 3 1; q fallocate A zero 1 2; q fallocate A alloc 0 1; q fallocate A alloc 2 1; q fallocate A alloc 4 2', 'ok ETXTBSY ok ETXTBSY ok ETXTBSY ok'],
    ['wait layout.scope=range', 'q fallocate A punch 0 2; q fallocate A zero 3 1; q ftruncate A 3; q ftruncate A 2', 'ok ok ok blocks'],
    ['wait layout.scope=range', 'q ftruncate A 1; p dereg_mr mr; q pread A 1', 'blocks,ok ok EOF'],
    // The shrink's range begins at the lower of the two sizes, the growth's at the old one.
    ['etxtbsy', 'q ftruncate A 8; q ftruncate A 3; q ftruncate A 2', 'ok ok ETXTBSY'],
    ['etxtbsy', 'p munmap m; q unlink A; q create D; p dereg_mr mr', 'ok blocks,ok ok ok'],
    ['unprotected', 'p munmap m; q unlink A; always free = 16', 'ok ok'],
  ])('%s: %s', (option, lines, results) => expect(outcome(HEAD(option), lines)).toBe(`ok ok ${results}`)); // prettier-ignore

  test('in range only what is in range is zapped', () => {
    const { outline } = play('option mainline layout.scope=range; file A abcd; p m = mmap A; p load m 0; p load m 3; p fallocate A punch 2 2; p load m 0; p load m 3'); // prettier-ignore
    expect(outline.steps.slice(-2).map(({ microsteps }) => microsteps[0])).toEqual(['op.load', 'load.lock']);
  });
});

describe('write.onPin: only where the write would leave a pinned block', () => {
  const HEAD = (value: string): string =>
    `option wait write.onPin=${value}; ${FILES}; p m = mmap A; p mr = reg_mr m 1 1 remote_read; q n = mmap A`;
  test.each<KnobCase>([
    ['relocate', 'q store n 1 X; q pwrite B 1 Y; always file A = aXcd and file B = aYcd', 'ok ok'],
    ['wait', 'q store n 1 X; p dereg_mr mr; q load n 1', 'blocks,ok ok X'],
    ['wait', 'q pwrite A 1 X; r pread A 0; p dereg_mr mr', 'blocks,ok blocks,a ok'],
    ['wait', 'q w = reg_mr n 1 1 remote_write; p dereg_mr mr', 'blocks,ok ok'],
    ['wait', 'q store n 0 X; q pwrite A 2 Y', 'ok ok'],
    ['wait', 'q ftruncate B 0; q store n 1 X; q pwrite A 1 Y', 'ok ok ok'],
    ['fail', 'q store n 1 X; q pwrite A 1 Y; q w = reg_mr n 1 1 remote_write; q d = dio_read n 1 Z; q load n 1', 'SIGBUS ETXTBSY EFAULT EFAULT b'],
    ['fail', 'q store n 0 X; q pwrite A 2 Y; q pwrite B 0 Z', 'ok ok ok'],
    ['fail', 'q ftruncate B 0; q store n 1 X', 'ok ok'],
  ])('%s: %s', (value, lines, results) => expect(outcome(HEAD(value), lines)).toBe(`ok ok ok ${results}`)); // prettier-ignore

  test('a waiting store sleeps without invalidate_lock, a waiting pwrite with i_rwsem', () => {
    const inode = (line: string): unknown => play(`${HEAD('wait')}; ${line}`).final.inodes[0];
    expect(inode('q store n 1 X')).toMatchObject({ rwsem: { holders: [] }, mmlock: { holders: [] } });
    expect(inode('q pwrite A 1 X')).toMatchObject({ rwsem: { holders: [{ mode: 'exclusive' }] } });
  });
});

describe('reflink.onPin', () => {
  const HEAD = (value: string, file: string): string =>
    `option wait reflink.onPin=${value}; file A abcd; file C xyz; p m = mmap ${file}; p mr = reg_mr m 0 1 remote_write`;
  test.each<[value: string, src: string, dst: string]>([
    ['wait', 'blocks', 'blocks'],
    ['etxtbsy', 'ETXTBSY', 'ETXTBSY'],
    ['allow', 'ok', 'ok'],
  ])('%s: a pinned source, a pinned destination', (value, src, dst) => {
    expect(outcome(HEAD(value, 'A'), 'q reflink A C')).toBe(`ok ok ${src}`);
    expect(outcome(HEAD(value, 'C'), 'q reflink A C')).toBe(`ok ok ${dst}`);
  });
  test('allow: the destination loses its pinned block, the source shares it', () => {
    expect(play(`${HEAD('allow', 'C')}; q reflink A C; peer rdma_write mr 0 Q`).violated).toBe('S1 S5a');
    expect(play(`${HEAD('allow', 'A')}; q reflink A C; peer rdma_write mr 0 Q`).violated).toBe('S4');
  });
});

describe('free.onPin', () => {
  const text = 'device 4; file A abc; p m = mmap A; p mr = reg_mr m remote_read; q ftruncate A 0; q create D';
  test('immediate: the block is handed out again under the pin', () => {
    expect(play(`option unprotected; ${text}; q pwrite D 0 X; q pwrite D 1 Y; always zombie = 0 and free = 2`)).toMatchObject({ results: 'ok ok ok ok ok ok', violated: 'S1 S2', unmet: [] }); // prettier-ignore
  });
  test('defer: it is kept until the last pin goes, and there is no space meanwhile', () => {
    const lines = 'q pwrite D 0 X; q pwrite D 1 Y; p dereg_mr mr; q pwrite D 1 Y; always zombie = 0 and free = 2';
    expect(play(`option deferred-free; ${text}; ${lines}`)).toMatchObject({ results: 'ok ok ok ok ok ENOSPC ok ok', violated: 'L5', unmet: [] }); // prettier-ignore
    expect(play(`option deferred-free; ${text}; always zombie = 3 and free = 1`).unmet).toEqual([]);
  });
  test('defer and a log to be committed: a zombie is busy first', () => {
    const { final } = play(`fs xfs log=async; option deferred-free; ${text}; p dereg_mr mr`);
    expect(final.device).toMatchObject({ free: 1, busy: 3, zombie: 0, owned: 0 });
  });
});

describe('fs.reflink, fs.punch, fs.shrink, hw.odp', () => {
  test.each<KnobCase>([
    ['mainline fs.reflink=off', 'q reflink A C; q reflink A A 0 2 1; q pwrite B 0 X; always file A = abcd and file B = Xbcd', 'EOPNOTSUPP EOPNOTSUPP ok'],
    ['mainline fs.punch=off', 'q fallocate A punch 0 1; q fallocate A zero 0 1; q fallocate A alloc 4 1; q ftruncate A 1', 'EOPNOTSUPP EOPNOTSUPP ok ok'],
    ['wait fs.shrink=etxtbsy', 'q ftruncate A 2; p m = mmap A; q ftruncate A 2; q ftruncate A 4; q ftruncate A 2; p munmap m; q ftruncate A 1', 'ok ok ok ok ETXTBSY ok ok'],
    ['wait fs.shrink=etxtbsy', 'p m = mmap A; p r = reg_mr m 3 1 remote_read; p munmap m; q ftruncate A 2; p dereg_mr r; q ftruncate A 2', 'ok ok ok ETXTBSY ok ok'],
    // Pinned through the sibling: a block of this file all the same.
    ['wait fs.shrink=etxtbsy', 'p m = mmap B; p r = reg_mr m 3 1 remote_read; q ftruncate A 2; q unlink A', 'ok ok ETXTBSY ok'],
    ['wait hw.odp=off', 'p m = mmap A; p o = reg_mr m on_demand remote_read; p r = reg_mr m remote_read', 'ok EOPNOTSUPP ok'],
  ])('%s: %s', (option, lines, results) => expect(outcome(`option ${option}; ${FILES}`, lines)).toBe(results)); // prettier-ignore

  test('fs.shrink counts pins of the page cache', () => {
    const head = 'fs xfs dax=never; option wait fs.shrink=etxtbsy; file A ab; p m = mmap A; p r = reg_mr m remote_read';
    expect(outcome(head, 'p munmap m; q ftruncate A 1; p dereg_mr r; q ftruncate A 1')).toBe('ok ok ok ETXTBSY ok ok');
  });
});

describe('where more than one refusal applies', () => {
  const PIN = 'file A abcd; p m = mmap A; p mr = reg_mr m remote_read';
  test('a feature that is off is told before any lock', () => {
    const head = `option wait fs.punch=off fs.reflink=off; ${PIN}; q ftruncate A 4`;
    expect(outcome(head, 'r fallocate A punch 0 1; r reflink A C; r fallocate A alloc 9 1')).toBe('ok ok blocks EOPNOTSUPP EOPNOTSUPP blocks'); // prettier-ignore
    expect(play(`${head}; r fallocate A punch 0 1`).outline.steps[3]?.microsteps).toEqual(['layout.knobs']);
  });
  test('fs.shrink is told under i_rwsem, before pins are looked at', () => {
    const { outline, results } = play(`option wait fs.shrink=etxtbsy; ${PIN}; q ftruncate A 1`);
    expect(results).toBe('ok ok ETXTBSY');
    expect(outline.steps[2]?.microsteps).toEqual(['layout.t1', 'layout.t7']);
    expect(outcome(`option wait fs.shrink=etxtbsy; ${PIN}; q ftruncate A 4`, 'r ftruncate A 1')).toBe('ok ok blocks blocks'); // prettier-ignore
  });
  test.each<KnobCase>([
    ['odp-only hw.odp=off', 'p o = reg_mr n on_demand remote_read', 'EOPNOTSUPP'],
    ['mainline', 'p w = reg_mr n remote_write', 'EOPNOTSUPP'],
    ['wait', 'p w = reg_mr n remote_write', 'EFAULT'],
    ['odp-only', 'p munmap n; p w = reg_mr n remote_write', 'ok EOPNOTSUPP'],
    ['mainline', 'p munmap n; p w = reg_mr n remote_write', 'ok EFAULT'],
    ['mainline', 'p w = reg_mr n 2 0 remote_write', 'EINVAL'],
  ])('GUP, %s: %s', (option, lines, results) =>
    expect(outcome(`option ${option}; file A ab; p n = mmap A ro`, lines)).toBe(`ok ${results}`)); // prettier-ignore
});

describe('presets', () => {
  test('mainline is the first value of every knob, and each preset differs from it by values that are built', () => {
    expect(MAINLINE).toEqual(Object.fromEntries(KNOB_NAMES.map((knob) => [knob, KNOBS[knob][0]])));
    for (const preset of PRESET_NAMES) {
      const { knobs } = makeOption(preset);
      for (const knob of KNOB_NAMES) {
        expect(KNOBS[knob]).toContain(knobs[knob]);
      }
    }
  });

  // The thread's case, a clone, a punch and a shrink under each option: results, then what broke.
  const TEXT = 'file A abcd; file B = reflink A; file C xyz; p m = mmap A; p r = reg_mr m 1 1 remote_read; p store m 1 X; peer rdma_read r 0; q fallocate A punch 2 1; q reflink C D; q ftruncate A 1'; // prettier-ignore
  test.each([
    ['mainline', 'ok EOPNOTSUPP ok void ok ok ok', ''],
    ['unprotected', 'ok ok ok b ok ok ok', 'S2 S5b'],
    ['wait', 'ok ok ok b ok ok ok', 'S2 S5b'],
    ['etxtbsy', 'ok ok ok b ok ok ok', 'S2 S5b'],
    ['static-fs', 'ok ok ok b EOPNOTSUPP EOPNOTSUPP ETXTBSY', 'S2 S5b F1 L8'],
    ['deferred-free', 'ok ok ok b ok ok ok', 'S2 S5b'],
    ['odp-only', 'ok EOPNOTSUPP ok void ok ok ok', ''],
    ['seed', 'ok ok ok X EOPNOTSUPP EOPNOTSUPP ETXTBSY', 'F1 L8'],
  ])('%s', (option, results, violated) => {
    expect(play(`option ${option}; ${TEXT}`)).toMatchObject({ results, violated });
  });
});
