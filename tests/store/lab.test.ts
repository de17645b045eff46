import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noJournal } from '../../src/library/journal.ts';
import { memoryShelf } from '../../src/library/shelf.ts';
import { openPlayer } from '../../src/store/actions.ts';
import { closeLibrary, openLibrary } from '../../src/store/keeping.ts';
import { addWhatIf, chooseWorld, findAway, findDifference, findOutcomes, hideRow, leaveLab, openLab, pause, play, playDifference, playOutcome, playWitness, removeRow, renameRow, restart, resume, select, setGrain, setKernel, setMaxStates, showAll, start, startRow, stop, worldFromText } from '../../src/store/lab.ts'; // prettier-ignore
import { bytesEach } from '../../src/store/labPool.ts';
import { lab, rowOf } from '../../src/store/labStore.ts';
import { disconnect } from '../../src/store/session.ts';
import { page, TRACE } from '../../src/store/store.ts';
import { traceOf, tracesOpened } from '../../src/store/traces.ts';
import { editText, newScenario, openName } from '../../src/store/workshop.ts';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { endLab, startLab, type StartedLab } from '../support/startLab.ts';

/** Small: a search of it is a matter of milliseconds. */
const WORLD = `title "Small"
device 4
file A ab
file B = reflink A 0 1
app m = mmap A
any app x2: store m 0 X | mr = reg_mr m local_write remote_write
any admin x1: ftruncate A 0
any peer x1: rdma_write mr 1 X
`;

const host = () =>
  Promise.resolve({
    shelf: memoryShelf(true),
    journal: noJournal,
    channel: { post: () => undefined, listen: () => undefined },
  });

let started: StartedLab;
beforeEach(async () => {
  started = startLab();
  await openLibrary(host);
  openPlayer();
  newScenario();
  editText(WORLD);
  worldFromText();
});
afterEach(() => {
  endLab();
  closeLibrary();
  disconnect();
});

const statuses = (): readonly string[] => [...new Set(lab().rows.map(({ status }) => status))];
const violated = (row: string) => PROPERTY_IDS.filter((id) => rowOf(row)?.report?.properties[id].type === 'violated');

describe('worlds', () => {
  test('those that come with the page, the default one first and open; then the text that is open', () => {
    expect(lab().worlds[0]).toMatchObject({ source: 'bundled', id: 'default' });
    expect(lab().world).toMatchObject({ source: 'own', id: page().scenario, title: 'Small', text: WORLD });
    chooseWorld('default');
    expect(lab().world?.id).toBe('default');
    expect(lab().rows.map(({ id }) => id)).toEqual(PRESET_NAMES);
    chooseWorld(page().scenario);
    expect(lab().world?.text).toBe(WORLD);
  });

  test('one that there is not is told of, and the world stays', () => {
    chooseWorld('nowhere');
    expect(page().notice?.text).toContain("no world named 'nowhere'");
    expect(lab().world?.text).toBe(WORLD);
  });

  test('an edited text is another world: what was known is of the old one', async () => {
    start();
    await started.work();
    openPlayer();
    editText(`${WORLD}# more\n`);
    worldFromText();
    expect(statuses()).toEqual(['idle']);
  });

  test('a text with errors fails in every row, with the place', () => {
    openPlayer();
    editText('file A ab\napp fly A\n');
    worldFromText();
    start();
    expect(statuses()).toEqual(['failed']);
    expect(rowOf('wait')?.message).toMatch(/^line 2: /);
    expect(lab().running).toBe(false);
  });
});

