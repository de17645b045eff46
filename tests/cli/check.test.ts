// `check`: the fields that scripts read, exit statuses, what people see, Ctrl-C.
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { caller } from '../support/cli.ts';

const SMALL = `title "A small one"
device 4
option wait
file A ab
app m = mmap A
any app x2: mr = reg_mr m remote_read | dereg_mr mr | store m 0 X
any admin x1: ftruncate A 0
any peer x1: rdma_read mr 0
`;
const FILES: Readonly<Record<string, string>> = {
  'small.dax': SMALL,
  'met.dax': `${SMALL}exists admin blocked\nforbid S5b\n`,
  'unmet.dax': `${SMALL}always size A = 2\n`,
  'expects.dax': 'file A ab\napp pread A 0 -> b\n',
  'any.dax': SMALL.replace('option wait', 'alloc any').replace('reg_mr m remote_read |', 'reg_mr m remote_read | pwrite A 3 Z |'), // prettier-ignore
  'wrong.dax': 'file A ab\napp pred A 0\n',
};
const call = caller(FILES);

interface Checked {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly complete: boolean;
  readonly bound: string | null;
  readonly grain: string;
  readonly reductions: { readonly symmetry: string; readonly order: boolean };
  readonly option: { readonly preset: string };
  readonly properties: Readonly<Record<string, { readonly verdict: string; readonly trace: readonly string[] | null; readonly moves: number | null; readonly message: string | null }>>; // prettier-ignore
  readonly conditions: readonly Readonly<Record<string, unknown>>[];
  readonly finals: number;
  readonly outcomes: readonly { readonly final: Readonly<Record<string, unknown>>; readonly count: number; readonly trace: readonly string[] | null }[]; // prettier-ignore
  readonly witnesses: readonly { readonly line: number; readonly text: string; readonly results: readonly { readonly result: string }[] }[]; // prettier-ignore
}
const json = async (...argv: string[]): Promise<Checked> => JSON.parse((await call('check', '--json', ...argv)).out) as Checked; // prettier-ignore

const met = await json('met.dax');

describe('check --json', () => {
  test('has its fields in their order', () => {
    expect(Object.keys(met)).toEqual(['file', 'title', 'kernel', 'option', 'grain', 'reductions', 'limits', 'states', 'visited', 'transitions', 'depth', 'complete', 'bound', 'properties', 'conditions', 'finals', 'outcomes', 'outcomesCut', 'witnesses', 'bytes', 'ms', 'version']); // prettier-ignore
    expect(Object.keys(met.properties)).toEqual(PROPERTY_IDS);
    for (const property of Object.values(met.properties)) expect(Object.keys(property)).toEqual(['verdict', 'trace', 'moves', 'message', 'bound']); // prettier-ignore
    for (const condition of met.conditions) expect(Object.keys(condition)).toEqual(['text', 'verdict', 'met', 'positive', 'negative', 'witness', 'counterexample']); // prettier-ignore
    for (const outcome of met.outcomes) expect(Object.keys(outcome)).toEqual(['final', 'count', 'trace']);
    expect(met).toMatchObject({ title: 'A small one', kernel: '7.0', option: { preset: 'wait' }, grain: 'op', complete: true, bound: null, version: '0.0.0-test' }); // prettier-ignore
  });
  test('says what can be counted by hand', () => {
    expect(met.finals).toBe(met.outcomes.reduce((sum, { count }) => sum + count, 0));
    expect(met.conditions).toMatchObject([{ text: 'exists admin blocked', verdict: 'holds', met: true }, { text: 'forbid S5b', verdict: 'holds', met: true, positive: 0 }]); // prettier-ignore
  });
  test('a trace begins above the first menu and reads alone', () => {
    expect(met.properties['L1']).toMatchObject({ verdict: 'violated', moves: 2, trace: ['app m = mmap A', 'app mr = reg_mr m remote_read', 'admin ftruncate A 0'] }); // prettier-ignore
    const traces = [...Object.values(met.properties).map(({ trace }) => trace), ...met.outcomes.map(({ trace }) => trace)].filter((trace) => trace !== null); // prettier-ignore
    expect(traces.length).toBeGreaterThan(2);
    for (const trace of traces) {
      expect(trace[0]).toBe('app m = mmap A');
      expect(loadScenario(`device 4\noption wait\nfile A ab\n${trace.join('\n')}\n`).ok).toBe(true);
    }
  });
  test('a condition not judged has no answer, and what was not visited is unknown', async () => {
    const few = await json('met.dax', '--max-states', '2');
    expect(few).toMatchObject({ complete: false, bound: 'states', limits: { states: 2 } });
    expect(few.conditions).toMatchObject([
      { verdict: 'unknown', met: null },
      { verdict: 'unknown', met: null },
    ]);
    expect(few.properties['S1']).toMatchObject({ verdict: 'unknown', trace: null, bound: 'states' });
  });
  test('operations: what each came to, those above the first menu too', () => {
    const results = met.witnesses.map(({ text, results: all }) => [text, all.map(({ result }) => result)]);
    expect(results).toContainEqual(['app m = mmap A', ['ok']]);
    expect(results).toContainEqual(['app mr = reg_mr m remote_read', expect.arrayContaining(['ok'])]);
    expect(met.witnesses.map(({ text }) => text)).toContain('peer rdma_read mr 0');
  });
  test('reductions leave states, transitions and outcomes as they are', async () => {
    const [reduced, full] = [await json('any.dax'), await json('any.dax', '--no-reduction')];
    expect(full.reductions).toEqual({ symmetry: 'none', order: false });
    const counts = ({ states, transitions, depth, finals, outcomes }: Checked) => ({ states, transitions, depth, finals, outcomes: outcomes.map(({ final, count }) => JSON.stringify([final, count])).sort() }); // prettier-ignore
    expect(counts(reduced)).toEqual(counts(full));
  });
  test('--grain micro visits more, with the same verdicts of safety', async () => {
    const micro = await json('small.dax', '--grain', 'micro', '--no-reduction');
    expect(micro.grain).toBe('micro');
    expect(micro.states).toBeGreaterThan(met.states);
    expect(micro.properties['S1']?.verdict).toBe('holds');
  });
  test('--option and --set replace the option of the text', async () => {
    const other = await json('small.dax', '--option', 'unprotected', '--set', 'free.onPin=defer');
    expect(other.option).toMatchObject({ preset: 'unprotected', knobs: { 'free.onPin': 'defer' } });
    expect(other.properties['L1']?.verdict).not.toBe('violated');
  });
  test('several files print one object a line', async () => {
    const { out, status } = await call('check', '--json', 'small.dax', 'unmet.dax');
    expect(out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { file: string }).file)).toEqual(['small.dax', 'unmet.dax']); // prettier-ignore
    expect(status).toBe(1);
  });
});

