/** Workers out of the page itself, for a page that is one file: from file:// no other file can be started as one. */
import CheckWorker from './checkWorker.ts?worker&inline';
import SimWorker from './simWorker.ts?worker&inline';

export const spawnSim = (): Worker => new SimWorker();

export const spawnCheck = (): Worker => new CheckWorker();