describe('the matrix', () => {
  test('every row gets its answer; each verdict is there', async () => {
    start();
    expect(lab().running).toBe(true);
    expect(statuses()).toEqual(['queued']);
    await started.work();
    expect(lab().running).toBe(false);
    expect(statuses().toSorted()).toEqual(['done']);
    expect(violated('unprotected')).toContain('S1');
    expect(violated('wait')).not.toContain('S1');
    expect(rowOf('wait')?.ms).toBeGreaterThanOrEqual(0);
  });

  test('no more workers than there are, and as many as wanted', async () => {
    start();
    await Promise.resolve();
    expect(started.workers).toHaveLength(2);
    expect(lab().workers).toBe(2);
    expect(lab().rows.filter(({ status }) => status === 'running')).toHaveLength(2);
  });

  test('stop: what runs tells what it knows, what waits is as before; start asks for the rest', async () => {
    start();
    await Promise.resolve();
    started.workers[0]?.work(5, 1);
    stop();
    await started.work();
    expect(lab().running).toBe(false);
    expect(lab().rows.filter(({ status }) => status === 'stopped').map(({ id }) => id)).toEqual(['mainline', 'unprotected']); // prettier-ignore
    expect(rowOf('mainline')?.report).toMatchObject({ complete: false, bound: 'stopped' });
    expect(rowOf('seed')?.status).toBe('idle');
    start();
    await started.work();
    expect(rowOf('mainline')?.report?.complete).toBe(true);
  });

  test('paused: nothing goes on, and then all of it; stop works in between', async () => {
    start();
    await Promise.resolve();
    pause();
    expect(lab().paused).toBe(true);
    for (const worker of started.workers) worker.work();
    expect(statuses().toSorted()).toEqual(['paused', 'queued']);
    resume();
    expect(lab().rows.filter(({ status }) => status === 'running')).toHaveLength(2);
    pause();
    stop();
    await started.work();
    expect(lab()).toMatchObject({ running: false, paused: false });
    expect(statuses().toSorted()).toEqual(['idle', 'stopped']);
  });

  test('restart forgets; a hidden row is left alone; one row alone can be asked again', async () => {
    hideRow('seed');
    start();
    await started.work();
    const before = rowOf('wait')?.report;
    restart();
    expect(rowOf('wait')?.report).toBe(undefined);
    await started.work();
    expect(rowOf('wait')?.report).toEqual(before);
    expect(rowOf('seed')?.status).toBe('idle');
    showAll();
    startRow('seed');
    expect(rowOf('wait')?.report).toEqual(before);
    await started.work();
    expect(rowOf('seed')?.status).toBe('done');
  });

  test.each([
    ['the kernel', () => setKernel('6.12')],
    ['the grain', () => setGrain('micro')],
  ])('%s is another question: searches for the old one are given up', async (_, change) => {
    start();
    await Promise.resolve();
    change();
    expect(statuses()).toEqual(['idle']);
    for (const worker of started.workers) worker.work();
    expect(statuses()).toEqual(['idle']);
    start();
    await started.work();
    expect(rowOf('wait')?.status).toBe('done');
  });

  test('a bound that was too low is asked again when it is raised', async () => {
    setMaxStates(10);
    start();
    await started.work();
    expect(rowOf('wait')?.report).toMatchObject({ complete: false, bound: 'states' });
    setMaxStates(1_000_000);
    start();
    await started.work();
    expect(rowOf('wait')?.report?.complete).toBe(true);
    for (const most of [0, -1, 1.5, NaN, Infinity]) setMaxStates(most);
    expect(lab().maxStates).toBe(1_000_000);
  });

  test('a worker that dies twice on a row fails it, and the others get theirs', async () => {
    start();
    await Promise.resolve();
    const kill = (k: number): void => {
      const worker = started.workers[k];
      const event = Object.assign(new Event('error'), { message: 'out of memory' }) as ErrorEvent;
      worker?.onerror?.call(worker as unknown as Worker, event);
    };
    kill(0);
    expect(rowOf('mainline')?.status).toBe('running');
    kill(2);
    expect(rowOf('mainline')).toMatchObject({ status: 'failed', message: expect.stringContaining('out of memory') as string }); // prettier-ignore
    await started.work();
    expect(rowOf('seed')?.status).toBe('done');
  });

  test('left and found again as it was; the workers end', async () => {
    start();
    await started.work();
    const before = lab();
    leaveLab();
    expect(page().screen).toBe('player');
    expect(started.workers.every(({ dead }) => dead)).toBe(true);
    openLab();
    expect(page().screen).toBe('lab');
    expect(lab()).toEqual(before);
  });
});

