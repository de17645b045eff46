/** What the next step will change: as a list, and as marks on the picture. */
import { spanAt } from '../base/spans.ts';
import { willChange } from '../explain/ahead.ts';
import { changedRefs } from '../explain/differences.ts';
import { linked, type Line } from '../explain/parts.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { Rect, StageScene } from './scene.ts';

type Shown = { readonly outline: Outline; readonly moment: Moment };

export type AheadScene = {
  readonly rows: readonly { readonly key: string; readonly line: Line; readonly ref: EntityRef }[];
  readonly more: number;
  /** claimKeys of everything that will be different. */
  readonly keys: ReadonlySet<string>;
};

const MOST_ROWS = 8;

/** Panel, picture and tables ask for the same one. */
const made = new WeakMap<Moment, AheadScene>();

/** `next`: the moment at the next place, since the one that is shown. */
export function aheadScene(program: Program, next: Moment): AheadScene {
  const known = made.get(next);
  if (known !== undefined) return known;
  const changes = willChange(program, next);
  const rows = changes.slice(0, MOST_ROWS).map(({ text, ref }, i) => {
    const [name = ''] = text.split(' will ');
    return { key: `${i} ${text}`, ref, line: linked(text, [{ text: name, ref }]) };
  });
  const keys = new Set([...changedRefs(next), ...changes.map(({ ref }) => ref)].map(claimKey));
  const scene = { rows, more: changes.length - rows.length, keys };
  made.set(next, scene);
  return scene;
}

/** Undefined at the end of the run. */
export function aheadTitle({ outline, moment: { at } }: Shown, grain: 'step' | 'micro'): string | undefined {
  if (at >= outline.length) return undefined;
  if (grain === 'micro') return 'Will change with the next micro-step';
  const turn = outline.turns[spanAt(outline.turns, at)];
  return turn !== undefined && at < turn.to ? 'Will change until this step ends' : 'Will change with the next step';
}

export const CHANGES_NEXT = ', changes next';

type Named = Rect & { readonly key: string; readonly name: string };

/** The stage with what changes next said in the names, and marked. */
export function withAhead(scene: StageScene, keys: ReadonlySet<string> | undefined): StageScene {
  if (keys === undefined) return scene;
  const say = <T extends Named>(things: readonly T[]): T[] =>
    things.map((thing) => (keys.has(thing.key) ? { ...thing, name: `${thing.name}${CHANGES_NEXT}` } : thing));
  const all: readonly Named[] = [...scene.boxes, ...scene.cells, ...scene.slots];
  const ahead = all.filter(({ key }) => keys.has(key)).map(({ key, x, y, w, h }) => ({ key, x, y, w, h }));
  return { ...scene, boxes: say(scene.boxes), cells: say(scene.cells), slots: say(scene.slots), ahead };
}
