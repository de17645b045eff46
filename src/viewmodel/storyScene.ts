/** What ever happened to one page, as a list with places to go to: where we stand in it, and what is still to come. */
import { spanAt } from '../base/spans.ts';
import { nameOf } from '../explain/names.ts';
import { linked, type Line } from '../explain/parts.ts';
import { pageOfBlock, pageOfDram, type Page } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline, Story } from '../sim/outline.ts';
import { existsIn } from '../sim/query/exists.ts';

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

export type StoryRow = {
  readonly key: string;
  /** `step 3`. */
  readonly label: string;
  /** Where to look at it. */
  readonly to: number;
  readonly now: boolean;
  readonly facts: readonly { readonly key: string; readonly line: Line }[];
};

export type StoryScene = {
  readonly past: readonly StoryRow[];
  readonly later: readonly StoryRow[];
  /** What the list leaves out: earlier facts, and later ones. Empty: nothing. */
  readonly cutBefore: string;
  readonly cutAfter: string;
  /** What to say where there is no list. Empty: there is one. */
  readonly none: string;
};

const MOST = 200;
/** Of these so many are before the place where we stand. */
const MOST_BEFORE = 150;

const without = (none: string): StoryScene => ({ past: [], later: [], cutBefore: '', cutAfter: '', none });

/** `grain`: whether a row leads to the end of its step, or to the micro-step. */
export function storyScene(
  shown: Shown,
  story: Story | 'asked' | number | undefined,
  grain: 'step' | 'micro',
): StoryScene {
  if (story === undefined || story === 'asked') return without('Playing the run again …');
  if (typeof story === 'number') return without(`The run has more than ${story} micro-steps: no history of a page.`);
  const { facts, left } = story;
  if (facts.length === 0) return without('Nothing happens to it in this run.');
  const { at } = shown.moment;
  const done = facts.filter((fact) => fact.at <= at).length;
  const from = Math.max(0, Math.min(done - MOST_BEFORE, facts.length - MOST));
  const to = Math.min(facts.length, from + MOST);
  const after = facts.length - to + left;
  return {
    past: rowsOf(shown, { ...story, facts: facts.slice(from, Math.max(from, done)) }, grain),
    later: rowsOf(shown, { ...story, facts: facts.slice(Math.max(from, done), to) }, grain),
    cutBefore: from === 0 ? '' : `${from} earlier not shown`,
    cutAfter: after === 0 ? '' : `${after} later not shown`,
    none: '',
  };
}

type Open = Omit<StoryRow, 'facts'> & { readonly facts: { readonly key: string; readonly line: Line }[] };

/** One row a turn; by micro-steps one a micro-step. */
function rowsOf({ program, outline, moment }: Shown, { facts, page }: Story, grain: 'step' | 'micro'): StoryRow[] {
  const rows: Open[] = [];
  const here = spanAt(outline.turns, moment.at);
  facts.forEach((fact, i) => {
    const turn = spanAt(outline.turns, fact.at);
    const to = grain === 'micro' ? fact.at : (outline.turns[turn]?.to ?? fact.at);
    const now = grain === 'micro' ? fact.at === moment.at : turn === here;
    const last = rows.at(-1);
    const line = linked(fact.sentence, targetsOf(program, moment, fact.refs, page));
    if (last?.key === `${to}`) last.facts.push({ key: `${i}`, line });
    else rows.push({ key: `${to}`, label: `step ${fact.step + 1}`, to, now, facts: [{ key: `${i}`, line }] });
  });
  return rows;
}

/** The page itself is what all of this is about. */
const targetsOf = (program: Program, { state }: Moment, refs: readonly EntityRef[], page: Page) =>
  refs.flatMap((ref) =>
    existsIn(state, ref) && !isPage(ref, page) ? [{ text: nameOf(program, state, ref), ref }] : [],
  );

const isPage = (ref: EntityRef, page: Page): boolean =>
  ref.type === 'block' ? pageOfBlock(ref.block) === page : ref.type === 'dram' && pageOfDram(ref.dram) === page;
