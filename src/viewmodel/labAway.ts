/** "One knob away": what changes if one knob of a row's option is set otherwise, as far as that has been checked. */
import type { CheckReport } from '../checker/verdict.ts';
import { KNOB_NAMES, KNOBS, type KnobName } from '../sim/model/knobs.ts';
import { PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import type { LabRow, LabState, RowId } from './labState.ts';
import { isDeviceDax, knobChanges, knobsOf, type KnobChange } from './labWords.ts';

export type AwayEntry = KnobChange & {
  /** `S5b holds, L2 violated`; '' : no verdict changes. */
  readonly words: string;
  /** The verdict of the property that is asked about is another. */
  readonly answers: boolean;
  /** A row of the matrix that is just this option. */
  readonly row?: RowId;
};

export type AwayScene = {
  /** Those that change something, of the property that is asked about first. */
  readonly entries: readonly AwayEntry[];
  /** Checked, and no verdict differs. */
  readonly same: number;
  /** Nobody has checked these yet. */
  readonly untried: readonly KnobChange[];
  readonly running: boolean;
  readonly checked: number;
  readonly all: number;
};

/** Every option that differs in one knob. */
export function neighbours(row: LabRow): readonly KnobChange[] {
  const knobs = knobsOf(row.option);
  if (isDeviceDax(row.option)) return [];
  return KNOB_NAMES.flatMap((knob) => KNOBS[knob].flatMap((value) => (knobs[knob] === value ? [] : [{ knob, value }])));
}

export function awayScene(state: LabState, row: LabRow, asked: PropertyId | undefined): AwayScene {
  const all = neighbours(row);
  const known = all.flatMap((change) => {
    const found = findReport(state, row, change);
    return found === undefined || row.report === undefined
      ? []
      : [entryOf(change, { from: row.report, asked, ...found })];
  });
  const entries = known.filter(({ words }) => words !== '');
  const isKnown = ({ knob, value }: KnobChange) => known.some((one) => one.knob === knob && one.value === value);
  const away = state.away?.row === row.id ? state.away : undefined;
  return {
    entries: entries.toSorted((a, b) => Number(b.answers) - Number(a.answers)),
    same: known.length - entries.length,
    untried: all.filter((change) => !isKnown(change)),
    running: away?.running ?? false,
    checked: away?.checked.length ?? 0,
    all: away?.all ?? all.length,
  };
}

type Found = { readonly report: CheckReport; readonly row?: RowId };

/** In the matrix already, or checked for this question. */
function findReport(state: LabState, row: LabRow, { knob, value }: KnobChange): Found | undefined {
  const twin = state.rows.find((one) => isJust(row, one, knob, value));
  if (twin?.report !== undefined) return { report: twin.report, row: twin.id };
  if (state.away?.row !== row.id) return undefined;
  const checked = state.away.checked.find((one) => one.knob === knob && one.value === value);
  return checked === undefined ? undefined : { report: checked.report };
}

function isJust(base: LabRow, row: LabRow, knob: KnobName, value: string): boolean {
  if (isDeviceDax(row.option) !== isDeviceDax(base.option)) return false;
  const [first, ...more] = knobChanges(base.option, row.option);
  return more.length === 0 && first?.knob === knob && first.value === value;
}

type Compared = Found & { readonly from: CheckReport; readonly asked: PropertyId | undefined };

function entryOf(change: KnobChange, { from, report, asked, row }: Compared): AwayEntry {
  const changed = PROPERTY_IDS.filter((id) => isFine(from, id) !== isFine(report, id));
  const fine = changed.filter((id) => isFine(report, id) === true);
  const broken = changed.filter((id) => isFine(report, id) === false);
  const open = changed.filter((id) => isFine(report, id) === undefined);
  const words = [
    ...(fine.length === 0 ? [] : [`${fine.join(', ')} ${fine.length === 1 ? 'holds' : 'hold'}`]),
    ...(broken.length === 0 ? [] : [`${broken.join(', ')} violated`]),
    ...(open.length === 0 ? [] : [`${open.join(', ')} unknown`]),
  ].join('; ');
  const answers = asked !== undefined && changed.includes(asked);
  return { ...change, words, answers, ...(row === undefined ? {} : { row }) };
}

/** Vacuous counts as not violated. undefined: not known. */
function isFine(report: CheckReport, id: PropertyId): boolean | undefined {
  const { type } = report.properties[id];
  return type === 'unknown' ? undefined : type !== 'violated';
}
