// What a run is told by, beyond results: the chain behind a violation in words, DMA in flight, names of objects.
import { describe, expect, test } from 'vitest';
import type { PropertyId } from '../../src/sim/model/property.ts';
import { play } from '../support/play.ts';

const A = 'file A abcd; file B = reflink A; p m = mmap A';
const W = 'p w = reg_mr m remote_write';
const R = 'p r = reg_mr m remote_read';

/** The first violation of a property and its chain: `2: why`. */
function chainOf(text: string, id: PropertyId): readonly string[] {
  const found = play(text).outline.violations.find((violation) => violation.id === id);
  return found === undefined ? [] : [found.message, ...found.because.map(({ step, sentence }) => `${step}: ${sentence}`)]; // prettier-ignore
}

describe('because', () => {
  const ETXTBSY =
    'ftruncate of q returns ETXTBSY: a block in range is pinned; ftruncate(2) does not list it for this cause';
  test.each<[string, PropertyId, string, readonly string[]]>([
    [
      'a stale read through the page cache names the store',
      'S5b',
      `fs xfs dax=never; option wait; ${A}; ${R}; q fallocate A punch 1 1; p store m 1 Z; peer rdma_read r 1`,
      [
        'the remote read finds b through r[1] in DRAM page 1, but A[1] is DRAM page 4',
        '1: r[1] pins DRAM page 1 read-only',
        '2: the page cache drops its page of A[1]; the pin keeps it',
        '3: a store writes Z to DRAM page 4',
        '4: the NIC reads DRAM page 1 through r[1]',
      ],
    ],
    [
      'the file behind the page is gone',
      'S5b',
      'p f = mmap memfd 1; p r = reg_mr f remote_read; p munmap f; peer rdma_read r 0',
      [
        'the remote read finds . through r[0] in DRAM page 0, but the index is gone with its file',
        '1: r[0] pins DRAM page 0 read-only',
        '2: the file goes, and its page with it; the pin keeps the page',
        '3: the NIC reads DRAM page 0 through r[0]',
      ],
    ],
    [
      'so does one of a block that moved before it differed',
      'S5b',
      `option wait; ${A}; ${R}; p store m 1 b; q pwrite A 1 X; peer rdma_read r 1`,
      [
        'the remote read finds b through r[1] in block 1, but A[1] is block 4',
        '1: r[1] pins block 1 read-only',
        '2: A[1] moves from block 1 to block 4; no pin is looked at',
        '3: pwrite writes X to block 4',
        '4: the NIC reads block 1 through r[1]',
      ],
    ],
    [
      'a write that is older than the pin is no cause',
      'S5b',
      `option unprotected; ${A}; p store m 1 X; p pwrite A 0 Y; ${R}; q fallocate A punch 1 1; peer rdma_read r 1`,
      [
        'the remote read finds X through r[1] in block 4, but A[1] is a hole',
        '3: r[1] pins block 4 read-only',
        '4: A[1] loses its block',
        '5: the NIC reads block 4 through r[1]',
      ],
    ],
    ['an errno: the pin', 'L8', `option etxtbsy; ${A}; ${W}; q ftruncate A 1`, [ETXTBSY, '1: w[1] pins block 5 for writing', `2: ${ETXTBSY}`]],
    [
      'the lease',
      'L8',
      `option lease-exclusive; ${A}; p setlease A layout; q pwrite A 0 X`,
      [
        'pwrite of q returns ETXTBSY: another process has a lease on the file; pwrite(2) does not list it',
        '1: p takes a lease on A',
        '2: pwrite of q returns ETXTBSY: another process has a lease on the file; pwrite(2) does not list it',
      ],
    ],
    [
      'harm: the pin that was in the way',
      'L7',
      `option revoke; ${A}; ${R}; q pwrite A 1 X`,
      ['pwrite of q revokes r, an MR of p (write.onPin)', '1: r[1] pins block 1 read-only', '2: pwrite of q revokes r, an MR of p (write.onPin)'],
    ],
    [
      'a wait on a pipe',
      'L1',
      `option mainline; ${A}; p s = vmsplice m 0; q ftruncate A 1`,
      ['q waits for block 0, pinned by pipe s: no path ends the wait unless p volunteers', '1: pipe s pins block 0 read-only', '2: q sleeps'],
    ],
    [
      'every holder of a handle can end a wait',
      'L1',
      `option wait; ${A}; q pread A 0; p share_uverbs q; ${R}; t ftruncate A 1`,
      ['t waits for block 0, pinned by r[0]: no path ends the wait unless p or q volunteers', '3: r[0] pins block 0 read-only', '4: t sleeps'],
    ],
  ])('%s', (_, id, text, chain) => expect(chainOf(text, id)).toEqual(chain)); // prettier-ignore
});

describe('names', () => {
  test('an index of an unlinked file', () => {
    const [message] = chainOf(`kernel 6.12; option wait; ${A}; q open A; q unlink A; p s = vmsplice m 1; p store m 1 X`, 'S2'); // prettier-ignore
    expect(message).toBe('pipe s, taken through A[1] (unlinked), reaches block 1, now of B[1]');
  });
});

describe('DMA in flight', () => {
  const spans = (text: string): readonly (readonly unknown[])[] =>
    play(text).outline.dmas.map(({ name, kind, task, step, to }) => [name, kind, task, step, to === undefined ? 'open' : 'over']);
  const MR = `option wait; ${A}; ${R}`;
  test.each<[string, string, readonly (readonly unknown[])[]]>([
    ['posted and completed', `${MR}; peer x = post_read r 1; peer complete x`, [['x', 'rdma_read', 1, 2, 'over']]],
    ['posted only', `${MR}; peer x = post_read r 1`, [['x', 'rdma_read', 1, 2, 'open']]],
    ['one without a name', `${MR}; peer rdma_read r 1`, [['r[1]', 'rdma_read', 1, 2, 'over']]],
    ['drained by a dereg', `${MR}; peer x = post_read r 1; p dereg_mr r`, [['x', 'rdma_read', 1, 2, 'over']]],
    ['O_DIRECT is no work of the NIC', `${MR}; p d = dio_write m 0; p dio_end d`, []],
  ])('%s', (_, text, expected) => expect(spans(text)).toEqual(expected));

  test('goes from the post to the completion', () => {
    const { outline } = play(`${MR}; peer x = post_read r 1; p load m 0; peer complete x`);
    const [span] = outline.dmas;
    expect(outline.micros[(span?.from ?? 0) - 1]?.id).toBe('dma.n1');
    expect(outline.micros[(span?.to ?? 0) - 1]).toMatchObject({ id: 'dma.n5', step: 4 });
  });
}); // prettier-ignore

describe('what a long operation costs', () => {
  const text = (pages: number): string =>
    `device 4096; option wait; file A ${'a'.repeat(pages)}; p m = mmap A; p r = reg_mr m remote_read`;
  test('its micro-steps are noted once each', () => {
    const { outline } = play(text(400));
    expect(outline.steps[1]?.microsteps).toHaveLength(outline.turns[1] === undefined ? 0 : outline.turns[1].to - outline.turns[1].from); // prettier-ignore
    expect(outline.steps[1]?.microsteps.filter((id) => id === 'op.g3')).toHaveLength(400);
  });
});
