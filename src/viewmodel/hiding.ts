/** What can be taken off the stage, so that the rest is easier to see: by the text, the same at every step of a run. */
import { count, listOf } from '../explain/names.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { footprintOf } from './footprint.ts';
import { hideKey, hideKeyOf } from './hideKey.ts';
import { marksOf } from './marks.ts';

export type Hideable = {
  /** As the address has it: `file:0`, `map:1`, `mr:0`. */
  readonly key: string;
  /** `file A`, `app: m`. */
  readonly name: string;
  /** Whose it is: `app`; empty for files. */
  readonly owner: string;
};

const known = new WeakMap<Outline, readonly Hideable[]>();

/** Everything that has a row of its own on the stage, each once. */
export function hideables(program: Program, outline: Outline): readonly Hideable[] {
  const found = known.get(outline) ?? findHideables(program, outline);
  known.set(outline, found);
  return found;
}

function findHideables(program: Program, outline: Outline): readonly Hideable[] {
  const found = new Map<string, Hideable>();
  for (const { key: boxKey, label, hue } of footprintOf(program, outline)) {
    const key = hideKey(boxKey);
    const owner = hue === 'file' ? '' : label.slice(0, Math.max(0, label.indexOf(': ')));
    if (!found.has(key)) found.set(key, { key, name: label, owner });
  }
  return [...found.values()];
}

export type HideChoice = { readonly name: string; readonly hidden: readonly string[] };

type Hiding = { readonly program: Program; readonly outline: Outline; readonly hidden: readonly string[] };

/** For the menu of an object: it alone, and all that its owner has. `hidden`: what is hidden once that is chosen. */
export function hideChoices(
  { program, outline, hidden }: Hiding,
  state: State,
  ref: EntityRef | undefined,
): readonly HideChoice[] {
  const key = ref === undefined ? undefined : hideKeyOf(state, ref);
  const all = hideables(program, outline).filter((one) => !hidden.includes(one.key));
  const one = all.find((other) => other.key === key);
  if (one === undefined) return [];
  const choices: HideChoice[] = [{ name: `Hide ${one.name}`, hidden: [...hidden, one.key] }];
  const kin = all.filter(({ owner }) => one.owner !== '' && owner === one.owner);
  if (kin.length > 1)
    choices.push({ name: `Hide all of ${one.owner}`, hidden: [...hidden, ...kin.map((it) => it.key)] });
  return choices;
}

/** For a list of everything: hide or show each, and each owner's together. */
export function allHideChoices({ program, outline, hidden }: Hiding): readonly HideChoice[] {
  const all = hideables(program, outline);
  const choices = all.map(({ key, name }): HideChoice =>
    hidden.includes(key)
      ? { name: `Show ${name}`, hidden: hidden.filter((other) => other !== key) }
      : { name: `Hide ${name}`, hidden: [...hidden, key] },
  );
  const owners = [...new Set(all.map(({ owner }) => owner))].filter((owner) => owner !== '');
  return [
    ...choices,
    ...owners.flatMap((owner): HideChoice[] => {
      const left = all.filter((one) => one.owner === owner && !hidden.includes(one.key));
      const name = `Hide all of ${owner}`;
      return left.length < 2 ? [] : [{ name, hidden: [...hidden, ...left.map(({ key }) => key)] }];
    }),
  ];
}

export type HiddenScene = {
  readonly count: number;
  /** `2 hidden`. */
  readonly text: string;
  /** Which, by name. */
  readonly names: string;
  /** Properties that something hidden breaks now: hiding a thing must not hide its verdict. */
  readonly broken: readonly string[];
};

/** undefined: everything is there. What this run has not got (an old link) is not counted. */
export function hiddenScene({ program, outline, hidden }: Hiding, moment: Moment): HiddenScene | undefined {
  const gone = hidden.length === 0 ? [] : hideables(program, outline).filter(({ key }) => hidden.includes(key));
  if (gone.length === 0) return undefined;
  const keys = new Set(gone.map(({ key }) => key));
  const isHidden = (ref: EntityRef | undefined): boolean =>
    ref !== undefined && keys.has(hideKeyOf(moment.state, ref) ?? '');
  const broken = marksOf(outline, moment.at).filter(({ next, refs }) => !next && refs.some(isHidden));
  return {
    count: gone.length,
    text: `${gone.length} hidden`,
    names: `${count(gone.length, 'object')} hidden: ${listOf(gone.map(({ name }) => name), 6)}`, // prettier-ignore
    broken: [...new Set(broken.map(({ id }) => id))],
  };
}
