import { describe, expect, test } from 'vitest';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { neighbours } from '../../src/viewmodel/labAway.ts';
import type { CellCard } from '../../src/viewmodel/labCard.ts';
import { COLUMNS } from '../../src/viewmodel/labCells.ts';
import { footerScene } from '../../src/viewmodel/labFooter.ts';
import type { OptionCardScene } from '../../src/viewmodel/labOptionCard.ts';
import { finalWords } from '../../src/viewmodel/labOutcomes.ts';
import { labScene } from '../../src/viewmodel/labScene.ts';
import type { LabSelection, LabState } from '../../src/viewmodel/labState.ts';
import { whatIfScene } from '../../src/viewmodel/labWhatIf.ts';
import { bytesInWords, grouped, rounded, timeInWords } from '../../src/viewmodel/labWords.ts';
import { checkOf, doneLab, doneRow, idleRow, labOf, progressAfter } from '../support/labFixtures.ts';

const BUILD = '1.2.3+abc1234';
const DONE = doneLab();

const rowsOf = (state: LabState) => labScene(state, BUILD).groups.flatMap(({ rows }) => rows);
const cell = (state: LabState, row: string, property: string) =>
  rowsOf(state)
    .find(({ id }) => id === row)
    ?.cells.find((one) => one.property === property);

function cellCard(selected: LabSelection, state: LabState = DONE): CellCard {
  const { card } = labScene({ ...state, selected }, BUILD);
  if (card?.type !== 'cell') throw new Error('no card of a cell');
  return card;
}

function optionCard(row: string, state: LabState = DONE): OptionCardScene {
  const { card } = labScene({ ...state, selected: { row } }, BUILD);
  if (card?.type !== 'option') throw new Error('no card of an option');
  return card;
}

describe('columns and rows', () => {
  test('every property, with a line before L1 and F1', () => {
    expect(COLUMNS.map(({ id }) => id)).toEqual(PROPERTY_IDS);
    expect(COLUMNS.filter(({ separated }) => separated).map(({ id }) => id)).toEqual(['L1', 'F1']);
    expect(COLUMNS.find(({ id }) => id === 'S4')?.name).toBe('COW isolation');
    expect(COLUMNS.find(({ id }) => id === 'S8')?.name).toBe('read-only pin written');
  });

  test('as in the thread, by name, by violations, by states', () => {
    const ids = (sort: LabState['sort']) => rowsOf({ ...DONE, sort }).map(({ id }) => id);
    expect(ids('thread')).toEqual(PRESET_NAMES);
    expect(ids('name')).toEqual([...PRESET_NAMES].sort());
    const violated = rowsOf({ ...DONE, sort: 'violated' }).map((row) => row.violated);
    expect(violated).toEqual([...violated].sort((a, b) => b - a));
    expect(violated[0]).toBeGreaterThan(0);
    const states = ids('states').map((id) => DONE.rows.find((row) => row.id === id)?.report?.states ?? 0);
    expect(states).toEqual([...states].sort((a, b) => b - a));
  });

  test('groups by safety: who is not decided is in neither', () => {
    const state = labOf([doneRow('unprotected'), doneRow('mainline'), idleRow('seed')], { group: 'safe' });
    expect(labScene(state, BUILD).groups.map(({ title, rows }) => [title, rows.map(({ id }) => id)])).toEqual([
      ['No safety property violated', ['mainline']],
      ['A safety property violated', ['unprotected']],
      ['Not decided yet', ['seed']],
    ]);
  });

  test('groups by who may pin hold every row once', () => {
    const groups = labScene({ ...DONE, group: 'pins' }, BUILD).groups;
    expect(groups.find(({ title }) => title === 'Longterm pins under a layout lease')?.rows.map(({ id }) => id)).toEqual(
      ['lease-revoke', 'lease-kill', 'lease-exclusive'],
    ); // prettier-ignore
    expect(groups.flatMap(({ rows }) => rows).length).toBe(PRESET_NAMES.length);
  });

  test('a hidden row is counted, not shown', () => {
    const state = labOf([doneRow('wait'), { ...doneRow('seed'), hidden: true }]);
    expect(rowsOf(state).map(({ id }) => id)).toEqual(['wait']);
    expect(labScene(state, BUILD).hidden).toBe(1);
  });
});

