// The page without a screen: store, actions, client and the real engine, with the bundled scenarios.
import { openAddress, openOthers } from '../../src/store/actions.ts';
import { keepPlaying } from '../../src/store/playback.ts';
import { connect } from '../../src/store/session.ts';
import { page, type Shown } from '../../src/store/store.ts';
import { createClient } from '../../src/worker/client.ts';
import { engineWorker, type EngineWorker } from './engineWorker.ts';

// In Node nothing is far away: the tests begin where a page is a second after it was opened.
await openOthers();

export const READ_MR_ID = '01-read-mr-goes-stale';

export type StartedPage = {
  readonly workers: readonly EngineWorker[];
  readonly worker: () => EngineWorker;
  readonly shown: () => Shown;
};

export function startPage(address: Parameters<typeof openAddress>[0] = {}): StartedPage {
  const workers: EngineWorker[] = [];
  connect(keepPlaying, (tell) =>
    createClient(tell, () => {
      const worker = engineWorker();
      workers.push(worker);
      return worker;
    }),
  );
  openAddress(address);
  return {
    workers,
    worker: () => {
      const last = workers.at(-1);
      if (last === undefined) throw new Error('no worker was started');
      return last;
    },
    shown: () => {
      const { shown } = page();
      if (shown === undefined) throw new Error('nothing is shown');
      return shown;
    },
  };
}
