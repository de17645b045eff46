// Small texts over all interleavings, their ends worked out by hand from `semantics` §2: how many final states there are
// and, of each condition, how many satisfy it (one that speaks of a property: each final state once for every set of the
// properties mentioned that can be violated on the way to it).
import { expect, test } from 'vitest';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { FULL } from '../../src/checker/verdict.ts';
import { programOf } from '../support/runText.ts';

const MAPPED = 'device 6; file A ab; app m = mmap A';
const PINNED = `option wait; ${MAPPED}; app mr = reg_mr m remote_write`;
const IN_FLIGHT = 'device 6; file A abc; app m = mmap A; app d = dio_write m 0; any app x1: dio_end d';
const LEASED = `option lease-revoke; ${MAPPED}; app setlease A layout; app mr = reg_mr m remote_write`;
const SPLICED = 'device 6; file A a; app m = mmap A; app p = vmsplice m 0; app munmap m';
const CLONED = 'file A ab; file B = reflink A; app m = mmap A';

/** Name, lines, final states, conditions with how many satisfy them and how many do not. */
type Litmus = readonly [name: string, lines: string, finals: number, conditions: readonly string[]];

const ROWS: readonly Litmus[] = [
  [
    'the last write stays',
    'device 6; file A a; p pwrite A 0 X; q pwrite A 0 Y',
    2,
    ['exists file A = X: 1 1 holds', 'exists file A = Y: 1 1 holds', 'forbid file A = a: 0 2 holds'],
  ],
  [
    // Before the mmap there is nothing to map; between it and reg_mr a fault finds the end of the file.
    'a truncate comes before the mmap, before the pin, or waits for ever',
    `option wait; ${MAPPED}; app mr = reg_mr m remote_read; admin ftruncate A 0`,
    3,
    [
      'exists admin blocked: 1 2 holds',
      'exists L1: 1 2 holds',
      'always size A = 0: 2 1 violated',
      'forbid S1: 0 3 holds',
    ],
  ],
  [
    // The same end with and without a wait on the way.
    'dereg_mr ends the wait, but nobody has to call it',
    `option wait; ${MAPPED}; app mr = reg_mr m remote_read; app dereg_mr mr; admin ftruncate A 0`,
    3,
    ['always size A = 0: 3 0 holds', 'exists L1: 1 3 holds', 'forbid admin blocked: 0 3 holds'],
  ],
  [
    'an O_DIRECT write ends by itself',
    `${IN_FLIGHT}; any admin x1: ftruncate A 0`,
    1,
    ['always size A = 0: 1 0 holds', 'forbid L1: 0 1 holds', 'forbid L2: 0 1 holds'],
  ],
  [
    // The one that waits for the pin keeps i_rwsem: nobody overtakes it.
    'i_rwsem is handed over first come, first served',
    `${IN_FLIGHT}; any p x1: ftruncate A 1; any q x1: ftruncate A 2`,
    2,
    [
      'exists file A = a and size A = 1: 1 1 holds',
      'exists file A = a.: 1 1 holds',
      'forbid file A = ab: 0 2 holds',
      'always free = 5: 2 0 holds',
    ],
  ],
  [
    'a pwrite queues behind a truncate that waits',
    `${IN_FLIGHT}; any admin x1: ftruncate A 1; any other x1: pwrite A 0 Y`,
    1,
    ['always file A = Y: 1 0 holds', 'forbid L1: 0 1 holds'],
  ],
  [
    // The page behind the MR is block 0 whenever it completes.
    'a DMA completes before or after the truncate',
    `option unprotected; ${MAPPED}; app mr = reg_mr m remote_write; any peer x1: x = post_write mr 0 Z; any admin x1: ftruncate A 0`,
    1,
    ['exists S5a: 1 1 holds', 'always S1: 2 0 holds', 'always size A = 0: 1 0 holds'],
  ],
  [
    'a DMA completes while the truncate waits',
    `${PINNED}; any peer x1: x = post_write mr 0 Z; any admin x1: ftruncate A 0`,
    1,
    ['always admin blocked and file A = Zb: 1 0 holds', 'forbid S5a or S1: 0 1 holds'],
  ],
  [
    // In time: it is drained. Too late: NAK.
    'dereg_mr drains what is in flight',
    `${PINNED}; any peer x1: x = post_write mr 0 Z; any app x1: dereg_mr mr`,
    2,
    [
      'exists file A = Zb: 1 1 holds',
      'exists file A = ab: 1 1 holds',
      'always mr destroyed: 2 0 holds',
      'forbid S12: 0 2 holds',
    ],
  ],
  [
    'the grace period ends, and the MR is taken away',
    `${LEASED}; any admin x1: ftruncate A 0`,
    1,
    [
      'always mr revoked and size A = 0: 1 0 holds',
      'exists L7: 1 0 holds',
      'forbid L1: 0 1 holds',
      'forbid admin blocked: 0 1 holds',
    ],
  ],
  [
    // dereg_mr before the truncate: nobody is hurt; after it: the MR was revoked first.
    'the holder gives up the lease, or the MR, or comes too late',
    `${LEASED}; any admin x1: ftruncate A 0; any app x1: unlease A | dereg_mr mr`,
    2,
    ['exists mr destroyed: 1 1 holds', 'exists L7: 2 1 holds', 'always size A = 0: 2 0 holds'],
  ],
  [
    // Before it began; while it waited, and the lease goes all the same; after it.
    'SIGKILL ends the wait for a lease',
    `${LEASED}; any admin x1: ftruncate A 0; any root x1: kill admin`,
    3,
    ['exists mr live: 2 1 holds', 'exists size A = 0: 1 2 holds', 'always admin killed: 3 0 holds'],
  ],
  [
    'SIGKILL does not end evict, on 7.0',
    `${SPLICED}; any admin x1: unlink A; any root x1: kill admin`,
    2,
    [
      'exists L3: 1 1 holds',
      'exists admin blocked: 1 1 holds',
      'exists admin killed: 1 1 holds',
      'forbid S1: 0 2 holds',
    ],
  ],
  [
    'nobody waits in evict on 6.12',
    `kernel 6.12; ${SPLICED}; any admin x1: unlink A; any root x1: kill admin`,
    2,
    ['forbid L3: 0 2 holds', 'always admin killed: 2 0 holds', 'exists free = 6: 1 1 holds'],
  ],
  [
    'SIGKILL of the owner ends the wait for its MR',
    `${PINNED}; any admin x1: ftruncate A 0; any root x1: kill app`,
    1,
    ['exists L1: 1 1 holds', 'always size A = 0 and app killed: 1 0 holds'],
  ],
  [
    // Three free blocks.
    'a COW break takes any free block',
    `device 5; alloc any; ${CLONED}; any app x1: store m 0 X`,
    3,
    ['always file A = Xb and file B = ab: 3 0 holds', 'always free = 2: 3 0 holds', 'forbid shared A 0 B 0: 0 3 holds'],
  ],
  [
    // Both indexes: 3 · 2 blocks; one index twice: 3 each.
    'two COW breaks take any two',
    `device 5; alloc any; ${CLONED}; any app x2: store m 0 X | store m 1 Y`,
    12,
    [
      'exists file A = XY: 6 6 holds',
      'exists file A = Xb: 3 9 holds',
      'exists file A = aY: 3 9 holds',
      'always shared A 0 B 0 or shared A 1 B 1: 6 6 violated',
    ],
  ],
  [
    // The slot that the read filled is zapped by the COW break; read afterwards it points at the new block.
    'on demand follows the COW break',
    `device 6; ${CLONED}; app mr = reg_mr m remote_read on_demand; any app x1: store m 0 X; any peer x1: rdma_read mr 0`,
    2,
    ['forbid S5b: 0 2 holds', 'forbid S2: 0 2 holds', 'always file B = ab: 2 0 holds'],
  ],
  [
    'a refusal leaves the file as it was',
    `option etxtbsy; ${MAPPED}; app mr = reg_mr m remote_write; any admin x1: ftruncate A 0`,
    1,
    ['always file A = ab and pinned A 1: 1 0 holds', 'exists L8: 1 0 holds', 'forbid admin blocked: 0 1 holds'],
  ],
  [
    'what is freed under a pin is free when the pin goes',
    `option deferred-free; ${MAPPED}; app mr = reg_mr m remote_write; any admin x1: ftruncate A 0; any app x1: dereg_mr mr`,
    1,
    ['exists L5: 1 1 holds', 'always zombie = 0 and free = 6: 1 0 holds', 'forbid S1: 0 2 holds'],
  ],
];

test.each(ROWS)('%s', (_name, lines, finals, conditions) => {
  const claims = conditions.map((condition) => condition.split(':')[0]);
  const search = createSearch(programOf(['title "w"', ...lines.split('; '), ...claims].join('\n')), FULL);
  while (!advanceSearch(search, 1000));
  const report = reportOf(search);
  expect(report.finals).toBe(finals);
  expect(report.outcomes.reduce((sum, { count }) => sum + count, 0)).toBe(finals);
  expect(report.claims.map(({ text, positive, negative, verdict }) => `${text}: ${positive} ${negative} ${verdict}`)).toEqual(conditions); // prettier-ignore
});
