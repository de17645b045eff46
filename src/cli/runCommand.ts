/** `run FILE…` and `fmt FILE`. */
import { formatScenario } from '../scenario/format.ts';
import { misfitNotice } from '../scenario/misfit.ts';
import type { Overrides } from '../scenario/resolveHeader.ts';
import { runToEnd } from '../sim/run.ts';
import type { RunCall } from './args.ts';
import type { ExitStatus, Io } from './io.ts';
import { worst } from './io.ts';
import { loadFrom, overridesFrom, readSource, tell } from './loading.ts';
import { makeReport } from '../io/runReport.ts';
import { formatTrace } from './trace.ts';

export function formatFile(file: string, io: Io): ExitStatus {
  const source = readSource(file, io);
  if (source === undefined) return 2;
  const formatted = formatScenario(source.text);
  if (formatted.ok) io.out(formatted.value);
  else tell(formatted.error, source, io);
  return formatted.ok ? 0 : 2;
}

export function runFiles({ files, json, overrides: words }: RunCall, io: Io): ExitStatus {
  const overrides = overridesFrom(words, io);
  if (overrides === undefined) return 2;
  return worst(
    files.map((file, i) => {
      if (files.length > 1 && !json) io.out(`${i === 0 ? '' : '\n'}== ${file}\n`);
      return runFile(file, json, overrides, io);
    }),
  );
}

function runFile(file: string, json: boolean, overrides: Overrides, io: Io): ExitStatus {
  const source = readSource(file, io);
  const program = source === undefined ? undefined : loadFrom(source, overrides, io);
  if (source === undefined || program === undefined) return 2;
  const { outline, final } = runToEnd(program);
  if (outline.misfit !== undefined) tell([misfitNotice(source.text, outline.misfit)], source, io);
  const report = makeReport(program, outline, final);
  io.out(`${json ? JSON.stringify(report) : formatTrace(program, report)}\n`);
  return report.expectations.unmet === 0 ? 0 : 1;
}
