/** `diff FILE`: the shortest run on which two options, or two kernels, behave differently. */
import { advanceDifference, createDifference, DIFFERENCE, differenceOf, type Difference, type DifferenceReport, type Told } from '../checker/difference.ts'; // prettier-ignore
import { moveLine, moveText } from '../explain/moves.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { DiffCall } from './args.ts';
import { drive } from './drive.ts';
import type { ExitStatus, Io } from './io.ts';
import { loadFrom, overridesFrom, readSource } from './loading.ts';
import { boundWords, countOf, grouped } from './words.ts';

type Compared = {
  readonly first: Program;
  readonly second: Program;
  readonly report: DifferenceReport;
  readonly maxStates: number;
};

export async function findDifference(call: DiffCall, io: Io): Promise<ExitStatus> {
  const programs = programsOf(call, io);
  if (programs === undefined) return 2;
  const { first, second } = programs;
  const maxStates = call.maxStates ?? DIFFERENCE.maxPairs;
  const search = createDifference(first, second, { ...DIFFERENCE, maxPairs: maxStates, properties: call.properties });
  if (!search.ok) {
    io.err(`daxpin: ${call.file}: ${search.error}\n`);
    return 2;
  }
  const { value } = search;
  await drive({ advance: (most) => advanceDifference(value, most), progress: () => `${grouped(value.visited.size())} pairs of states, depth ${value.depth}` }, io); // prettier-ignore
  const compared: Compared = { first, second, report: differenceOf(value), maxStates };
  io.out(`${call.json ? JSON.stringify(diffJson(compared, io.version)) : diffText(compared)}\n`);
  return compared.report.complete && compared.report.difference === undefined ? 0 : 1;
}

function programsOf(call: DiffCall, io: Io): { readonly first: Program; readonly second: Program } | undefined {
  const one = overridesFrom(call.first, io);
  const other = overridesFrom(call.second, io);
  const source = one === undefined || other === undefined ? undefined : readSource(call.file, io);
  if (source === undefined || one === undefined || other === undefined) return undefined;
  const first = loadFrom(source, one, io);
  const second = first === undefined ? undefined : loadFrom(source, other, io, true);
  return first === undefined || second === undefined ? undefined : { first, second };
}

/** `wait`; with its kernel where that is what differs. */
function names({ first, second }: Compared): readonly [string, string] {
  const kernels = first.kernel !== second.kernel;
  const name = ({ option, kernel }: Program): string => `${formatOption(option)}${kernels ? ` on ${kernel}` : ''}`;
  return [name(first), name(second)];
}

function diffJson(compared: Compared, version: string) {
  const { first, second, report } = compared;
  const { pairs, transitions, depth, complete, bound, difference } = report;
  const side = ({ kernel, option }: Program) => ({ kernel, option: { preset: option.preset, knobs: option.knobs } });
  return {
    title: first.title === '' ? null : first.title,
    first: side(first),
    second: side(second),
    pairs,
    transitions,
    depth,
    complete,
    bound: bound ?? null,
    difference: difference === undefined ? null : differenceJson(compared, difference),
    version,
  };
}

function differenceJson(compared: Compared, { kind, setup, trace, first, second }: Difference) {
  return {
    kind,
    trace: [...setup, ...trace].map((move) => moveLine(compared.first, move, 'op')),
    moves: trace.length,
    first: toldJson(first),
    second: toldJson(second),
  };
}

const toldJson = ({ possible, result, violated }: Told) => ({ possible, result: result === '' ? null : result, violated }); // prettier-ignore

function diffText(compared: Compared): string {
  const { report, first, maxStates } = compared;
  const [one, other] = names(compared);
  const { difference } = report;
  const extent = `${countOf(report.pairs, 'pair')} of states, depth ${report.depth}`;
  if (difference === undefined) {
    const found = report.complete ? 'no difference' : 'no difference found';
    const end = report.complete ? 'complete' : `incomplete: ${boundWords(report.bound ?? 'stopped', { maxStates, maxBytes: DIFFERENCE.maxBytes })}`; // prettier-ignore
    return `${one} and ${other}: ${found} (${extent}, ${end})`;
  }
  const lines = [...difference.setup, ...difference.trace].map((move) => moveText(first, move, 'op'));
  const where = difference.trace.length === 0 ? 'in the lines above the first menu' : `after ${countOf(difference.trace.length, 'move')}`; // prettier-ignore
  const width = Math.max(one.length, other.length) + 2;
  return [
    `${one} and ${other} differ ${where} (${extent})`,
    '',
    ...lines.map((line) => `  ${line}`),
    '',
    `${one.padEnd(width)}${toldWords(difference.first)}`,
    `${other.padEnd(width)}${toldWords(difference.second)}`,
  ].join('\n');
}

function toldWords({ possible, result, violated }: Told): string {
  if (!possible) return 'it is not possible';
  const does = result === '' ? 'it happens' : result === 'blocks' ? 'it falls asleep' : `it returns ${result}`;
  return violated.length === 0 ? does : `${does}, and violates ${violated.join(', ')}`;
}
