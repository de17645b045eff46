// `matrix` and `diff`: fields, letters, exit statuses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { caller } from '../support/cli.ts';

const WORLD = `title "Two blocks"
device 4
alloc any
file A ab
app m = mmap A
any app x2: mr = reg_mr m local_write remote_write | dereg_mr mr | store m 0 X
any admin x1: ftruncate A 0
any peer x1: rdma_write mr 0 Y
`;
const DEFAULT = join(import.meta.dirname, '../../public/worlds/default.dax');
const FILES: Readonly<Record<string, string>> = { 'two.dax': WORLD, 'wrong.dax': 'file\n', [DEFAULT]: readFileSync(DEFAULT, 'utf8') }; // prettier-ignore
const call = caller(FILES);

interface Matrix {
  readonly world: string;
  readonly complete: boolean;
  readonly interrupted: boolean;
  readonly reductions: unknown;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly cells: readonly { readonly option: string; readonly property: string; readonly verdict: string; readonly states: number; readonly trace: readonly string[] | null; readonly moves: number | null }[]; // prettier-ignore
}
const json = async (...argv: string[]): Promise<Matrix> => JSON.parse((await call('matrix', '--json', ...argv)).out) as Matrix; // prettier-ignore

const all = await json('--world', 'two.dax');
const cell = ({ cells }: Matrix, option: string, property: string) => cells.find((one) => one.option === option && one.property === property); // prettier-ignore

describe('matrix --json', () => {
  test('has a cell for every preset and property', () => {
    expect(Object.keys(all)).toEqual(['world', 'title', 'kernel', 'grain', 'reductions', 'limits', 'complete', 'interrupted', 'ms', 'version', 'rows', 'cells']); // prettier-ignore
    expect(all).toMatchObject({ world: 'two', title: 'Two blocks', kernel: '7.0', complete: true, interrupted: false });
    expect(all.cells.map(({ option, property }) => `${option} ${property}`)).toEqual(PRESET_NAMES.flatMap((option) => PROPERTY_IDS.map((property) => `${option} ${property}`))); // prettier-ignore
    for (const one of all.cells) expect(Object.keys(one)).toEqual(['option', 'property', 'verdict', 'states', 'trace', 'moves', 'message', 'bound']); // prettier-ignore
  });
  test('knows the bad options', () => {
    expect(cell(all, 'unprotected', 'S1')).toMatchObject({ verdict: 'violated', moves: 2, trace: ['app m = mmap A', 'app mr = reg_mr m local_write remote_write', 'admin ftruncate A 0'] }); // prettier-ignore
    expect(cell(all, 'wait', 'L1')).toMatchObject({ verdict: 'violated', moves: 2 });
    expect(cell(all, 'mainline', 'S1')).toMatchObject({ verdict: 'vacuous', trace: null, moves: null });
    expect(cell(all, 'mainline', 'S6')).toMatchObject({ verdict: 'holds', trace: null, moves: null });
  });
  test('says the same as check, with and without reductions', async () => {
    for (const option of ['unprotected', 'deferred-free'])
      for (const flags of [[], ['--no-reduction']]) {
        const matrix = await json('--world', 'two.dax', '--option', option, ...flags);
        const checked = JSON.parse((await call('check', '--json', 'two.dax', '--option', option)).out) as { properties: Record<string, { verdict: string }> }; // prettier-ignore
        expect(matrix.cells.map(({ property, verdict }) => [property, verdict])).toEqual(Object.entries(checked.properties).map(([id, { verdict }]) => [id, verdict])); // prettier-ignore
      }
  });
  test('takes options with knobs, several', async () => {
    const two = await json('--world', 'two.dax', '--option', 'wait pin.longterm=refuse', '--option=seed');
    expect([...new Set(two.cells.map(({ option }) => option))]).toEqual(['wait pin.longterm=refuse', 'seed']);
  });
  test('without --world it is the bundled one', async () => {
    const bundled = await json('--option', 'unprotected', '--max-states', '50');
    expect(bundled).toMatchObject({ world: 'default', complete: false });
    expect(cell(bundled, 'unprotected', 'L3')).toMatchObject({ verdict: 'unknown', bound: 'states' });
  });
});

