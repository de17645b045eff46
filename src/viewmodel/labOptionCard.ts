/** The card beside the matrix for a whole row: the option, who stood for it and against it, and how it fared here. */
import { OPTION_CARDS } from '../explain/options.data.ts';
import { addressOf, type Said } from '../explain/options.ts';
import { FEATURES, featuresRefused } from '../sim/invariants/features.ts';
import { KNOB_NAMES, KNOBS, makeOption, PRESETS, type Knobs } from '../sim/model/knobs.ts';
import { PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import { awayScene, type AwayScene } from './labAway.ts';
import { violatedWhen } from './labCells.ts';
import { fromOf, rowWords } from './labCard.ts';
import { differenceScene, type DifferenceScene } from './labDifference.ts';
import { outcomesScene, type OutcomesScene } from './labOutcomes.ts';
import type { LabRow, LabState, RowId } from './labState.ts';
import { quoteRow, sureRows, type SureRow } from './labSure.ts';
import { triedScene, type TriedScene } from './labTried.ts';
import { isDeviceDax, knobsOf, knownOf, MAINLINE_OPTION } from './labWords.ts';

export type SaidScene = { readonly head: string; readonly text: string; readonly address?: string };

export type KnobScene = {
  readonly knob: string;
  readonly value: string;
  readonly mainline: string;
  readonly differs: boolean;
};

export type OptionCardScene = {
  readonly type: 'option';
  readonly row: RowId;
  readonly own: boolean;
  readonly name: string;
  readonly from: string;
  readonly gist: string;
  readonly what: string;
  readonly proposed: readonly SaidScene[];
  readonly objections: readonly SaidScene[];
  readonly today: string;
  readonly knobs: readonly KnobScene[];
  /** What mainline offers and the option does not. */
  readonly refuses: readonly string[];
  readonly violated: readonly { readonly id: PropertyId; readonly words: string }[];
  readonly words: string;
  readonly tried: TriedScene | undefined;
  readonly outcomes: OutcomesScene | undefined;
  readonly away: AwayScene;
  readonly difference: DifferenceScene;
  readonly sure: readonly SureRow[];
  readonly quote: string | undefined;
}; // prettier-ignore

export function optionCard(state: LabState, row: LabRow, build: string): OptionCardScene {
  const { preset } = row.option;
  const { what, proposed, objections, today } = OPTION_CARDS[preset];
  return {
    type: 'option',
    row: row.id,
    own: row.own,
    name: row.name,
    from: fromOf(row),
    gist: PRESETS[preset].gist,
    what,
    proposed: proposed.map(saidScene),
    objections: objections.map(saidScene),
    today,
    knobs: isDeviceDax(row.option) ? [] : knobScenes(row),
    refuses: refusesOf(state, row),
    violated: violatedOf(state, row),
    words: rowWords(row),
    tried: triedScene(state, row),
    outcomes: outcomesScene(state, row),
    away: awayScene(state, row, undefined),
    difference: differenceScene(state, row),
    sure: sureRows(state, row, build),
    quote: quoteRow(state, row, build),
  };
}

const saidScene = ({ who, when, text, source }: Said): SaidScene => ({
  head: `${who}, ${when}`,
  text,
  ...(source === undefined ? {} : { address: addressOf(source) }),
});

function knobScenes(row: LabRow): readonly KnobScene[] {
  const mine = knobsOf(row.option);
  const mainline = knobsOf(MAINLINE_OPTION);
  return KNOB_NAMES.map((knob) => ({ knob, value: mine[knob], mainline: mainline[knob], differs: mine[knob] !== mainline[knob] })); // prettier-ignore
}

function refusesOf(state: LabState, { option }: LabRow): readonly string[] {
  const program = state.world?.program;
  if (program === undefined) return [];
  const changed = areKnobs(option.set) ? option.set : {};
  return featuresRefused({ ...program, option: makeOption(option.preset, changed) }).map(
    (feature) => FEATURES[feature],
  );
}

const areKnobs = (set: LabRow['option']['set']): set is Partial<Knobs> =>
  KNOB_NAMES.every((knob) => set[knob] === undefined || KNOBS[knob].some((value) => value === set[knob]));

function violatedOf({ grain }: LabState, row: LabRow): OptionCardScene['violated'] {
  return PROPERTY_IDS.flatMap((id) => {
    const known = knownOf(row, id);
    return known?.type === 'violated'
      ? [{ id, words: `${violatedWhen(known.trace.length, grain)}: ${known.message}` }]
      : [];
  });
}
