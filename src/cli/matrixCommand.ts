/** `matrix`: every option against every property, for one world. */
import { join } from 'node:path';
import { FULL, QUICK, type CheckReport, type Settings } from '../checker/verdict.ts';
import type { Overrides } from '../scenario/resolveHeader.ts';
import { formatOption, PRESET_NAMES } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';
import type { Extent, MatrixCall } from './args.ts';
import { settingsJson, verdictJson } from './checkJson.ts';
import { checkProgram } from './drive.ts';
import type { ExitStatus, Io } from './io.ts';
import { loadFrom, overridesFrom, readSource } from './loading.ts';
import { matrixText } from './matrixText.ts';
import { nameOf, traceTeller } from './words.ts';

const DEFAULT_WORLD = join(import.meta.dirname, '../../public/worlds/default.dax');

/** One option, and what is known of it. */
export type MatrixRow = {
  readonly option: string;
  readonly program: Program;
  readonly report: CheckReport;
  readonly ms: number;
};

export type Matrix = { readonly file: string; readonly rows: readonly MatrixRow[]; readonly interrupted: boolean };

export async function printMatrix(call: MatrixCall, io: Io): Promise<ExitStatus> {
  const programs = programsOf(call, io);
  if (programs === undefined) return 2;
  const matrix = await fill(call, programs, io);
  io.out(`${call.json ? JSON.stringify(matrixJson(matrix, io.version)) : matrixText(matrix, { quote: call.quote, version: io.version })}\n`); // prettier-ignore
  return matrix.interrupted ? 1 : 0;
}

function programsOf({ world, options, overrides }: MatrixCall, io: Io): readonly Program[] | undefined {
  const wanted = (options.length === 0 ? PRESET_NAMES : options).map((option) => overridesFrom({ ...overrides, option }, io)); // prettier-ignore
  const known = wanted.filter((one): one is Overrides => one !== undefined);
  if (known.length < wanted.length) return undefined;
  const source = readSource(world ?? DEFAULT_WORLD, io);
  if (source === undefined) return undefined;
  const programs: Program[] = [];
  for (const one of known) {
    const program = loadFrom(source, one, io, programs.length > 0);
    if (program === undefined) return undefined;
    programs.push(program);
  }
  return programs;
}

async function fill({ world, extent }: MatrixCall, programs: readonly Program[], io: Io): Promise<Matrix> {
  const rows: MatrixRow[] = [];
  const settings = settingsOf(extent);
  for (const program of programs) {
    const option = formatOption(program.option);
    const what = `${option} (${rows.length + 1} of ${programs.length})`;
    const { report, ms, interrupted } = await checkProgram(program, settings, what, io);
    rows.push({ option, program, report, ms });
    if (interrupted) return { file: world ?? DEFAULT_WORLD, rows, interrupted };
  }
  return { file: world ?? DEFAULT_WORLD, rows, interrupted: false };
}

/** Outcomes are not what a matrix is about. */
function settingsOf({ grain, maxStates, reduction }: Extent): Settings {
  const settings = { ...(reduction ? QUICK : FULL), grain, maxOutcomes: 0 };
  return maxStates === undefined ? settings : { ...settings, maxStates };
}

/** `interrupted`: options that were not begun have no cells. */
function matrixJson({ file, rows, interrupted }: Matrix, version: string) {
  const [first] = rows;
  return {
    world: nameOf(file),
    title: first === undefined || first.program.title === '' ? null : first.program.title,
    kernel: first?.program.kernel ?? null,
    ...(first === undefined ? {} : settingsJson(first.report)),
    complete: !interrupted && rows.every(({ report }) => report.complete),
    interrupted,
    ms: rows.reduce((sum, { ms }) => sum + ms, 0),
    version,
    rows: rows.map(({ option, program, report, ms }) => ({ option, preset: program.option.preset, knobs: program.option.knobs, states: report.states, transitions: report.transitions, depth: report.depth, complete: report.complete, bound: report.bound ?? null, ms })), // prettier-ignore
    cells: rows.flatMap(({ option, program, report }) => {
      const tell = traceTeller(program, report.settings.grain);
      return PROPERTY_IDS.map((property) => {
        const { verdict, trace, ...more } = verdictJson(report.properties[property], tell);
        return { option, property, verdict, states: report.states, trace, ...more };
      });
    }),
  };
}
