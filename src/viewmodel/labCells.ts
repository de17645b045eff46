/** A cell of the matrix: what is drawn, what is spoken, what a tooltip says. */
import type { Pending, Verdict } from '../checker/verdict.ts';
import type { Grain } from '../sim/model/order.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import type { LabRow } from './labState.ts';
import { boundInWords, grouped, knownOf, propertyName, sentence, statesInWords, stepsInWords } from './labWords.ts';

export type CellMark =
  'holds' | 'violated' | 'unknown' | 'vacuous' | 'running' | 'paused' | 'queued' | 'none' | 'failed';

export type ColumnScene = {
  readonly id: PropertyId;
  /** Slanted, above the id. */
  readonly name: string;
  readonly title: string;
  /** The first of the L or F properties: a line stands before it. */
  readonly separated: boolean;
};

const CAPITALS = /\b(dma|cow|pte)\b/g;
const words = (name: string): string => name.replaceAll('-', ' ').replace(/read only/, 'read-only').replace(CAPITALS, (word) => word.toUpperCase()); // prettier-ignore

export const COLUMNS: readonly ColumnScene[] = PROPERTY_IDS.map((id, at) => ({
  id,
  name: words(PROPERTIES[id].name),
  title: PROPERTIES[id].title,
  separated: at > 0 && PROPERTY_IDS[at - 1]?.charAt(0) !== id.charAt(0),
}));

export type CellScene = {
  readonly property: PropertyId;
  readonly mark: CellMark;
  /** In the shape: `H`, `V4`, `?`, `n/a`. */
  readonly text: string;
  /** `wait, S5b stale-read: violated in 4 steps`. */
  readonly name: string;
  /** The verdict in words. */
  readonly tip: string;
};

type Told = Pick<CellScene, 'mark' | 'text' | 'tip'> & { readonly short: string };

const UNBEGUN: { readonly [S in LabRow['status']]: Told } = {
  idle: { mark: 'none', text: '', short: 'not checked', tip: 'Not checked.' },
  queued: { mark: 'queued', text: '', short: 'waits for its turn', tip: 'Waits for its turn.' },
  running: { mark: 'running', text: '', short: 'being checked', tip: 'Being checked.' },
  paused: { mark: 'paused', text: '', short: 'paused', tip: 'Paused.' },
  done: { mark: 'none', text: '', short: 'not checked', tip: 'Not checked.' },
  stopped: { mark: 'none', text: '', short: 'stopped before it began', tip: 'Stopped before it began.' },
  failed: { mark: 'failed', text: '!', short: 'could not be checked', tip: 'Could not be checked.' },
};

export function cellScene(row: LabRow, property: PropertyId, grain: Grain): CellScene {
  const { mark, text, tip, short } = told(row, knownOf(row, property), grain);
  return { property, mark, text, tip, name: `${row.name}, ${propertyName(property)}: ${short}` };
}

function told(row: LabRow, known: Verdict | Pending | undefined, grain: Grain): Told {
  switch (known?.type) {
    case undefined:
      return unbegun(row);
    case 'pending':
      return pending(row);
    case 'violated':
      return violated(known, grain);
    case 'holds': {
      const tip = row.report === undefined ? 'Holds.' : `Holds in every one of ${statesInWords(row.report)}.`;
      return { mark: 'holds', text: 'H', short: 'holds', tip };
    }
    case 'vacuous':
      return { mark: 'vacuous', text: 'n/a', short: 'vacuous, no run reaches what it speaks of', tip: 'Vacuous: no run reaches what it speaks of.' }; // prettier-ignore
    case 'unknown': {
      const why = row.report === undefined ? known.bound : boundInWords(known.bound, row.report.settings);
      return { mark: 'unknown', text: '?', short: `unknown, ${why}`, tip: `Unknown: ${why}, and no violation was found.` }; // prettier-ignore
    }
  }
}

function unbegun({ status, message }: LabRow): Told {
  const base = UNBEGUN[status];
  return message === undefined ? base : { ...base, tip: sentence(`${base.tip.slice(0, -1)}: ${message}`) };
}

function pending(row: LabRow): Told {
  const begun = row.progress;
  const base = unbegun(row);
  if (begun === undefined) return base;
  return { ...base, tip: `${base.tip} No violation in the ${grouped(begun.states)} states so far.` };
}

function violated({ trace, message }: Verdict & { readonly type: 'violated' }, grain: Grain): Told {
  const when = violatedWhen(trace.length, grain);
  return { mark: 'violated', text: `V${trace.length}`, short: `violated ${when}`, tip: sentence(`Violated ${when}: ${message}`) }; // prettier-ignore
}

/** `in 4 steps`. */
export const violatedWhen = (steps: number, grain: Grain): string =>
  steps === 0 ? 'by the lines above the first menu' : `in ${stepsInWords(steps, grain)}`;
