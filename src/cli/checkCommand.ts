/** `check FILE…`. */
import { EXACT, FULL, type CheckReport, type Settings } from '../checker/verdict.ts';
import { traceText } from '../scenario/traceText.ts';
import type { Overrides } from '../scenario/resolveHeader.ts';
import { formatOption } from '../sim/model/knobs.ts';
import { PROPERTIES, type PropertyId } from '../sim/model/property.ts';
import type { CheckCall, Extent } from './args.ts';
import { checkJson } from './checkJson.ts';
import { checkText } from './checkText.ts';
import { checkProgram } from './drive.ts';
import type { ExitStatus, Io } from './io.ts';
import { worst } from './io.ts';
import { loadFrom, overridesFrom, readSource, type Source } from './loading.ts';
import { extentWords, statesWords } from './words.ts';
import type { Program } from '../sim/model/program.ts';

export async function checkFiles(call: CheckCall, io: Io): Promise<ExitStatus> {
  const overrides = overridesFrom(call.overrides, io);
  if (overrides === undefined) return 2;
  const statuses: ExitStatus[] = [];
  for (const [i, file] of call.files.entries()) {
    if (call.files.length > 1 && !call.json && call.trace === undefined) io.out(`${i === 0 ? '' : '\n'}== ${file}\n`);
    statuses.push(await checkFile(file, call, overrides, io));
    if (io.interrupted()) break;
  }
  return worst(statuses);
}

/** Exact counts; at micro grain states would be too many without partial order. */
function settingsOf({ grain, maxStates, reduction }: Extent): Settings {
  const settings = reduction ? { ...EXACT, grain, order: grain === 'micro' } : { ...FULL, grain };
  return maxStates === undefined ? settings : { ...settings, maxStates };
}

async function checkFile(file: string, call: CheckCall, overrides: Overrides, io: Io): Promise<ExitStatus> {
  const source = readSource(file, io);
  const program = source === undefined ? undefined : loadFrom(source, overrides, io);
  if (source === undefined || program === undefined) return 2;
  const checked = await checkProgram(program, settingsOf(call.extent), file, io);
  if (call.trace !== undefined) return printTrace({ source, program }, checked.report, call.trace, io);
  const text = call.json ? JSON.stringify(checkJson({ file, program, version: io.version }, checked)) : checkText(file, program, checked); // prettier-ignore
  io.out(`${text}\n`);
  return checked.interrupted || checked.report.claims.some(({ verdict }) => verdict !== 'holds') ? 1 : 0;
}

type Loaded = { readonly source: Source; readonly program: Program };

/** A scenario that plays what violates the property. */
function printTrace({ source, program }: Loaded, report: CheckReport, id: PropertyId, io: Io): ExitStatus {
  const verdict = report.properties[id];
  if (verdict.type !== 'violated') {
    io.err(`daxpin: ${source.file}: ${id} ${PROPERTIES[id].name} is not violated: ${verdict.type} (${statesWords(report)}, ${extentWords(report)})\n`); // prettier-ignore
    return 1;
  }
  const head = { title: `${id} ${PROPERTIES[id].name}: ${verdict.message}`, option: formatOption(program.option) };
  io.out(traceText({ text: source.text, program }, { grain: report.settings.grain, moves: verdict.trace }, head));
  return 0;
}
