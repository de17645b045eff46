/**
 * Playing: a step, a pause to read it, the next step. The pause begins when the moment is on the screen, so the screen
 * sets the pace and no step is ever skipped.
 */
import { first, playOn } from './actions.ts';
import { clockNow } from './clock.ts';
import type { Grain } from './store.ts';
import { page, setPage } from './store.ts';

/** At speed 1: time to read a sentence, or to see one micro-step. */
const PAUSE_MS: { readonly [G in Grain]: number } = { step: 2400, micro: 900 };

let timer: ReturnType<typeof setTimeout> | undefined;

export function play(): void {
  const { shown, at } = page();
  if (shown === undefined) return;
  const clock = clockNow();
  const atEnd = clock === undefined ? at >= shown.outline.length : clock.now() >= clock.length();
  if (atEnd) first();
  setPage({ playing: true });
  // From the beginning of a replay there is something to look at first.
  if (atEnd) wait();
  else advance();
}

export function pause(): void {
  clearTimeout(timer);
  setPage({ playing: false });
}

export function togglePlay(): void {
  if (page().playing) pause();
  else play();
}

/** To be called for every moment that is shown. */
export function keepPlaying(): void {
  if (page().playing) wait();
}

function wait(): void {
  const { grain, speed } = page();
  clearTimeout(timer);
  timer = setTimeout(advance, PAUSE_MS[grain] / speed);
}

function advance(): void {
  if (page().playing && !playOn()) setPage({ playing: false });
}