describe('cells', () => {
  test('a letter and a sentence for each verdict', () => {
    expect(cell(DONE, 'unprotected', 'S5b')).toMatchObject({
      mark: 'violated',
      text: 'V3',
      name: 'unprotected, S5b stale-read: violated in 3 steps',
    });
    expect(cell(DONE, 'unprotected', 'S5b')?.tip).toMatch(/^Violated in 3 steps: the remote read finds b .*\.$/);
    expect(cell(DONE, 'mainline', 'S11')).toMatchObject({ mark: 'holds', text: 'H', name: 'mainline, S11 accounting: holds' });
    expect(cell(DONE, 'mainline', 'S7')).toMatchObject({ mark: 'vacuous', text: 'n/a' });
  }); // prettier-ignore

  test('what a bound left open is unknown, and says which', () => {
    const report = checkOf('wait', { maxStates: 3 });
    const state = labOf([{ ...idleRow('wait'), status: 'done', report }]);
    expect(cell(state, 'wait', 'S5b')).toMatchObject({ mark: 'unknown', text: '?' });
    expect(cell(state, 'wait', 'S5b')?.name).toBe('wait, S5b stale-read: unknown, the bound of 3 states was reached');
    expect(cellCard({ row: 'wait', property: 'S5b' }, state).quote).toMatch(/unknown .*the bound of 3 states was reached/);
  }); // prettier-ignore

  test.each([
    ['idle', 'none'],
    ['queued', 'queued'],
    ['running', 'running'],
    ['paused', 'paused'],
    ['failed', 'failed'],
  ] as const)('of a row that is %s: %s', (status, mark) => {
    const state = labOf([{ ...idleRow('wait'), status, ...(status === 'failed' ? { message: 'line 3: no' } : {}) }]);
    expect(cell(state, 'wait', 'S1')?.mark).toBe(mark);
    if (status === 'failed') expect(cell(state, 'wait', 'S1')?.tip).toBe('Could not be checked: line 3: no.');
  });

  test('while it runs, what is found is told and the rest is open', () => {
    const progress = progressAfter('unprotected', 8);
    const state = labOf([{ ...idleRow('unprotected'), status: 'running', progress }]);
    expect(cell(state, 'unprotected', 'S1')).toMatchObject({ mark: 'violated', text: 'V2' });
    expect(cell(state, 'unprotected', 'L1')?.mark).toBe('running');
    expect(cell(state, 'unprotected', 'L1')?.tip).toMatch(/^Being checked\. No violation in the \d+ states so far\.$/);
  });
});

describe('the footer', () => {
  test('complete: every cell, and what it means', () => {
    const all = PRESET_NAMES.length * PROPERTY_IDS.length;
    expect(footerScene(DONE)).toMatchObject({ decided: all, all, progress: `${all} of ${all}`, buttons: ['again'] });
    expect(footerScene(DONE).spoken).toBe('Matrix complete: every state of every row was visited');
  });

  test('a bound is not called complete', () => {
    const report = checkOf('wait', { maxStates: 3 });
    const state = labOf([doneRow('mainline'), { ...doneRow('wait'), report }]);
    expect(footerScene(state).word).toBe('Matrix done; 1 of 2 rows reached a bound');
  });

  test('running: who, how much, how fast; silent in the live region', () => {
    const progress = progressAfter('wait', 8);
    const running = { ...idleRow('wait'), status: 'running', progress, perSecond: 1_900_000 } as const;
    const footer = footerScene(labOf([doneRow('mainline'), running, idleRow('seed')], { running: true }));
    expect(footer).toMatchObject({ now: ['wait'], buttons: ['pause', 'stop'], spoken: '', all: 54 });
    expect(footer.figures.map(({ text }) => text)).toContain('1.9 M states/s');
    expect(footer.figures.map(({ text }) => text).join()).not.toContain('left');
  });

  test('an estimate only when enough is done', () => {
    const rows = [doneRow('mainline'), doneRow('wait'), doneRow('seed'), { ...idleRow('revoke'), status: 'running', ms: 200 } as const];
    expect(footerScene(labOf(rows, { running: true })).figures.map(({ text }) => text)).toContain('about 1.0 s left');
    expect(footerScene(labOf(rows, { running: true, paused: true })).buttons).toEqual(['resume', 'stop']);
  }); // prettier-ignore

  test('stopped: the rest can be asked for', () => {
    const state = labOf([doneRow('mainline'), { ...doneRow('wait'), status: 'stopped' }, idleRow('seed')]);
    expect(footerScene(state)).toMatchObject({ buttons: ['rest', 'again'], word: 'Stopped: what was not decided is unknown' }); // prettier-ignore
    expect(footerScene(labOf([idleRow('wait')])).buttons).toEqual(['check']);
  });
});