describe('exit status', () => {
  test.each([
    [0, ['check', 'small.dax']],
    [0, ['check', 'met.dax']],
    [1, ['check', 'unmet.dax']],
    [1, ['check', 'met.dax', '--max-states', '2']],
    // Expectations are of the run as written.
    [0, ['check', 'expects.dax']],
    [1, ['run', 'expects.dax']],
    [0, ['check', 'small.dax', '--trace', 'L1']],
    [1, ['check', 'small.dax', '--trace', 'S1']],
    [2, ['check', 'wrong.dax']],
    [2, ['check', 'absent.dax']],
    [2, ['check']],
    [2, ['check', 'small.dax', '--grain', 'macro']],
    [2, ['check', 'small.dax', '--max-states', '0']],
    [2, ['check', 'small.dax', '--max-states', '1e3']],
    [2, ['check', 'small.dax', '--no-reduction=yes']],
    [2, ['check', 'small.dax', '--trace', 'S3']],
    [2, ['check', 'small.dax', '--trace', 'S2', '--json']],
    [2, ['check', 'small.dax', '--option', 'wiat']],
  ])('%i of %j', async (status, argv) => {
    const done = await call(...argv);
    expect(done.status).toBe(status);
    expect(done.err !== '').toBe(status === 2 || argv.includes('S1'));
  });
});

test('wrong words are answered with the near ones', async () => {
  const err = async (...argv: string[]) => (await call(...argv)).err;
  expect(await err('chekc', 'small.dax')).toContain("did you mean 'check'?");
  expect(await err('check', 'small.dax', '--max-state', '5')).toContain("did you mean '--max-states'?");
  expect(await err('check', 'small.dax', '--grain', 'mikro')).toContain("did you mean 'micro'?");
  expect(await err('check', 'small.dax', '--no-reductions')).toContain("did you mean '--no-reduction'?");
});

describe('for people', () => {
  test('verdicts, ends as herd7 prints them, and the line to quote', async () => {
    const { out } = await call('check', 'met.dax');
    expect(out).toMatch(/^A small one\nkernel 7\.0, fs xfs dax=always, option wait\noperation grain, /);
    expect(out).toMatch(/^L1 +op-terminates +violated in 2 moves: admin waits for block 0/m);
    expect(out).toMatch(/^S1 +dma-to-free +holds$/m);
    expect(out).toMatch(/^States \d+, of \d+ final states\n *\d+ :> A=/m);
    const { positive, negative } = met.conditions[0] as { positive: number; negative: number };
    expect(out).toContain(`✓ exists admin blocked: met\nObservation met Sometimes ${positive} ${negative}\n`);
    expect(out).toContain('✓ forbid S5b: met\nObservation met Never 0 ');
    expect(out).not.toContain('Never successful');
  });
  test('what was tried in vain is told', async () => {
    const { out } = await call('check', 'small.dax', '--option', 'mainline');
    expect(out).toContain('Never successful:\n  line 6  app mr = reg_mr m remote_read: only EOPNOTSUPP');
    expect(out).toContain('  line 8  peer rdma_read mr 0: never begun');
  });
  test('--trace is a scenario that violates it when it is run', async () => {
    const { out } = await call('check', 'small.dax', '--trace', 'L1');
    const ran = await caller({ '-': out })('run', '--json', '-');
    expect((JSON.parse(ran.out) as { violations: { id: string }[] }).violations.map(({ id }) => id)).toContain('L1');
  });
  test('progress is for those who watch, and leaves nothing behind', async () => {
    const watched = await caller(FILES, { watched: true })('check', 'any.dax');
    expect(watched.shown.length).toBeGreaterThan(1);
    expect(watched.shown[0]).toMatch(
      /^any\.dax: [\d,]+ states?, [\d,]+\/s, depth \d+, [\d,]+ to expand, \d+ violated$/,
    );
    expect(watched.shown.at(-1)).toBe('');
    expect(watched.err).toBe('');
  });
  test('Ctrl-C: what is known by then, and not success', async () => {
    const stopped = await caller(FILES, { interruptAfter: 1 })('check', '--json', 'any.dax');
    expect(stopped.status).toBe(1);
    expect(JSON.parse(stopped.out)).toMatchObject({ complete: false, bound: 'stopped' });
  });
});
