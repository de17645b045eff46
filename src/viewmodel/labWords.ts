/** The words and numbers that all of the lab shares. */
import type { Bound, CheckReport, Pending, Settings, Verdict } from '../checker/verdict.ts';
import { KNOB_NAMES, MAINLINE, PRESETS, type KnobName } from '../sim/model/knobs.ts';
import type { Grain } from '../sim/model/order.ts';
import { PROPERTIES, type PropertyId } from '../sim/model/property.ts';
import type { LabOption, LabRow } from './labState.ts';

/** `184,302`. */
export const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1.9 M`, `240 k`, `812`. */
export function rounded(n: number): string {
  if (n >= 999_500) return `${(n / 1e6).toFixed(1)} M`;
  return n >= 10_000 ? `${Math.round(n / 1000)} k` : grouped(n);
}

export function bytesInWords(n: number): string {
  return n >= 2 ** 30 ? `${(n / 2 ** 30).toFixed(1)} GiB` : `${Math.max(1, Math.round(n / 2 ** 20))} MiB`;
}

/** `0.4 s`, `12 s`, `3 min`. */
export function timeInWords(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 119_500 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}

export const countOf = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;

export const stepsInWords = (n: number, grain: Grain): string => countOf(n, grain === 'op' ? 'step' : 'micro-step');

export const GRAIN_WORDS: { readonly [G in Grain]: string } = { op: 'operation grain', micro: 'micro-step grain' };

/** `S5b stale-read`. */
export const propertyName = (id: PropertyId): string => `${id} ${PROPERTIES[id].name}`;

/** `wait pin.readonly=unshare`: as a text would write it. */
export function optionText({ preset, set }: LabOption): string {
  return [preset, ...KNOB_NAMES.flatMap((knob) => (set[knob] === undefined ? [] : [`${knob}=${set[knob]}`]))].join(' ');
}

export function knobsOf({ preset, set }: LabOption): Readonly<Record<KnobName, string>> {
  return { ...MAINLINE, ...PRESETS[preset].differs, ...set };
}

export type KnobChange = { readonly knob: KnobName; readonly value: string };

/** What `option` has otherwise than `base`. */
export function knobChanges(base: LabOption, option: LabOption): readonly KnobChange[] {
  const from = knobsOf(base);
  const to = knobsOf(option);
  return KNOB_NAMES.flatMap((knob) => (from[knob] === to[knob] ? [] : [{ knob, value: to[knob] }]));
}

export const MAINLINE_OPTION: LabOption = { preset: 'mainline', set: {} };

export const isDeviceDax = ({ preset }: LabOption): boolean => 'fs' in PRESETS[preset];

/** What is known of a property under a row's option; undefined: nothing was begun. */
export const knownOf = (row: LabRow, id: PropertyId): Verdict | Pending | undefined =>
  row.report?.properties[id] ?? row.progress?.properties[id];

export const isDecided = (row: LabRow, id: PropertyId): boolean => {
  const known = knownOf(row, id);
  return known !== undefined && known.type !== 'pending';
};

/** Under these reductions the number is of states that were looked at, not of all there are. */
export const countsVisited = ({ symmetry, order }: Pick<Settings, 'symmetry' | 'order'>): boolean =>
  symmetry === 'all' || order;

export function statesInWords(report: CheckReport): string {
  return `${countOf(report.states, 'state')}${countsVisited(report.settings) ? ' visited' : ''}`;
}

export function boundInWords(bound: Bound, settings: Settings): string {
  switch (bound) {
    case 'states':
      return `the bound of ${grouped(settings.maxStates)} states was reached`;
    case 'memory':
      return `the bound of ${bytesInWords(settings.maxBytes)} of memory was reached`;
    case 'stopped':
      return 'the search was stopped';
    case 'actors':
      return 'there are more actors than liveness is told for';
  }
}

/** `complete`, or what ended it. */
export const extentInWords = (report: CheckReport): string =>
  report.complete ? 'complete' : boundInWords(report.bound ?? 'stopped', report.settings);

/** A sentence ends with one full stop. */
export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
