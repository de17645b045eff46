/** The one pool of workers of the lab: made when the lab is first used. */
import { createPool, poolSize, type Pool } from '../worker/checkPool.ts';
import { setLab } from './labStore.ts';
import { pageStore } from './store.ts';

let pool: Pool | undefined;
let make = (): Pool => createPool(poolSize(cores()));

const cores = (): number | undefined => (typeof navigator === 'undefined' ? undefined : navigator.hardwareConcurrency);

const GIB = 2 ** 30;
const MIB = 2 ** 20;
/** What a machine has that does not say; browsers tell at most 8. */
const GUESSED_GIB = 4;

/** Half of the machine for all workers, within reason for each. */
export function bytesEach(workers: number, gib: number | undefined): number {
  const each = ((gib ?? GUESSED_GIB) / 2 / workers) * GIB;
  return Math.round(Math.max(128 * MIB, Math.min(GIB, each)) / MIB) * MIB;
}

/** Chromium alone tells it, and TypeScript does not know it. */
function memory(): number | undefined {
  if (typeof navigator === 'undefined' || !('deviceMemory' in navigator)) return undefined;
  return typeof navigator.deviceMemory === 'number' ? navigator.deviceMemory : undefined;
}

export function labPool(): Pool {
  if (pool !== undefined) return pool;
  pool = make();
  setLab({ workers: pool.size, maxBytes: bytesEach(pool.size, memory()) });
  return pool;
}

/** For tests: another pool from now on. */
export function connectPool(create: () => Pool): void {
  closePool();
  make = create;
}

export function closePool(): void {
  pool?.close();
  pool = undefined;
}

/** Workers end when the lab is left and they have nothing to do. */
pageStore.subscribe((now, before) => {
  if (now.screen === before.screen) return;
  if (now.screen === 'lab') pool?.hold();
  else pool?.release();
});