describe('the card of a cell', () => {
  test('violated: the sentence, the trace in the words of the text, the knobs, one line to quote', () => {
    const card = cellCard({ row: 'unprotected', property: 'S5b' });
    expect(card.headline).toMatch(/^S5b is violated in 3 steps: the remote read finds b through mr\[1\]/);
    expect(card.traceTitle).toBe(card.trace.length === 3 ? 'Shortest trace' : '');
    expect(card.trace).toEqual(['app mr = reg_mr m local_write remote_read', 'admin ftruncate A 0', 'peer rdma_read mr 1']); // prettier-ignore
    expect(card.differs.map(({ knob, value }) => `${knob}=${value}`)).toEqual(['pin.longterm=allow', 'layout.onPin=ignore', 'reflink.onPin=allow']); // prettier-ignore
    const states = DONE.rows.find(({ id }) => id === 'unprotected')?.report?.states;
    expect(card.quote).toBe(
      `unprotected: S5b stale-read violated in 3 steps (${states} states, complete; Daxpin ${BUILD}, kernel 7.0, world small, operation grain)`,
    );
  });

  test('under a reduction that leaves states out, it says that these were visited', () => {
    const settings = { ...checkOf('wait').settings, symmetry: 'all' } as const;
    const state = labOf([{ ...idleRow('wait'), status: 'done', report: { ...checkOf('wait'), settings } }]);
    const card = cellCard({ row: 'wait', property: 'S11' }, state);
    expect(card.headline).toMatch(/^S11 holds in every one of \d+ states visited\.$/);
    expect(card.quote).toMatch(/ states visited, complete; .*, operation grain, reduced\)$/);
    expect(card.sure.find(({ what }) => what === 'Reductions')?.words).toContain('names of blocks');
  });

  test('holds: what was reached and what never happened', () => {
    const card = cellCard({ row: 'static-fs', property: 'S11' });
    expect(card.playable).toBe(false);
    expect(card.headline).toMatch(/^S11 holds in every one of \d+ states\.$/);
    const truncate = card.tried?.happened.find(({ text }) => text === 'admin ftruncate A 0');
    expect(truncate?.results).toEqual(['ETXTBSY']);
    expect(card.tried?.happened.map(({ text }) => text)).not.toContain('app m = mmap A');
    const mainline = cellCard({ row: 'mainline', property: 'S5b' });
    expect(mainline.headline).toBe('S5b is vacuous: no run of this world reaches what it speaks of.');
    expect(mainline.tried?.never).toEqual(['peer rdma_read mr 1']);
  });

  test('how sure: counts, extent, grain, kernel, build', () => {
    const sure = new Map(cellCard({ row: 'wait', property: 'L1' }).sure.map(({ what, words }) => [what, words]));
    expect(sure.get('Extent')).toBe('complete: every reachable state');
    expect(sure.get('Grain')).toBe('operation grain');
    expect(sure.get('Kernel')).toBe('7.0, read from source');
    expect(sure.get('Build')).toBe(`Daxpin ${BUILD}`);
  });

  test('one knob away: rows of the matrix are known, the others only once they were checked', () => {
    const { away } = cellCard({ row: 'wait', property: 'L1' });
    const refuse = away.entries.find(({ knob, value }) => knob === 'pin.longterm' && value === 'refuse');
    expect(refuse).toMatchObject({ row: 'mainline', answers: true });
    expect(refuse?.words).toContain('L1');
    expect(away.untried.length + away.entries.length + away.same).toBe(neighbours(doneRow('wait')).length);
    const report = checkOf('wait', {}, { 'layout.onPin': 'revoke' });
    const asked = { ...DONE, away: { row: 'wait', running: false, all: 1, checked: [{ knob: 'layout.onPin', value: 'revoke', report }] } } as const; // prettier-ignore
    const found = cellCard({ row: 'wait', property: 'L1' }, asked).away.entries;
    expect(found.find(({ knob, value }) => knob === 'layout.onPin' && value === 'revoke')).toMatchObject({
      words: 'L1 holds; L7 violated',
      answers: true,
    });
  });

  test('outcomes: the condition as herd7 tells it, final states by how many', () => {
    const report = checkOf('unprotected', { symmetry: 'free', order: false, maxOutcomes: 100 });
    const card = cellCard({ row: 'unprotected', property: 'S5b' }, { ...DONE, outcomes: { row: 'unprotected', status: 'done', report } }); // prettier-ignore
    const [claim] = report.claims;
    expect(card.outcomes?.claims[0]).toMatchObject({ verdict: 'holds', observation: `Observation small Sometimes ${claim?.positive} ${claim?.negative}` }); // prettier-ignore
    const counts = card.outcomes?.list.map(({ count }) => count) ?? [];
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const [most] = card.outcomes?.list ?? [];
    expect(report.outcomes[most?.k ?? -1]?.count).toBe(most?.count);
  });

  test('a difference: the moves, and what each option does at the last', () => {
    const told = { possible: true, result: 'ok', violated: [] };
    const difference = { kind: 'result', setup: [], trace: [{ type: 'entry', task: 0, entry: 1 }], first: told, second: { ...told, result: 'EOPNOTSUPP' } } as const; // prettier-ignore
    const report = { pairs: 2, transitions: 2, depth: 1, complete: true, difference };
    const state: LabState = { ...DONE, difference: { first: 'wait', second: 'mainline', status: 'done', report } };
    const scene = cellCard({ row: 'wait', property: 'S1' }, state).difference;
    expect(scene.found).toEqual({
      trace: ['app mr = reg_mr m local_write remote_read'],
      sides: [
        { which: 'first', name: 'wait', told: 'ok' },
        { which: 'second', name: 'mainline', told: 'EOPNOTSUPP' },
      ],
    });
    const none: LabState = { ...DONE, difference: { first: 'wait', second: 'mainline', status: 'done', pairs: 7, report: { pairs: 7, transitions: 9, depth: 2, complete: true } } }; // prettier-ignore
    expect(cellCard({ row: 'wait', property: 'S1' }, none).difference.word).toBe('No run tells them apart: 7 pairs of states, complete.'); // prettier-ignore
  });
});

