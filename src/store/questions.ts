/** What the user asks about the run on the screen, beyond its moments: asked once, kept while that run is there. */
import type { Page } from '../sim/model/ids.ts';
import type { KnobRun, Moment, Outline, Story } from '../sim/outline.ts';
import { ask, isBusy } from './session.ts';
import { page, setPage } from './store.ts';

export type Known = {
  /** Of this run. */
  readonly outline: Outline;
  /** Every knob changed alone; `asked`: on its way; a number: the run has more than so many micro-steps. */
  readonly knobs?: readonly KnobRun[] | 'asked' | number;
  /** The next place, as seen from here; without its moment it is on its way. */
  readonly ahead?: { readonly from: number; readonly to: number; readonly moment?: Moment };
  /** What happened to the pages that were asked about. */
  readonly stories?: ReadonlyMap<Page, Story | 'asked' | number>;
};

/** Of the run on the screen. */
export const knownNow = (): Known | undefined => {
  const { known, shown } = page();
  return known !== undefined && known.outline === shown?.outline ? known : undefined;
};

export function learn(outline: Outline, change: Omit<Known, 'outline'>): void {
  if (page().shown?.outline !== outline) return;
  setPage({ known: { ...knownNow(), outline, ...change } });
}

/** What each knob changed alone would come to; again and again is once. */
export function askKnobs(): void {
  const outline = page().shown?.outline;
  if (outline === undefined || isBusy() || knownNow()?.knobs !== undefined) return;
  learn(outline, { knobs: 'asked' });
  ask({ type: 'knobs' }, (answer) => {
    if (answer.type === 'knobs') learn(outline, { knobs: answer.runs });
    if (answer.type === 'tooLong') learn(outline, { knobs: answer.most });
  });
}

/** Everything that ever happened to one page; again and again is once. */
export function askStory(about: Page): void {
  const outline = page().shown?.outline;
  if (outline === undefined || isBusy() || knownNow()?.stories?.has(about) === true) return;
  const tell = (story: Story | 'asked' | number): void =>
    learn(outline, { stories: new Map([...(knownNow()?.stories ?? []), [about, story]]) });
  tell('asked');
  ask({ type: 'story', page: about }, (answer) => {
    if (answer.type === 'story') tell(answer.story);
    if (answer.type === 'tooLong') tell(answer.most);
  });
}
