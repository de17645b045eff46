// The model against every recording in the repository, under the kernel that each names.
import { describe, expect, test } from 'vitest';
import { judge, tabulate } from '../../src/conformance/verdict.ts';
import { limitsOf } from '../../src/conformance/scope.ts';
import { makeWorld } from '../../src/sim/apply.ts';
import { play } from '../../src/conformance/play.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { preparedRecordings } from '../support/plantRule.ts';
import { shortName } from '../support/recordingPack.ts';

const verdicts = preparedRecordings().map((prepared) => judge(prepared));

describe('agreement', () => {
  test('no recording differs', () => {
    const differences = verdicts.filter(({ status }) => status === 'differs');
    expect(differences.map(({ file, step, want, got }) => `${file} ${step}: want ${want}, got ${got}`)).toEqual([]);
  });

  test('what is in scope is reproduced', () => {
    const rows = tabulate(verdicts).map(({ name, reproduced, of, outOfScope, inPart }) => `${name}: ${reproduced} of ${of}, ${inPart} in part, ${outOfScope} out`); // prettier-ignore
    expect(rows).toEqual([
      '6.1.0 ext4-dax: 37 of 37, 0 in part, 3 out',
      '6.1.0 xfs-dax: 47 of 47, 0 in part, 4 out',
      '6.1.0 xfs-dax-noreflink: 10 of 10, 0 in part, 0 out',
      '6.1.0 xfs-pc: 50 of 50, 7 in part, 1 out',
      '6.12.117 ext4-dax: 40 of 40, 0 in part, 0 out',
      '6.12.117 xfs-dax: 51 of 51, 0 in part, 0 out',
      '6.12.117 xfs-dax-noreflink: 10 of 10, 0 in part, 0 out',
      '6.12.117 xfs-pc: 48 of 48, 18 in part, 3 out',
      '6.18.44 xfs-pc: 32 of 32, 11 in part, 2 out',
    ]);
  });

  test('what is out of scope is so for a reason', () => {
    const outside = verdicts.filter(({ status }) => status === 'out-of-scope');
    const reasons = [...new Set(outside.map(({ reason }) => reason ?? ''))];
    const named = (reason: string): string => outside.filter((verdict) => verdict.reason === reason).map(shortName).join(', '); // prettier-ignore
    expect(Object.fromEntries(reasons.map((reason) => [reason, named(reason)]))).toEqual({
      'io_uring of Linux 6.1 refuses every file mapping': '6.1 ext4-dax L01, 6.1 xfs-dax L01, 6.1 xfs-pc L01',
      'Linux 6.1 loses the wake-up of who waits for O_DIRECT':
        '6.1 ext4-dax P18, 6.1 ext4-dax P19, 6.1 xfs-dax P18, 6.1 xfs-dax P19, 6.1 xfs-dax P27',
      'the page cache works in a large folio':
        '6.12 xfs-pc P02, 6.12 xfs-pc P06a, 6.12 xfs-pc R11, 6.18 xfs-pc P02, 6.18 xfs-pc P06a',
    });
  });

  test('a large folio is a matter of the page cache', () => {
    const folios = preparedRecordings().filter(({ limits }) => limits.some(({ still }) => still === 'results'));
    expect(folios.filter(({ recording }) => recording.dax)).toEqual([]);
    expect(folios.length).toBe(41);
  });

  test('of a recording that is out of scope from a step on, what lies before is compared', () => {
    const late = preparedRecordings().filter(({ recording }) => limitsOf(recording).some(({ from }) => from > 5));
    expect(late.length).toBeGreaterThan(35);
  });
});

// Which block was free decides what a pipe reads of a freed one: there only the recorded choice can be compared.
const kindOf = (result: string | undefined): string | undefined => (result?.length === 1 ? 'a tag' : result);

test('the player comes to the same results as the comparison', () => {
  for (const { translated, recording } of preparedRecordings()) {
    if (!translated.ok) throw new Error(`${recording.file}: ${translated.reason}`);
    const { program, parts } = translated;
    const { endings } = play(makeWorld(program), parts);
    const { steps } = runToEnd(program).outline;
    expect(
      steps.map(({ result, eventually }) => kindOf(result === 'blocks' ? eventually : result)),
      recording.file,
    ).toEqual(endings.map((ending) => kindOf(ending?.result)));
  }
});
