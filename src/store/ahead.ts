/** What the next step will change, on demand: the moment at the next place is asked for as soon as one is shown. */
import { forward } from './places.ts';
import { ask, isBusy } from './session.ts';
import { page, pageStore, setPage } from './store.ts';
import { knownNow, learn } from './questions.ts';

let watching = false;

/** Stays on while stepping. */
export function toggleAhead(): void {
  setPage({ ahead: !page().ahead });
  if (!watching) pageStore.subscribe(look);
  watching = true;
  look();
}

function look(): void {
  const { ahead, shown, grain, screen } = page();
  if (!ahead || shown === undefined || screen !== 'player' || isBusy()) return;
  const { outline, moment } = shown;
  const from = moment.at;
  const to = forward(outline, from, grain);
  if (to === undefined || isAsked(from, to)) return;
  learn(outline, { ahead: { from, to } });
  ask({ type: 'moment', at: to, since: from }, (answer) => {
    // Meanwhile the user may be elsewhere.
    if (answer.type === 'moment' && isAsked(from, to)) learn(outline, { ahead: { from, to, moment: answer.moment } });
  });
}

function isAsked(from: number, to: number): boolean {
  const known = knownNow()?.ahead;
  return known?.from === from && known.to === to;
}
