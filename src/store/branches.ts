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
import { stepsBegun } from './places.ts';
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
  showOwn(next, { place: { step: taken, kind: 'begun' } });
}

/** `step 4: ftruncate A 0`: where it leaves, and how. */
function branchName(own: OwnScenario, kept: number, { line }: NewStep): string {
  return freeName(`${kept + 1} ${line}`, own.branches.map(({ name }) => name)); // prettier-ignore
}

/** The place stays as far as both go the same way. */
export function switchBranch(id: string): void {
  const own = openOwn();
  if (own === undefined || own.current === id || !own.branches.some((branch) => branch.id === id)) return;
  showOwn({ ...own, current: id }, hereNow());
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
