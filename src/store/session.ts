/**
 * The conversation with the simulation: what was asked for and has not come yet is here, what came is put into the
 * store. A run appears on the screen only when the moment that was asked for is there, never half.
 */
import { assertNever } from '../base/assert.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { findLinked, type LinkMisfit, type LinkPlace } from '../io/linkPlace.ts';
import { misfitNotice } from '../scenario/misfit.ts';
import type { Misfit, Moment, Outline } from '../sim/outline.ts';
import type { Client, News } from '../worker/client.ts';
import { existsIn } from '../sim/query/exists.ts';
import { createClient } from '../worker/client.ts';
import type { Answer, Question } from '../worker/protocol.ts';
import { findPlace, firstViolation, keepPlace, placeAt, type Looking, type Place } from './places.ts';
import { emptyPage, page, setPage, type Shown } from './store.ts';

/**
 * Where a run is opened: at a position, at a line of the text, where somebody was looking before it was edited, at the
 * first violation of a property (the end where there is none), at the end, or where a link says.
 */
export type Opening =
  | { readonly at: number }
  | { readonly place: Place | undefined }
  | { readonly like: Looking }
  | { readonly violated: PropertyId }
  | { readonly end: true }
  | { readonly linked: LinkPlace };

type Pending = {
  readonly scenario: string;
  readonly program: Program;
  readonly opening: Opening;
  readonly outline?: Outline;
};

let client: Client | undefined;
let pending: Pending | undefined;
let onMoment: () => void = () => undefined;
/** What was pressed before the run was there to be stepped. */
let waiting: (() => void)[] = [];
const MOST_WAITING = 64;

/** Once, when the page starts; `listener` hears of every moment that is shown. */
export function connect(listener: () => void, create: (tell: (news: News) => void) => Client = createClient): void {
  client?.close();
  pending = undefined;
  waiting = [];
  onMoment = listener;
  setPage(emptyPage);
  client = create(hear);
}

export function disconnect(): void {
  client?.close();
  client = undefined;
}

export function startRun(scenario: string, program: Program, opening: Opening): void {
  pending = { scenario, program, opening };
  waiting = [];
  client?.load(program);
}

/** The run on the screen is about to be replaced (or its successor failed): positions mean nothing now. */
export const isBusy = (): boolean => pending !== undefined;

/** Now, or on the run that is being loaded as soon as that is on the screen: nobody can see that they were too early. */
export function whenShown(act: () => void): void {
  if (!isBusy()) act();
  else if (waiting.length < MOST_WAITING) waiting.push(act);
}

export function askFor(at: number): void {
  setPage({ at });
  client?.seek(at);
}

/** About the run on the screen; `hear` is not called where another run takes its place before. */
export function ask(question: Question, hear: (answer: Answer) => void): void {
  client?.ask(question, hear);
}

export function retry(): void {
  setPage({ notice: undefined });
  client?.retry();
}

function hear(news: News): void {
  switch (news.type) {
    case 'progress':
      return;
    case 'stopped':
      return setPage({ notice: { text: 'The worker stopped. Starting it again …', tone: 'info' } });
    case 'outline':
      return hearOutline(news.outline, news.moment);
    case 'moment':
      return show(news.moment);
    case 'restarted':
      return setPage({ notice: { text: `The worker stopped. Restarted at ${whereInWords()}.`, tone: 'info' } });
    case 'failed':
      return fail(`The simulation failed: ${news.message} (${replayKey()})`);
    case 'gaveUp':
      return fail(`The worker stopped again and again (${news.why}). The page shows the last moment it had.`, 'retry');
    default:
      return assertNever(news);
  }
}

function hearOutline(outline: Outline, first: Moment): void {
  if (pending === undefined) return;
  const wanted = placeOf(pending, outline);
  pending = { ...pending, outline };
  if (wanted === 0) show(first);
  else askFor(wanted);
}

function placeOf({ opening, program }: Pending, outline: Outline): number {
  if ('at' in opening) return Math.min(opening.at, outline.length);
  if ('linked' in opening) return placeOfLink(opening.linked, { program, outline });
  if ('end' in opening) return outline.length;
  if ('violated' in opening) return firstViolation(outline, opening.violated, page().grain);
  return 'like' in opening ? keepPlace(opening.like, { program, outline }) : findPlace(outline, opening.place);
}

/** The position that a link means in this run; told where the run does not go that way any more. */
export function placeOfLink(place: LinkPlace, { program, outline }: Pick<Shown, 'program' | 'outline'>): number {
  const { at, misfit } = findLinked(place, program, outline);
  if (misfit !== undefined) setPage({ notice: { text: misfitText(misfit), tone: 'problem' } });
  return at;
}

function misfitText({ turn, line }: LinkMisfit): string {
  const where = line === undefined ? `this run is over after ${turn} steps` : `step ${turn + 1} (${line}) is the first that does not fit`; // prettier-ignore
  return `This link was made from another version of this scenario or of this page: ${where}. Shown is the place before it.`;
}

function show(moment: Moment): void {
  if (pending?.outline !== undefined) {
    const { scenario, program, outline } = pending;
    pending = undefined;
    const { selected } = page();
    const isThere = selected !== undefined && existsIn(moment.state, selected);
    setPage({
      shown: { scenario, program, outline, moment },
      at: moment.at,
      ...(isThere ? {} : { selected: undefined }),
    });
    if (outline.misfit !== undefined) tellMisfit(outline.misfit);
  } else {
    const { shown } = page();
    // Between a load and its outline, what still comes belongs to the run before.
    if (shown !== undefined && pending === undefined) setPage({ shown: { ...shown, moment } });
  }
  onMoment();
  for (const act of isBusy() ? [] : waiting.splice(0)) act();
}

/** The text was right and its order was not: told where the notices of the text are. */
function tellMisfit(misfit: Misfit): void {
  const { text, problems } = page();
  setPage({ problems: [...problems, misfitNotice(text, misfit)] });
}

function fail(text: string, action?: 'retry'): void {
  setPage({ playing: false, notice: { text, tone: 'problem', ...(action === undefined ? {} : { action }) } });
}

const stepOf = ({ outline }: Shown, at: number): number | undefined => placeAt(outline, at)?.step;

function whereInWords(): string {
  const { shown, at } = page();
  const step = shown === undefined ? undefined : stepOf(shown, at);
  return step === undefined ? 'the beginning' : `step ${step + 1}`;
}

/** Enough to do it again. */
function replayKey(): string {
  const { scenario, preset, kernel, at } = page();
  return [scenario, preset ?? 'as written', kernel ?? '', `position ${at}`].filter((part) => part !== '').join(', ');
}
