// The comparison without a screen: page, stores and the real engine.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openHash } from '../../src/store/links.ts';
import * as actions from '../../src/store/actions.ts';
import { connectCompare, goToRow, setOther, swapSides, toggleFold, whyNotSwapped } from '../../src/store/compare.ts';
import { findShortest, whyNotFound } from '../../src/store/compareFind.ts';
import { compareCell, compareDifference, compareOption, neighboursToCompare } from '../../src/store/labCompare.ts';
import { addWhatIf, findDifference, select, startRow } from '../../src/store/lab.ts';
import { lab } from '../../src/store/labStore.ts';
import { compared } from '../../src/store/compareStore.ts';
import { addressNow } from '../../src/store/addressNow.ts';
import { formatAddress, formatLink, parseAddress } from '../../src/store/address.ts';
import { togglePlay } from '../../src/store/playback.ts';
import { disconnect } from '../../src/store/session.ts';
import { page, setPage } from '../../src/store/store.ts';
import { createClient } from '../../src/worker/client.ts';
import { engineWorker } from '../support/engineWorker.ts';
import { endLab, startLab } from '../support/startLab.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const settled = async (): Promise<void> => {
  await vi.waitFor(() => {
    const { comparison, left, right } = compared();
    expect(comparison !== undefined || [left, right].some(({ status }) => status === 'refused')).toBe(true);
    expect([left.status, right.status]).not.toContain('running');
  });
};

const options = (): string[] => [compared().left.option, compared().right.option];

beforeEach(() => connectCompare((tell) => createClient(tell, () => engineWorker())));
afterEach(() => {
  disconnect();
  vi.useRealTimers();
});

describe('the clock', () => {
  beforeEach(async () => {
    startPage({ scenario: READ_MR_ID });
    await actions.openCompare();
    await settled();
  });

  test('opens with the seed beside it, at the place of the player', async () => {
    expect([page().screen, ...options(), compared().row]).toEqual(['compare', 'wait', 'seed', 0]);
    actions.leaveCompare();
    actions.goToStep(2);
    await actions.openCompare();
    expect([compared().row, page().comparePlace?.at]).toEqual([3, 33]);
  });

  test('the step commands of the page step both', () => {
    actions.stepForward();
    actions.stepForward();
    expect([compared().row, page().comparePlace?.at]).toEqual([2, 24]);
    actions.stepBack();
    expect(compared().row).toBe(1);
    actions.goToNextViolation();
    expect(compared().row).toBe(3);
    actions.last();
    expect(compared().row).toBe(5);
    actions.stepForward();
    expect(compared().row).toBe(5);
    actions.first();
    expect(compared().row).toBe(0);
    actions.goToFirstDifference();
    expect(compared().row).toBe(2);
    // The player's own run was left alone.
    expect(page().shown?.moment.at).toBe(0);
  });

  test('micro-steps go through a row on both sides; the shorter waits at its end', async () => {
    goToRow(2);
    const at = (): readonly [number, number] => [compared().row, compared().micro];
    actions.stepForward('micro');
    // The store: nine micro-steps under wait, one under the seed.
    await vi.waitFor(() => expect(at()).toEqual([3, 1]));
    expect([...compared().inner.left.keys()].filter((key) => key > 24)).toEqual([25, 26, 27, 28, 29, 30, 31, 32]);
    expect(compared().inner.left.get(25)?.at).toBe(25);
    for (let micro = 2; micro < 9; micro++) {
      actions.stepForward('micro');
      await vi.waitFor(() => expect(at()).toEqual([3, micro]));
    }
    actions.stepForward('micro');
    await vi.waitFor(() => expect(at()).toEqual([3, 0]));
    actions.stepBack('micro');
    await vi.waitFor(() => expect(at()).toEqual([3, 8]));
    actions.stepForward();
    expect(at()).toEqual([3, 0]);
    actions.stepBack('micro');
    await vi.waitFor(() => expect(at()).toEqual([3, 8]));
    actions.stepBack();
    expect(at()).toEqual([2, 0]);
    actions.first();
    actions.stepBack('micro');
    actions.stepForward('micro');
    // One micro-step each: its end at once.
    await vi.waitFor(() => expect(at()).toEqual([1, 0]));
    actions.last();
    actions.stepForward('micro');
    expect(at()).toEqual([5, 0]);
  });

  test('the midst of a row is in the address, and opens there', async () => {
    goToRow(2);
    actions.stepForward('micro');
    await vi.waitFor(() => expect(compared().micro).toBe(1));
    actions.stepForward('micro');
    await vi.waitFor(() => expect(compared().micro).toBe(2));
    const link = formatLink(addressNow() ?? {});
    expect(link).toContain('&r=3&i=2');
    actions.first();
    expect(formatLink(addressNow() ?? {})).not.toContain('&i=');
    openHash(link);
    await vi.waitFor(() => expect([compared().row, compared().micro]).toEqual([3, 2]));
    // What is none opens the row.
    openHash(formatLink({ ...parseAddress(link), inRow: 99 }));
    await vi.waitFor(() => expect([compared().row, compared().micro]).toEqual([3, 0]));
  });

  test('the options change places, where the player can take the right one', async () => {
    swapSides();
    await settled();
    expect(options()).toEqual(['seed', 'wait']);
    setOther('wait pin.readonly=unshare');
    await settled();
    expect(whyNotSwapped()).toMatch(/knobs of its own/);
    swapSides();
    expect(options()).toEqual(['seed', 'wait pin.readonly=unshare']);
  });

  test('plays to the end and begins again', () => {
    vi.useFakeTimers();
    togglePlay();
    expect(compared().row).toBe(1);
    vi.advanceTimersByTime(2400 * 4 + 100);
    expect([compared().row, page().playing]).toEqual([5, true]);
    vi.advanceTimersByTime(2500);
    expect(page().playing).toBe(false);
    togglePlay();
    expect([compared().row, page().playing]).toEqual([0, true]);
    goToRow(3);
    expect(page().playing).toBe(false);
  });

  test('another option keeps the step', async () => {
    goToRow(3);
    setOther('revoke');
    await settled();
    await vi.waitFor(() => expect(compared().comparison?.right.program.option.preset).toBe('revoke'));
    expect(compared().row).toBe(3);
    actions.setOption('unprotected');
    await vi.waitFor(() => expect(compared().comparison?.left.program.option.preset).toBe('unprotected'));
    expect([...options(), compared().row]).toEqual(['unprotected', 'revoke', 3]);
  });

  test('another scenario stays on this screen, from its beginning', async () => {
    goToRow(3);
    actions.openScenario('18-truncate-three-users');
    await vi.waitFor(() => expect(compared().comparison?.rows.length).toBe(19));
    expect([page().screen, compared().row, compared().right.option]).toEqual(['compare', 0, 'seed']);
    toggleFold(1);
    expect(compared().opened).toEqual(new Set([1]));
    toggleFold(1);
    expect(compared().opened).toEqual(new Set());
    // Rows that only one side has can be linked to.
    goToRow(18);
    expect(page().comparePlace).toEqual({ other: 'seed', at: 85 });
    setOther('wait');
    await vi.waitFor(() => expect(compared().comparison?.first).toBeUndefined());
    actions.leaveCompare();
    expect(page().screen).toBe('player');
  });

  test('back in the player the place is that of the left run', async () => {
    goToRow(4);
    actions.leaveCompare();
    await vi.waitFor(() => expect(page().shown?.moment.at).toBe(38));
    expect(page().screen).toBe('player');
  });
});

