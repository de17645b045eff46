/** To another scenario by one key: the browser's Back leads to where one was, as such a key is easily hit. */
import { openOthers, openScenario } from './actions.ts';
import { catalogue } from './catalogue.ts';
import { page } from './store.ts';

export function visitScenario(id: string): void {
  if (page().scenario === id && page().screen === 'player') return;
  // A page from a file has no history of its own to write to.
  if (/^https?:$/.test(location.protocol)) history.pushState(null, '', location.href);
  openScenario(id);
}

/** The nth that comes with the page, from 1. */
export async function visitNth(n: number): Promise<void> {
  const { opened } = page();
  if (n > 1 && !(await openOthers())) return;
  const id = catalogue()[n - 1]?.id;
  // Who opened something else meanwhile wants that more.
  if (id !== undefined && page().opened === opened) visitScenario(id);
}