describe('what if', () => {
  test('a row with a knob changed has its own answer, and is kept', async () => {
    start();
    await started.work();
    const id = addWhatIf('unprotected', { 'free.onPin': 'defer' });
    expect(rowOf(id ?? '')).toMatchObject({ name: 'unprotected free.onPin=defer', own: true, status: 'queued' });
    await started.work();
    expect(violated('unprotected')).toContain('S1');
    expect(violated(id ?? '')).not.toContain('S1');
    expect(started.storage.length).toBe(1);
    renameRow(id ?? '', '  Mine ');
    startLab({ storage: started.storage });
    expect(lab().rows.at(-1)).toMatchObject({ id, name: 'Mine', option: { preset: 'unprotected', set: { 'free.onPin': 'defer' } } }); // prettier-ignore
    removeRow(id ?? '');
    expect(started.storage.length).toBe(0);
    expect(lab().rows).toHaveLength(PRESET_NAMES.length);
  });

  test('presets are neither renamed nor removed', () => {
    renameRow('wait', 'Mine');
    removeRow('wait');
    expect(rowOf('wait')?.name).toBe('wait');
  });

  test('nothing changed, a value that is none, and too many are refused with the reason', () => {
    expect(addWhatIf('wait', {})).toBe(undefined);
    expect(page().notice?.text).toBe('No knob is changed.');
    expect(addWhatIf('wait', { 'free.onPin': 'never' })).toBe(undefined);
    expect(page().notice?.text).toContain('never');
    for (let n = 0; n < 50; n++) expect(addWhatIf('wait', { 'hw.odp': 'off' })).toBeDefined();
    expect(addWhatIf('wait', { 'hw.odp': 'off' })).toBe(undefined);
    expect(page().notice?.text).toContain('50');
    expect(new Set(lab().rows.map(({ name }) => name)).size).toBe(lab().rows.length);
  });

  test('a storage that refuses is told', () => {
    started.storage.setItem = () => {
      throw new Error('full');
    };
    addWhatIf('wait', { 'hw.odp': 'off' });
    expect(lab().kept).toBe(false);
  });
});

describe('a violated cell plays', () => {
  /** What the player shows of the run. */
  const shownIds = () => started.page.shown().outline.violations.map(({ id }) => id);

  test('each one, of every row: the text runs, and violates the property there', async () => {
    start();
    await started.work();
    let played = 0;
    for (const row of lab().rows) {
      for (const property of violated(row.id)) {
        play({ row: row.id, property });
        const { outline, moment, program } = started.page.shown();
        expect(program.option.preset).toBe(row.id);
        if (property === 'L1') expect(moment.at).toBe(outline.length);
        else expect(outline.violations.some(({ id, at }) => id === property && at <= moment.at)).toBe(true);
        expect(shownIds()).toContain(property);
        openLab();
        played += 1;
      }
    }
    expect(played).toBeGreaterThan(10);
  });

  test('beside what was open; an edit makes it the user’s own', async () => {
    start();
    await started.work();
    const own = page().own.length;
    play({ row: 'unprotected', property: 'S1' });
    expect(page()).toMatchObject({ screen: 'player' });
    expect(page().scenario.startsWith(TRACE)).toBe(true);
    expect(openName()).toBe('S1 dma-to-free: unprotected');
    expect(page().own).toHaveLength(own);
    const found = page().text;
    editText(`${found}# mine\n`);
    expect(page().scenario).toMatch(/^own:/);
    expect(page().own).toHaveLength(own + 1);
    expect(tracesOpened().map(({ text }) => text)).toEqual([found]);
  });

  test('twice is one text', async () => {
    start();
    await started.work();
    play({ row: 'unprotected', property: 'S1' });
    const { scenario } = page();
    play({ row: 'unprotected', property: 'S1' });
    expect(page().scenario).toBe(scenario);
    expect(traceOf(scenario)?.text).toBe(page().text);
  });

  test('a cell that holds does nothing', async () => {
    start();
    await started.work();
    play({ row: 'wait', property: 'S1' });
    expect(page().screen).toBe('lab');
  });
});