describe('the card of an option', () => {
  test('what it does, who stood for it and against it, with addresses', () => {
    const card = optionCard('seed');
    expect(card.proposed[0]?.head).toContain('Gunthorpe');
    expect(card.proposed.concat(card.objections).some(({ address }) => address?.startsWith('https://lore.kernel.org/'))).toBe(true); // prettier-ignore
    expect(card.refuses).toEqual(['reflink', 'punch', 'shrink']);
    expect(card.knobs.filter(({ differs }) => differs).map(({ knob }) => knob)).toContain('pin.readonly');
    expect(card.violated.map(({ id }) => id)).toEqual(['L8', 'F1']);
    expect(card.quote).toMatch(/^seed: violated L8 in 1, F1 in 1; vacuous /);
  });

  test('a device without a file system has no knobs', () => {
    expect(optionCard('device-dax')).toMatchObject({ knobs: [], refuses: ['reflink', 'punch', 'shrink', 'names and permissions'] }); // prettier-ignore
    expect(neighbours(idleRow('device-dax'))).toEqual([]);
  });
});

describe('words', () => {
  test('numbers', () => {
    expect([0, 999, 1000, 3914220].map(grouped)).toEqual(['0', '999', '1,000', '3,914,220']);
    expect([812, 9999, 240_400, 1_900_000].map(rounded)).toEqual(['812', '9,999', '240 k', '1.9 M']);
    expect([1, 2 ** 24, 3 * 2 ** 29].map(bytesInWords)).toEqual(['1 MiB', '16 MiB', '1.5 GiB']);
    expect([40, 12_400, 200_000].map(timeInWords)).toEqual(['0.0 s', '12 s', '3 min']);
  });

  test('final states: what is as usual is left out', () => {
    const final = { files: { A: { size: 2, data: 'aX', blocks: [0, null], refcounts: [1, null] } }, free: 3, zombie: 1, mrs: { mr: { state: 'live', blocks: [0] } }, actors: { app: 'idle', admin: 'blocked' } } as const; // prettier-ignore
    expect(finalWords(final)).toBe('A=aX@0,-  free=3  zombie=1  mr=live@0  admin=blocked');
  });

  test('what if: a knob put back is no change', () => {
    expect(whatIfScene('wait', { 'pin.readonly': 'unshare', 'hw.odp': 'on' })).toMatchObject({
      text: 'wait pin.readonly=unshare',
      changed: true,
      option: { preset: 'wait', set: { 'pin.readonly': 'unshare' } },
    });
    expect(whatIfScene('wait', { 'pin.readonly': 'share' }).changed).toBe(false);
  });
});