describe('the address', () => {
  test('names both options and the place, and opens them', async () => {
    startPage(parseAddress(`#s=${READ_MR_ID}&o=unprotected&at=33&c=seed+pin.readonly%3Dshare`));
    await settled();
    expect([page().screen, ...options()]).toEqual(['compare', 'unprotected', 'seed pin.readonly=share']);
    expect(compared().row).toBe(3);
    const address = formatAddress(addressNow() ?? {});
    expect(address).toMatch(
      new RegExp(`^#s=${READ_MR_ID}&o=unprotected&n=3&f=[\\w-]{6}&c=seed\\+pin\\.readonly%3Dshare$`),
    );
    goToRow(4);
    expect(addressNow()).toMatchObject({ compare: 'seed pin.readonly=share' });
    // Another place of the same comparison: the browser's Back.
    actions.openAddress(parseAddress(`#s=${READ_MR_ID}&o=unprotected&at=24&c=seed+pin.readonly%3Dshare`));
    expect(compared().row).toBe(2);
    actions.openAddress(parseAddress(address));
    expect(compared().row).toBe(3);
  });

  test('a row that the left run has no turn in is named by its number', async () => {
    startPage(parseAddress('#s=18-truncate-three-users&o=seed&c=wait'));
    await settled();
    goToRow(18);
    expect(addressNow()).toMatchObject({ compare: 'wait', place: { turn: 16 }, row: 18 });
    const address = formatAddress(addressNow() ?? {});
    goToRow(0);
    actions.openAddress(parseAddress(address));
    expect(compared().row).toBe(18);
  });

  test.each(['nonsense', 'seed pin.readonly=never', 'seed wait'])('no option: %s; the run alone is opened', (other) => {
    startPage(parseAddress(`#s=${READ_MR_ID}&c=${encodeURIComponent(other)}`));
    expect(page().screen).toBe('player');
    expect(page().notice?.text).toContain(`compares with '${other}', which is no option`);
  });

  test.each(['#c=seed&r=-1', '#c=seed&r=9999999999', '#r=3'])('%s has no row', (hash) => {
    expect(parseAddress(hash).row).toBeUndefined();
  });

  test('a text with an error is refused on both sides, and comes back when it is put right', async () => {
    startPage({ scenario: READ_MR_ID });
    await actions.openCompare();
    await settled();
    const { text } = page();
    setPage({ text: 'file A ab\napp wrong A\n' });
    const { left, right, comparison } = compared();
    expect([left.status, right.status, comparison]).toEqual(['refused', 'refused', undefined]);
    expect(left.message).toMatch(/^line 2: /);
    setPage({ text });
    await settled();
    expect(compared().comparison?.first).toBe(2);
  });
});