describe('questions beside the matrix', () => {
  test('final states: each with a run that ends so', async () => {
    findOutcomes('unprotected');
    await started.work();
    const { outcomes } = lab();
    expect(outcomes).toMatchObject({ row: 'unprotected', status: 'done' });
    const all = outcomes?.report?.outcomes ?? [];
    expect(all.length).toBeGreaterThan(1);
    all.slice(0, 5).forEach((outcome, k) => {
      openLab();
      playOutcome(k);
      expect(started.page.shown().moment.at).toBe(started.page.shown().outline.length);
      expect(outcome.count).toBeGreaterThan(0);
    });
    const witness = outcomes?.report?.witnesses.find(({ text }) => text.includes('rdma_write'));
    const result = witness?.results[0]?.result;
    if (witness === undefined || result === undefined) throw new Error('rdma_write was never done');
    openLab();
    playWitness('unprotected', { line: witness.line, text: witness.text, result });
    expect(started.page.shown().outline.steps.at(-1)?.result).toBe(result);
  });

  test('one knob away: an answer for each neighbour, without the row’s own', async () => {
    findAway('wait');
    const all = lab().away?.all ?? 0;
    expect(all).toBeGreaterThan(15);
    await started.work();
    expect(lab().away).toMatchObject({ running: false });
    expect(lab().away?.checked).toHaveLength(all);
    expect(rowOf('wait')?.status).toBe('idle');
  });

  test('a difference between two rows plays under either', async () => {
    findDifference('wait', 'etxtbsy');
    await started.work();
    const { difference } = lab();
    expect(difference).toMatchObject({ status: 'done', first: 'wait', second: 'etxtbsy' });
    const told = difference?.report?.difference;
    expect(told?.trace.length).toBeGreaterThan(0);
    for (const which of ['first', 'second'] as const) {
      openLab();
      playDifference(which);
      expect(started.page.shown().program.option.preset).toBe(which === 'first' ? 'wait' : 'etxtbsy');
    }
  });

  test('another question drops them', async () => {
    findAway('wait');
    findOutcomes('wait');
    findDifference('wait', 'seed');
    setKernel('6.12');
    for (const worker of started.workers) worker.work();
    await started.work();
    expect(lab()).not.toHaveProperty('away');
    expect(lab()).not.toHaveProperty('outcomes');
    expect(lab()).not.toHaveProperty('difference');
  });
});

test('the selected cell of a preset is in the address, that of an own row is not', () => {
  chooseWorld('default');
  select({ row: 'wait', property: 'L1' });
  expect(page().labPlace).toEqual({ world: 'default', preset: 'wait', property: 'L1' });
  const id = addWhatIf('wait', { 'hw.odp': 'off' }) ?? '';
  select({ row: id, property: 'L1' });
  expect(page().labPlace).toEqual({ world: 'default' });
  openLab({ world: 'short-pins', preset: 'seed', property: 'S4' });
  expect(lab().selected).toEqual({ row: 'seed', property: 'S4' });
  expect(lab().world?.id).toBe('short-pins');
});

test.each([
  [1, undefined, 1024],
  [1, 8, 1024],
  [7, 8, 585],
  [3, 1, 171],
  [31, 0.25, 128],
])('%i workers on %s GiB have %i MiB each', (workers, gib, mib) => {
  expect(bytesEach(workers, gib)).toBe(mib * 2 ** 20);
});
