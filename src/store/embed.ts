/** A page in somebody's frame: what it opens, and what its parent asks of it. */
import { findLink } from '../io/findLink.ts';
import { embedState, type EmbedRequest, type EmbedState } from '../io/embedMessages.ts';
import * as actions from './actions.ts';
import { linkNow } from './addressNow.ts';
import { openHash } from './links.ts';
import { page } from './store.ts';

/** undefined: there is no run yet. */
export async function stateNow(): Promise<EmbedState | undefined> {
  const { shown } = page();
  return shown === undefined ? undefined : embedState(shown, await linkNow());
}

/** Returns why it cannot be done. */
export function doAsked(request: EmbedRequest): string | undefined {
  switch (request.type) {
    case 'get':
      return undefined;
    case 'theme':
      actions.setTheme(request.theme);
      return undefined;
    case 'open': {
      const hash = findLink(request.link)?.hash;
      if (hash === undefined) return 'there is no link to a view in it';
      openHash(hash);
      return undefined;
    }
    default:
      if (page().shown === undefined) return 'the run is still worked out: wait for ready';
      go(request);
      return undefined;
  }
}

function go(request: EmbedRequest): void {
  switch (request.type) {
    case 'step':
      return actions.stepForward();
    case 'back':
      return actions.stepBack();
    case 'first':
      return actions.first();
    case 'last':
      return actions.last();
    case 'goto':
      return actions.goToStep(request.step - 1);
    case 'option':
      return actions.setOption(request.option);
    // These go nowhere.
    case 'get':
    case 'theme':
    case 'open':
      return;
  }
}
