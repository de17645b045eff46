/** The picture of a state: the score, or page by page where the score would not be all of the truth in 72 columns. */
import type { Program } from '../../sim/model/program.ts';
import type { Moment, Outline } from '../../sim/outline.ts';
import { factsOf } from '../../viewmodel/facts.ts';
import type { LiveBox } from '../../viewmodel/live.ts';
import { sceneBox } from '../../viewmodel/stageBoxes.ts';
import { dramColumns } from '../../viewmodel/stageCells.ts';
import { planFor, sceneCells } from '../../viewmodel/stageScene.ts';
import { textWidth } from '../../viewmodel/textWidth.ts';
import { claimCount } from './claimCount.ts';
import { pageLines } from './pageList.ts';
import { safe, wrap } from './plainText.ts';
import { scoreLines } from './score.ts';

/** Columns are those of the stage at this size; only their order is used. */
const LIKE = { width: 4000, height: 2000, k: 1, measure: textWidth };

export type Picture = {
  readonly plain: readonly string[];
  readonly shown: readonly string[];
  readonly objects: readonly string[];
};

/** The score, or page by page where it would not be all of the truth in 72 columns. */
type At = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

/** Where the stage has little room it leaves out what kind of thing a name is of. */
function objectText({ type }: LiveBox, name: string): string {
  const kind = type === 'file' && !/^(?:file|memfd|device)\b/.test(name) ? 'file ' : '';
  return kind + name.replaceAll(' · ', ', ');
}

export function pictureOf({ program, outline, moment }: At, box: boolean): Picture {
  const plan = planFor(program, outline, LIKE);
  const facts = factsOf({ program, outline, moment, focus: undefined }, plan);
  const { state, before } = moment;
  const dramCols = dramColumns(state, plan, facts.live);
  const cells = sceneCells({ program, state, before, plan }, facts, dramCols);
  const input = { program, state, plan, facts, cells, dramCols };
  const whole = facts.claims === claimCount(state);
  const plain = (whole ? scoreLines(input, false) : undefined) ?? pageLines(program, moment, facts.violated);
  const shown = box && whole ? (scoreLines(input, true) ?? plain) : plain;
  const setting = { program, state, before, plan, lit: undefined, ring: '' };
  const order = [...facts.live].sort((a, b) =>
    a.box.side === 'above' && b.box.side === 'above' ? b.box.row - a.box.row : 0,
  );
  const objects = order.flatMap((live) => wrap(objectText(live, sceneBox(setting, live).name), '  ', 4));
  return { plain: plain.map(safe), shown: shown.map((line) => line.trimEnd()), objects };
}
