import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/load.ts';
import { createClient } from '../../src/worker/client.ts';
import { collectRun, turnEnds } from '../../src/worker/collect.ts';
import { engineWorker, type EngineWorker } from '../support/engineWorker.ts';

const TEXT = 'file A ab\napp m = mmap A\napp store m 0 X\napp load m 1\n';

function program() {
  const loaded = loadScenario(TEXT);
  if (!loaded.ok) throw new Error('the text of this test is wrong');
  return loaded.value.program;
}

const through =
  (worker: EngineWorker) =>
  (tell: Parameters<typeof createClient>[0]): ReturnType<typeof createClient> =>
    createClient(tell, () => worker);

describe('a whole run', () => {
  test('has the start and the end of every turn', async () => {
    const { outline, moments } = await collectRun(program(), { create: through(engineWorker()) });
    expect([...moments.keys()]).toEqual(turnEnds(outline));
    for (const [at, moment] of moments) expect(moment.at).toBe(at);
    expect(outline.turns).toHaveLength(3);
  });

  test('has the places that were asked for, within the run', async () => {
    const worker = engineWorker();
    const { moments } = await collectRun(program(), { places: () => [2, 2, -1, 9999], create: through(worker) });
    expect([...moments.keys()]).toEqual([0, 2]);
    expect(worker.dead).toBe(true);
  });

  test('is given up when it is not wanted any more', async () => {
    const worker = engineWorker();
    worker.held = true;
    const control = new AbortController();
    const collected = collectRun(program(), { signal: control.signal, create: through(worker) });
    control.abort();
    await expect(collected).rejects.toThrow();
    expect(worker.dead).toBe(true);
  });
});
