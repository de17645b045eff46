// The lab without a screen: page, store, pool and the real checking engine, driven by the test.
import { connectPool, closePool } from '../../src/store/labPool.ts';
import { closeOptions, openOptions } from '../../src/store/labKeeping.ts';
import { openLab } from '../../src/store/lab.ts';
import { emptyLab, lab, labStore } from '../../src/store/labStore.ts';
import { openTraces } from '../../src/store/traces.ts';
import { createPool } from '../../src/worker/checkPool.ts';
import { engineCheckWorker, type EngineCheckWorker } from './checkWorker.ts';
import { startPage, type StartedPage } from './startPage.ts';

export const memoryStorage = (entries: Readonly<Record<string, string>> = {}): Storage => {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (i) => [...map.keys()][i] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
  };
};

export type StartedLab = {
  readonly page: StartedPage;
  readonly workers: readonly EngineCheckWorker[];
  readonly storage: Storage;
  /** Until nothing is left to do. */
  readonly work: () => Promise<void>;
};

export function startLab({ storage = memoryStorage(), size = 2, address = {} }: { storage?: Storage; size?: number; address?: Parameters<typeof startPage>[0] } = {}): StartedLab {
  const workers: EngineCheckWorker[] = [];
  const started = startPage(address);
  labStore.setState(emptyLab, true);
  closeOptions();
  openTraces(() => memoryStorage());
  connectPool(() =>
    createPool(size, () => {
      const worker = engineCheckWorker();
      workers.push(worker);
      return worker;
    }),
  );
  openOptions(storage);
  openLab();
  return {
    page: started,
    workers,
    storage,
    async work() {
      for (let n = 0; n === 0 || (n < 1000 && (lab().running || lab().away?.running === true)); n++) {
        await Promise.resolve();
        for (const worker of workers) if (!worker.dead) worker.work();
      }
    },
  };
} // prettier-ignore

export function endLab(): void {
  closePool();
  closeOptions();
}
