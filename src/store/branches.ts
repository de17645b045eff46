/** Steps taken differently: what a document keeps beside the branch that runs. */
import { appendStep, type NewStep } from '../library/append.ts';
import {
  addBranch,
  MAX_BRANCHES,
  removeBranch,
  renameBranch,
  withText,
  type OwnScenario,
} from '../library/ownScenario.ts';
import { freeName } from '../library/names.ts';
import { loadScenario } from '../scenario/load.ts';
import { keepOwn } from './keeping.ts';
import { stepsBegun, type Place } from './places.ts';
import { page, setPage } from './store.ts';
import { hereNow, openOwn, ownOpen, showOwn } from './workshop.ts';

/** A line of text after the step that is shown; where others follow, they stay in the branch that has them. */
export function takeStep(step: NewStep): void {
  const { shown, at } = page();
  const loaded = loadScenario(page().text);
  if (shown === undefined || !loaded.ok) return;
  const kept = Math.min(stepsBegun(shown.outline, at), loaded.value.program.steps.length);
  const { text, forked, step: taken } = appendStep(page().text, loaded.value.program, kept, step);
  const own = ownOpen();
  if (own === undefined) return;
  const next = forked ? addBranch(own, branchName(own, kept, step), text) : withText(own, text);
  if (next === undefined) {
    const notice = `'${own.name}' has ${MAX_BRANCHES} branches already. Delete one first.`;
    setPage({ notice: { text: notice, tone: 'problem' } });
    return;
  }
  if (forked) leave(own);
  showOwn(next, { place: { step: taken, kind: 'begun' } });
}

/** `step 4: ftruncate A 0`: where it leaves, and how. */
function branchName(own: OwnScenario, kept: number, { line }: NewStep): string {
  return freeName(`${kept + 1} ${line}`, own.branches.map(({ name }) => name)); // prettier-ignore
}

/** To where it was left; else the place stays, as far as both go the same way. */
export function switchBranch(id: string): void {
  const own = openOwn();
  if (own === undefined || own.current === id || !own.branches.some((branch) => branch.id === id)) return;
  const step = page().left[id];
  leave(own);
  showOwn({ ...own, current: id }, step === undefined ? hereNow() : { place: endOf(step) });
}

const endOf = (steps: number): Place | undefined => (steps === 0 ? undefined : { step: steps - 1, kind: 'begun' });

function leave(own: OwnScenario): void {
  const { shown, at, left } = page();
  if (shown !== undefined) setPage({ left: { ...left, [own.current]: stepsBegun(shown.outline, at) } });
}

/** What a text does, a line a step; undefined: it has an error. Kept while it is the same, as views ask often. */
export function branchSteps(text: string): readonly string[] | undefined {
  const found = known.has(text) ? known.get(text) : stepsIn(text);
  known.delete(text);
  known.set(text, found);
  const oldest = known.keys().next();
  if (known.size > 2 * MAX_BRANCHES && oldest.done !== true) known.delete(oldest.value);
  return found;
}

const known = new Map<string, readonly string[] | undefined>();

function stepsIn(text: string): readonly string[] | undefined {
  const loaded = loadScenario(text);
  if (!loaded.ok) return undefined;
  const { steps, actors } = loaded.value.program;
  return steps.map((step) => `${actors[step.actor]?.name ?? ''} ${step.text}`);
}

export function nameBranch(id: string, name: string): void {
  const own = openOwn();
  if (own !== undefined) keepOwn(renameBranch(own, id, name));
}

export function deleteBranch(id: string): void {
  const own = openOwn();
  if (own === undefined) return;
  const next = removeBranch(own, id);
  if (next.current === own.current) keepOwn(next);
  else showOwn(next, hereNow());
}