describe('the shortest difference', () => {
  test('a text without menus has one run, and that is said', () => {
    const started = startPage({ scenario: READ_MR_ID });
    expect(whyNotFound(started.shown().program)).toMatch(/^This text leaves no choice/);
  });
});

describe('from the lab', () => {
  afterEach(endLab);

  test('a violated cell opens its run under both options, where it is violated', async () => {
    const started = startLab({ address: { scenario: READ_MR_ID } });
    startRow('wait');
    await started.work();
    compareCell({ row: 'wait', property: 'S5b' }, 'seed');
    await settled();
    expect([page().screen, ...options()]).toEqual(['compare', 'wait', 'seed']);
    const { comparison, row } = compared();
    expect(page().scenario).toMatch(/^trace:/);
    expect(comparison?.left.outline.violations.some(({ id }) => id === 'S5b')).toBe(true);
    expect(comparison?.right.outline.violations).toEqual([]);
    expect(row).toBe(comparison?.rows.length);
  });

  test('an option card opens the scenario of the player; an option of one’s own stands on the right', async () => {
    startLab({ address: { scenario: READ_MR_ID } });
    compareOption('revoke', 'mainline');
    await settled();
    expect([page().scenario, ...options(), compared().row]).toEqual([READ_MR_ID, 'revoke', 'mainline', compared().comparison?.first]); // prettier-ignore
    const own = addWhatIf('static-fs', { 'pin.readonly': 'unshare' }) ?? '';
    select({ row: own });
    compareOption(own, 'seed');
    await vi.waitFor(() => expect(compared().comparison?.right.program.option.preset).toBe('static-fs'));
    expect(options()).toEqual(['seed', 'static-fs pin.readonly=unshare']);
    expect([neighboursToCompare('seed'), neighboursToCompare('wait')]).toEqual([['mainline'], ['mainline', 'seed']]);
  });

  test('the found difference opens where the two part', async () => {
    const started = startLab({ address: { scenario: READ_MR_ID } });
    findDifference('wait', 'mainline');
    for (let n = 0; n < 200 && lab().difference?.status === 'running'; n++) await started.work();
    compareDifference();
    await settled();
    const { comparison, row } = compared();
    expect(options()).toEqual(['wait', 'mainline']);
    expect([row, comparison?.rows.length]).toEqual([comparison?.first, comparison?.first]);
    expect(comparison?.rows.at(-1)?.differs).toContain('result');
  });

  test('a text with menus: the shortest run that tells the two apart is found and opened', async () => {
    const started = startLab({ address: { scenario: READ_MR_ID } });
    compareOption('wait', 'mainline');
    await settled();
    const { compareScenario } = actions;
    const { addTrace } = await import('../../src/store/traces.ts');
    const text = 'title "Mine"\ndevice 4\noption wait\nfile A ab\napp m = mmap A\nany app x1: mr = reg_mr m remote_read\nany admin x1: ftruncate A 0\n'; // prettier-ignore
    compareScenario(addTrace('mine', text), undefined, { other: 'unprotected' });
    await vi.waitFor(() => expect(compared().comparison?.left.program.title).toBe('Mine'));
    expect(compared().comparison?.first).toBeUndefined();
    findShortest();
    for (let n = 0; n < 200 && compared().find !== undefined; n++) await started.work();
    await vi.waitFor(() => expect(compared().comparison?.first).toBeDefined());
    expect(options()).toEqual(['wait', 'unprotected']);
    expect(compared().row).toBe(compared().comparison?.first);
    expect(compared().comparison?.left.program.steps.map(({ text: line }) => line)).toEqual(['m = mmap A', 'mr = reg_mr m remote_read', 'ftruncate A 0']); // prettier-ignore
  });
});
