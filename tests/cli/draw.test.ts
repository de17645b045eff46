import { describe, expect, test } from 'vitest';
import { readMail } from '../../src/io/mail/readMail.ts';
import { caller } from '../support/cli.ts';
import { thrice, wrapped } from '../support/mailer.ts';
import { runText } from '../support/runText.ts';

const TEXT = `title "t"
device 8
option wait
file A abcd
file B = reflink A
app m = mmap A
app mr = reg_mr m remote_read
app store m 1 X -> ok
peer rdma_read mr 1 -> b
`;
const call = caller({
  'a.dax': TEXT,
  'asleep.dax': `${TEXT}admin ftruncate A 0 -> blocks\nadmin sync\n`,
  'wrong.dax': 'app pred A\n',
});

describe('draw', () => {
  test('prints the end of the run, and pasted anywhere it is that run again', async () => {
    const { status, out, err } = await call(
      'draw',
      'a.dax',
      '--kernel',
      '6.12',
      '--option',
      'wait pin.readonly=unshare',
    );
    expect([status, err]).toEqual([0, '']);
    expect(out.split('\n').filter((line) => line.length > 72)).toEqual([]);
    const read = readMail(thrice(wrapped(60)(out)));
    const { program, outline } = runText(read?.text ?? '');
    expect(program.kernel).toBe('6.12');
    expect(program.option.changed).toEqual({ 'pin.readonly': 'unshare' });
    expect(read?.at).toBe(outline.length);
  });

  test.each([
    ['start', 'Start, 4 steps'],
    ['2', 'Step 2 of 4: app mr = reg_mr m remote_read (ok)'],
    ['S2', 'Step 3 of 4: app store m 1 X (ok, as expected)'],
    ['end', 'Step 4 of 4: peer rdma_read mr 1 (b, as expected)'],
  ])('--at %s', async (at, line) => {
    const { status, out } = await call('draw', 'a.dax', '--at', at);
    expect(status).toBe(0);
    expect(out.split('\n')).toContain(line);
  });

  test('--box and --state-only', async () => {
    const plain = await call('draw', 'a.dax', '--state-only');
    const box = await call('draw', 'a.dax', '--state-only', '--box');
    expect(plain.out).toMatch(/^[\n -~]*$/);
    expect(plain.out).not.toContain('\nsetup ');
    expect(box.out).toContain('│');
    expect(box.out.split('\n')).toHaveLength(plain.out.split('\n').length);
  });

  test.each([
    [['a.dax', '--at', '5'], 'the text has 4 steps; --at asks for step 5'],
    [['a.dax', '--at', 'S1'], 'this run does not violate S1'],
    [['a.dax', '--at', 'S22'], "did you mean 'S2'?"],
    [['asleep.dax', '--at', '6'], ''],
    [['a.dax', 'b.dax'], 'draw takes one FILE'],
    [[], 'draw needs a FILE'],
    [['wrong.dax'], "did you mean 'pread'?"],
    [['none.dax'], 'cannot read none.dax'],
  ])('%j is answered', async (words, message) => {
    const { status, err } = await call('draw', ...words);
    expect(status).toBe(message === '' ? 0 : 2);
    expect(err).toContain(message);
  });
});
