// For each property a run that breaks it, one that could have, and one that shows nothing of what it speaks of.
import { expect, test } from 'vitest';
import { speaksOf } from '../../../src/sim/invariants/vacuity.ts';
import { VOLUNTARY } from '../../../src/sim/invariants/voluntary.ts';
import type { Op } from '../../../src/sim/model/op.ts';
import type { PropertyId } from '../../../src/sim/model/property.ts';
import { PROPERTY_IDS } from '../../../src/sim/model/property.ts';
import { runText } from '../../support/runText.ts';

type Verdict = 'violated' | 'holds' | 'vacuous';

function verdict(id: PropertyId, text: string): Verdict {
  const { program, outline, momentAt } = runText(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`);
  if (outline.violations.some((violation) => violation.id === id)) return 'violated';
  const opAt = (at: number): Op | undefined => program.steps[outline.micros[at - 1]?.step ?? -1]?.op;
  const shown = outline.micros.some((micro, i) => {
    const op = opAt(i + 1);
    const { state, events } = momentAt(i + 1);
    return speaksOf(id, { state, events, by: op === undefined ? { task: micro.task } : { task: micro.task, op } });
  });
  return shown ? 'holds' : 'vacuous';
}

const A = 'file A abcd; file B = reflink A; p m = mmap A';
const R = 'p r = reg_mr m remote_read';
const W = 'p w = reg_mr m remote_write';
const REFUSED = `option mainline; ${A}; ${W}; peer rdma_write w 0 X; q unlink B`;

/** Violated, holds, vacuous; a property that no build breaks has no first. */
const RUNS: { readonly [P in PropertyId]: readonly [violated: string | undefined, holds: string, vacuous: string | undefined] } = {
  S1: [`option unprotected; ${A}; ${W}; q ftruncate A 1`, `option wait; ${A}; ${W}; q ftruncate A 1`, REFUSED],
  S2: [`option wait; ${A}; ${R}; p store m 1 X`, `option wait; ${A}; ${W}; p store m 1 X`, REFUSED],
  S4: [`option wait reflink.onPin=allow; ${A}; ${W}; q reflink A N; peer rdma_write w 0 X`, `option wait; ${A}; p store m 0 X`, `${A}; q pwrite A 0 X`],
  S5a: [`option unprotected; ${A}; ${W}; q fallocate A punch 1 1; peer rdma_write w 1 X`, `option wait; ${A}; ${W}; peer rdma_write w 1 X`, REFUSED],
  S5b: [`option wait; ${A}; ${R}; p store m 1 X; peer rdma_read r 1`, `option wait; ${A}; ${R}; peer rdma_read r 1`, `option mainline; ${A}; ${R}; peer rdma_read r 1`],
  S6: [`kernel 6.1; ${A}; p load m 1; q pwrite A 1 Y`, `kernel 6.12; ${A}; p load m 1; q pwrite A 1 Y`, 'file A ab; p v = mmap A private; p load v 0; p store v 0 X'],
  S7: [undefined, 'file A a_; q pread A 1', 'file A ab; q pread A 1'],
  S8: [`kernel 6.1; option wait; ${A}; ${R}; p rereg_mr r local_write remote_write; peer rdma_write r 1 X`, `kernel 6.12; option wait; ${A}; ${W}; peer rdma_write w 1 X`, REFUSED],
  S11: [undefined, 'q sync', undefined],
  S12: [undefined, `option wait; ${A}; ${W}; peer x = post_write w 0 X; p dereg_mr w; peer complete x`, REFUSED],
  L1: [`option wait; ${A}; ${R}; q ftruncate A 1`, `option mainline; ${A}; p d = dio_write m 0; q ftruncate A 1`, REFUSED],
  L2: [`option wait; ${A}; ${R}; p ftruncate A 1`, `option wait; ${A}; ${R}; q ftruncate A 1`, REFUSED],
  L3: [`option wait; ${A}; ${R}; p munmap m; q unlink A; s kill q`, `option wait; ${A}; ${R}; p munmap m; q unlink A`, `option wait; ${A}; ${R}; q ftruncate A 1; s kill q`],
  L5: [`option deferred-free; ${A}; ${W}; q ftruncate A 1`, `${A}; q ftruncate A 1`, `${A}; q ftruncate A 5`],
  L6: [undefined, `option wait; ${A}; ${W}; p share_uverbs q; p exit; q pread A 0`, `option wait; ${A}; ${W}; q pread A 0`],
  L7: [`option revoke; ${A}; ${W}; q ftruncate A 1`, `option wait; ${A}; ${W}; q ftruncate A 1`, `option wait; ${A}; ${W}; q pread A 0`],
  L8: [`option etxtbsy; ${A}; ${W}; q ftruncate A 1`, `option static-fs; ${A}; q fallocate A punch 0 1`, `option static-fs; ${A}; q ftruncate A 5`],
  F1: [`option static-fs; ${A}; q fallocate A punch 0 1`, `option mainline; ${A}; ${W}`, `option static-fs; ${A}; q pread A 0`],
}; // prettier-ignore

const CASES = PROPERTY_IDS.flatMap((id) => {
  const [violated, holds, vacuous] = RUNS[id];
  const rows = [[id, 'violated', violated], [id, 'holds', holds], [id, 'vacuous', vacuous]] as const; // prettier-ignore
  return rows.flatMap(([, expected, text]) => (text === undefined ? [] : [[id, expected, text] as const]));
});

test.each(CASES)('%s %s', (id, expected, text) => expect(verdict(id, text)).toBe(expected));

test('nobody has to take the steps that L1 calls voluntary; in-flight I/O ends by itself', () => {
  expect([...VOLUNTARY].sort().join(' ')).toBe('close dereg_mr exit kill munmap pipe_read rereg_mr signal unlease');
});