describe('matrix for people', () => {
  test('fits 100 columns', async () => {
    const { out, status } = await call('matrix', '--world', 'two.dax', '--option', 'unprotected', '--option', 'wait pin.readonly=unshare write.onPin=wait'); // prettier-ignore
    expect(status).toBe(0);
    const lines = out.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    const ids = lines.findIndex((line) => line.includes('S5a'));
    const at = (id: string, line: string): string => line.slice((lines[ids] ?? '').indexOf(` ${id} `) + 1).split(' ')[0] ?? ''; // prettier-ignore
    expect([lines[ids + 1]?.split(' ')[0], at('S1', lines[ids + 1] ?? ''), at('S11', lines[ids + 1] ?? '')]).toEqual(['unprotected', 'V2', 'H']); // prettier-ignore
    expect(lines[ids + 2]).toBe('wait pin.readonly=unshare write.onPin=wait');
    expect(at('L1', lines[ids + 3] ?? '')).toBe('V2');
    expect(out).toContain('H holds, V4 violated in 4 moves');
  });
  test('--quote adds a line for each violated cell', async () => {
    const { out } = await call('matrix', '--world', 'two.dax', '--option', 'unprotected', '--quote');
    const violated = all.cells.filter(({ option, verdict }) => option === 'unprotected' && verdict === 'violated');
    const lines = out.split('\n').filter((line) => line.startsWith('unprotected: '));
    expect(lines).toHaveLength(violated.length);
    expect(lines[0]).toMatch(/^unprotected: S1 dma-to-free violated in 2 moves: app mr = reg_mr m local_write remote_write; admin ftruncate A 0 \(\d+ states?( visited)?, complete; Daxpin 0\.0\.0-test, kernel 7\.0, world two, operation grain, /); // prettier-ignore
  });
  test('Ctrl-C: the options so far, and not success', async () => {
    const stopping = caller(FILES, { interruptAfter: 1 });
    const { status, out } = await stopping('matrix', '--json', '--world', DEFAULT);
    expect(status).toBe(1);
    const partial = JSON.parse(out) as Matrix;
    expect(partial).toMatchObject({ complete: false, interrupted: true });
    expect(partial.cells).toHaveLength(PROPERTY_IDS.length);
    expect((await stopping('matrix', '--world', DEFAULT)).out).toContain('stopped after');
  });
});

describe('diff', () => {
  test('as JSON', async () => {
    const { out, status } = await call('diff', 'two.dax', '--option', 'wait', '--with', 'unprotected', '--json');
    expect(status).toBe(1);
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(found)).toEqual(['title', 'first', 'second', 'pairs', 'transitions', 'depth', 'complete', 'bound', 'difference', 'version']); // prettier-ignore
    expect(found).toMatchObject({
      first: { kernel: '7.0', option: { preset: 'wait' } },
      second: { option: { preset: 'unprotected' } },
      difference: {
        kind: 'result',
        trace: ['app m = mmap A', 'app mr = reg_mr m local_write remote_write', 'admin ftruncate A 0'],
        moves: 2,
        first: { possible: true, result: 'blocks', violated: [] },
        second: { possible: true, result: 'ok', violated: [] },
      },
    });
  });
  test('for people', async () => {
    const { out } = await call('diff', 'two.dax', '--option', 'wait', '--with', 'unprotected', '--properties');
    expect(out).toContain('wait and unprotected differ after 2 moves');
    expect(out).toMatch(/\nwait +it falls asleep\nunprotected +it returns ok, and violates S1\n$/);
    const kernels = await call('diff', 'two.dax', '--option', 'wait', '--with', 'wait', '--with-kernel', '6.12');
    expect(kernels.out).toContain('wait on 7.0 and wait on 6.12: no difference (');
  });
  test.each([
    [0, ['two.dax', '--option', 'wait', '--with', 'wait']],
    [1, ['two.dax', '--option', 'wait', '--with', 'wait', '--max-states', '3']],
    [1, ['two.dax', '--with', 'wait']],
    [2, ['two.dax']],
    [2, ['two.dax', '--with', 'wiat']],
    [2, ['two.dax', 'two.dax', '--with', 'wait']],
    [2, ['wrong.dax', '--with', 'wait']],
    [2, ['two.dax', '--wiht', 'wait']],
  ])('%i of %j', async (status, argv) => {
    const done = await call('diff', ...argv);
    expect(done.status).toBe(status);
    expect(done.err !== '').toBe(status === 2);
  });
});

test.each([
  [2, ['two.dax']],
  [2, ['--world', 'wrong.dax']],
  [2, ['--world', 'absent.dax']],
  [2, ['--world', 'two.dax', '--option', 'wiat']],
  [2, ['--wrold', 'two.dax']],
])('%i of matrix %j', async (status, argv) => {
  const done = await call('matrix', ...argv);
  expect(done.status).toBe(status);
  expect(done.err).not.toBe('');
});

test('help tells of all commands', async () => {
  const { out, status } = await call('help');
  expect(status).toBe(0);
  for (const command of ['run', 'check', 'matrix', 'diff', 'fmt'])
    expect(out).toMatch(new RegExp(`^  daxpin ${command} `, 'm'));
});
