/** Numbers, settings and traces in the words of the command line. */
import { setupOf } from '../checker/setupMoves.ts';
import type { Bound, CheckReport, Settings, Trace } from '../checker/verdict.ts';
import { moveLine } from '../explain/moves.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { Grain } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';

/** `184,302`. */
export const grouped = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',');

export const countOf = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** `4 moves`; at micro grain, micro-steps. */
export const lengthOf = (trace: Trace, grain: Grain): string => countOf(trace.length, grain === 'op' ? 'move' : 'micro-step'); // prettier-ignore

/** `kernel 7.0, fs xfs dax=always, option wait`. */
export function machineLine({ fs, kernel, option }: Program): string {
  const settings = fs.type === 'device-dax' ? '' : ` dax=${fs.dax}`;
  return `kernel ${kernel}, fs ${fs.type}${settings}, option ${formatOption(option)}`;
}

export function settingsWords({ grain, symmetry, order }: Settings): string {
  const reductions = [...(symmetry === 'none' ? [] : [`symmetry ${symmetry}`]), ...(order ? ['partial order'] : [])];
  const reduced = reductions.length === 0 ? 'no reduction' : reductions.join(', ');
  return `${grain === 'op' ? 'operation' : 'micro-step'} grain, ${reduced}`;
}

/** With these, states are those that were looked at, and not all there are. */
export const countsVisited = ({ symmetry, order }: Settings): boolean => symmetry === 'all' || order;

export function statesWords({ states, settings }: Pick<CheckReport, 'states' | 'settings'>): string {
  return `${countOf(states, 'state')}${countsVisited(settings) ? ' visited' : ''}`;
}

export function boundWords(bound: Bound, { maxStates, maxBytes }: Pick<Settings, 'maxStates' | 'maxBytes'>): string {
  switch (bound) {
    case 'states':
      return `the bound of ${grouped(maxStates)} states was reached`;
    case 'memory':
      return `the bound of ${grouped(maxBytes / 2 ** 20)} MiB was reached`;
    case 'stopped':
      return 'it was stopped';
    case 'actors':
      return 'there are more actors than liveness is told for';
  }
}

export const extentWords = ({ complete, bound, settings }: CheckReport): string =>
  complete ? 'complete' : `incomplete: ${boundWords(bound ?? 'stopped', settings)}`;

export type TellTrace = (trace: Trace) => readonly string[];

/** A trace as lines of a scenario, the lines above the first menu before it. */
export function traceTeller(program: Program, grain: Grain): TellTrace {
  const setup = setupOf(program).map((move) => moveLine(program, move, 'op'));
  return (trace) => [...setup, ...trace.map((move) => moveLine(program, move, grain))];
}

/** What a script or a mail calls a file: its last part without `.dax`. */
export function nameOf(file: string): string {
  const last = file.split(/[\\/]/).at(-1) ?? '';
  return last === '-' || last === '' ? 'stdin' : last.replace(/\.dax$/, '').replaceAll(/\s+/g, '-');
}
