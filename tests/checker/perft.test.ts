// What is there to visit, counted: like the perft of chess engines. A number that moves means that the model or the
// checker does; which of the two says naive.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { FULL } from '../../src/checker/verdict.ts';
import { readOverrides } from '../../src/scenario/overrides.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import { programOf } from '../support/runText.ts';

/** File under public; what is changed of it: `alloc any`, an option, a kernel; grain; the counts. */
type Row = readonly [file: string, change: string, grain: Grain, states: number, transitions: number, depth: number, finals: number]; // prettier-ignore

// prettier-ignore
const ROWS: readonly Row[] = [
  ['scenarios/01-read-mr-goes-stale', '', 'op', 10, 13, 5, 1],
  ['scenarios/01-read-mr-goes-stale', '', 'micro', 136, 231, 38, 1],
  ['scenarios/02-read-pin-breaks-cow', '', 'op', 10, 13, 5, 1],
  ['scenarios/02-read-pin-breaks-cow', '', 'micro', 138, 226, 46, 1],
  ['scenarios/03-truncate-under-write-mr', '', 'op', 43, 61, 6, 6],
  ['scenarios/03-truncate-under-write-mr', '', 'micro', 925, 1965, 37, 7],
  ['scenarios/04-truncate-waits-for-odirect', '', 'op', 24, 29, 6, 2],
  ['scenarios/04-truncate-waits-for-odirect', '', 'micro', 157, 239, 24, 2],
  ['scenarios/05-truncate-waits-for-itself', '', 'op', 8, 10, 4, 1],
  ['scenarios/05-truncate-waits-for-itself', '', 'micro', 88, 145, 28, 1],
  ['scenarios/06-punched-block-reused', '', 'op', 98, 162, 8, 8],
  ['scenarios/06-punched-block-reused', '', 'micro', 4841, 11794, 45, 16],
  ['scenarios/07-punch-waits-for-other-block', '', 'op', 21, 25, 6, 3],
  ['scenarios/07-punch-waits-for-other-block', '', 'micro', 161, 248, 27, 3],
  ['scenarios/08-write-mr-reflink-allowed', '', 'op', 48, 74, 6, 6],
  ['scenarios/08-write-mr-reflink-allowed', '', 'micro', 2623, 6145, 55, 12],
  ['scenarios/09-write-mr-reflink-waits', '', 'op', 42, 66, 6, 4],
  ['scenarios/09-write-mr-reflink-waits', '', 'micro', 1264, 2772, 56, 4],
  ['scenarios/10-write-mr-reflink-etxtbsy', '', 'op', 85, 131, 7, 10],
  ['scenarios/11-odp-follows-the-cow', '', 'op', 66, 122, 8, 3],
  ['scenarios/11-odp-follows-the-cow', '', 'micro', 2731, 6223, 32, 4],
  ['scenarios/12-seed-etxtbsy', '', 'op', 123, 241, 10, 4],
  ['scenarios/12-seed-etxtbsy', '', 'micro', 4060, 9693, 50, 5],
  ['scenarios/13-deferred-free-enospc', '', 'op', 148, 274, 10, 7],
  ['scenarios/13-deferred-free-enospc', '', 'micro', 3856, 9080, 53, 16],
  ['scenarios/14-page-cache-contrast', '', 'op', 940, 2153, 15, 13],
  ['scenarios/15-pin-outlives-mapping-612', '', 'op', 150, 249, 9, 9],
  ['scenarios/15-pin-outlives-mapping-612', '', 'micro', 1823, 4270, 28, 9],
  ['scenarios/16-pin-outlives-mapping-70', '', 'op', 138, 231, 9, 8],
  ['scenarios/16-pin-outlives-mapping-70', '', 'micro', 1709, 4011, 29, 8],
  ['scenarios/17-unlink-waits-past-sigkill', '', 'op', 52, 79, 7, 4],
  ['scenarios/17-unlink-waits-past-sigkill', '', 'micro', 376, 694, 31, 4],
  ['scenarios/20-recorded-p01', '', 'op', 41, 49, 11, 4],
  ['scenarios/20-recorded-p01', '', 'micro', 276, 422, 34, 5],
  ['scenarios/21-recorded-p03', '', 'op', 61, 68, 12, 5],
  ['scenarios/21-recorded-p03', '', 'micro', 382, 517, 41, 5],
  ['scenarios/23-recorded-p11', '', 'op', 36, 42, 10, 3],
  ['scenarios/23-recorded-p11', '', 'micro', 233, 360, 30, 3],
  ['scenarios/24-recorded-p15b', '', 'op', 2224, 3698, 26, 74],
  ['scenarios/25-recorded-p16', '', 'op', 3521, 5831, 43, 188],
  ['scenarios/26-recorded-e04', '', 'op', 25, 24, 24, 1],
  ['scenarios/26-recorded-e04', '', 'micro', 88, 87, 87, 1],
  ['scenarios/27-recorded-e08', '', 'op', 62, 61, 61, 1],
  ['scenarios/27-recorded-e08', '', 'micro', 209, 208, 208, 1],
  ['scenarios/28-recorded-p18', '', 'op', 108, 203, 9, 2],
  ['scenarios/28-recorded-p18', '', 'micro', 1658, 3511, 33, 2],
  ['scenarios/29-recorded-p29', '', 'op', 736, 1360, 36, 7],
  ['scenarios/30-recorded-r10', '', 'op', 684, 1326, 24, 6],
  ['scenarios/31-private-mapping', '', 'op', 54, 89, 9, 3],
  ['scenarios/31-private-mapping', '', 'micro', 779, 1741, 29, 3],
  ['scenarios/32-fork-and-a-pin', '', 'op', 131, 270, 13, 1],
  ['scenarios/32-fork-and-a-pin', '', 'micro', 1443, 3629, 31, 1],
  ['scenarios/33-memfd', '', 'op', 39, 74, 10, 1],
  ['scenarios/33-memfd', '', 'micro', 549, 1235, 30, 1],
  ['scenarios/34-dedupe-under-a-pin', '', 'op', 87, 169, 7, 6],
  ['scenarios/35-collapse-and-insert', '', 'op', 163, 264, 8, 16],
  ['scenarios/36-device-dax', '', 'op', 60, 117, 9, 2],
  ['scenarios/36-device-dax', '', 'micro', 276, 623, 24, 2],
  ['scenarios/37-lease-recalled', '', 'op', 152, 344, 11, 4],
  ['scenarios/38-ext4', '', 'op', 46, 64, 7, 4],
  ['scenarios/38-ext4', '', 'micro', 261, 421, 24, 4],
  ['scenarios/03-truncate-under-write-mr', 'any', 'op', 43, 61, 6, 6],
  ['scenarios/03-truncate-under-write-mr', 'any deferred-free', 'op', 40, 60, 6, 4],
  ['scenarios/03-truncate-under-write-mr', '6.1', 'op', 43, 61, 6, 6],
  ['scenarios/03-truncate-under-write-mr', 'rewrite', 'op', 46, 65, 6, 6],
  ['scenarios/06-punched-block-reused', 'any wait', 'op', 367, 739, 8, 44],
  ['scenarios/06-punched-block-reused', 'any revoke', 'op', 460, 899, 8, 58],
  ['scenarios/11-odp-follows-the-cow', 'any', 'op', 187, 364, 8, 14],
  ['scenarios/11-odp-follows-the-cow', 'any 6.1', 'op', 187, 364, 8, 14],
  ['scenarios/09-write-mr-reflink-waits', 'any lease-kill', 'op', 24, 46, 6, 1],
  ['scenarios/37-lease-recalled', 'lease-kill', 'op', 192, 428, 13, 5],
  ['scenarios/37-lease-recalled', 'lease-exclusive', 'op', 96, 204, 9, 3],
  ['scenarios/17-unlink-waits-past-sigkill', '6.12', 'op', 47, 75, 7, 3],
  ['scenarios/17-unlink-waits-past-sigkill', 'revoke', 'op', 47, 75, 7, 3],
  ['worlds/default', 'mainline', 'op', 9440, 23580, 6, 4916],
  ['worlds/default', 'static-fs', 'op', 1538, 7189, 6, 272],
  ['worlds/default', 'immutable-file', 'op', 4103, 12646, 6, 1630],
  ['worlds/default', 'swapfile-rules', 'op', 489, 2261, 6, 85],
  ['worlds/default', 'lease-exclusive', 'op', 1350, 5994, 6, 243],
  ['worlds/default', 'seed', 'op', 1558, 7231, 6, 272],
  ['worlds/default', 'device-dax', 'op', 219, 1070, 6, 30],
  ['worlds/short-pins', 'static-fs', 'op', 7144, 19889, 7, 1641],
  ['worlds/short-pins', 'seed', 'op', 8754, 24239, 7, 2002],
  ['worlds/short-pins', 'device-dax', 'op', 960, 3235, 7, 200],
  ['worlds/unmapped', '7.0', 'op', 1181, 2866, 6, 382],
  ['worlds/unmapped', '6.12', 'op', 1200, 2920, 6, 385],
  ['worlds/unmapped', '6.1', 'op', 1200, 2920, 6, 385],
  ['worlds/unmapped', 'device-dax', 'micro', 274, 707, 10, 24],
  ['worlds/default', 'device-dax', 'micro', 2631, 12011, 21, 32],
];

function counts(file: string, change: string, grain: Grain): readonly number[] {
  const text = readFileSync(join(import.meta.dirname, '../../public', `${file}.dax`), 'utf8');
  const words = change.split(' ').filter((word) => word !== '');
  const any = words.includes('any');
  const kernel = words.find((word) => word.startsWith('6.') || word.startsWith('7.'));
  const option = words.find((word) => word !== 'any' && word !== kernel);
  const overrides = readOverrides({
    set: [],
    ...(kernel === undefined ? {} : { kernel }),
    ...(option === undefined ? {} : { option }),
  });
  if (!overrides.ok) throw new Error(JSON.stringify(overrides.error));
  const program = programOf(text, overrides.value);
  const search = createSearch(any ? { ...program, alloc: 'any' } : program, { ...FULL, grain, maxOutcomes: 0 });
  while (!advanceSearch(search, 1000));
  const { states, transitions, depth, finals } = reportOf(search);
  return [states, transitions, depth, finals];
}

describe('what there is to visit', () => {
  test.each(ROWS)('%s %s, %s', (file, change, grain, ...expected) => {
    expect(counts(file, change, grain)).toEqual(expected);
  });
});
