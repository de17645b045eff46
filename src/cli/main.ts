/** The command line without its process: words and files in, two streams and an exit status out. */
import { diagnosticText, renderDiagnostic, sourceLines, type Diagnostic } from '../scenario/diagnostic.ts';
import { formatScenario } from '../scenario/format.ts';
import { loadScenario } from '../scenario/load.ts';
import { misfitNotice } from '../scenario/misfit.ts';
import { readOverrides } from '../scenario/overrides.ts';
import type { Overrides } from '../scenario/resolveHeader.ts';
import { runToEnd } from '../sim/run.ts';
import { readCall, USAGE, type Call } from './args.ts';
import { makeReport } from './report.ts';
import { formatTrace } from './trace.ts';

type Io = {
  /** The text of a file, `-` for standard input; throws what the system says. */
  readonly read: (file: string) => string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

/** 0: every expectation and condition met; 1: some not; 2: the text or the call is wrong. */
type ExitStatus = 0 | 1 | 2;

export function main(argv: readonly string[], io: Io): ExitStatus {
  const call = readCall(argv);
  if (!call.ok) {
    io.err(`daxpin: ${call.error}\n${USAGE}`);
    return 2;
  }
  switch (call.value.command) {
    case 'help':
      io.out(USAGE);
      return 0;
    case 'fmt':
      return format(call.value.file, io);
    case 'run':
      return runFiles(call.value, io);
  }
}

type Texts = { readonly file: string; readonly text: string };

function readText(file: string, io: Io): Texts | undefined {
  try {
    return { file, text: io.read(file) };
  } catch (error) {
    io.err(`daxpin: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

function tell(found: readonly Diagnostic[], { file, text }: Texts, io: Io): void {
  const lines = sourceLines(text);
  for (const diagnostic of found) io.err(`${renderDiagnostic(diagnostic, lines, file)}\n`);
}

function format(file: string, io: Io): ExitStatus {
  const source = readText(file, io);
  if (source === undefined) return 2;
  const formatted = formatScenario(source.text);
  if (formatted.ok) io.out(formatted.value);
  else tell(formatted.error, source, io);
  return formatted.ok ? 0 : 2;
}

function runFiles({ files, json, overrides: words }: Extract<Call, { command: 'run' }>, io: Io): ExitStatus {
  const overrides = readOverrides(words);
  if (!overrides.ok) {
    for (const diagnostic of overrides.error) {
      const { expected } = diagnostic;
      io.err(`daxpin: ${diagnosticText(diagnostic)}${expected === undefined ? '' : `\n  expected ${expected}`}\n`);
    }
    return 2;
  }
  const statuses = files.map((file, i) => {
    if (files.length > 1 && !json) io.out(`${i === 0 ? '' : '\n'}== ${file}\n`);
    return runFile(file, json, overrides.value, io);
  });
  return statuses.reduce<ExitStatus>((worst, status) => (status > worst ? status : worst), 0);
}

function runFile(file: string, json: boolean, overrides: Overrides, io: Io): ExitStatus {
  const source = readText(file, io);
  if (source === undefined) return 2;
  const loaded = loadScenario(source.text, overrides);
  if (!loaded.ok) {
    tell(loaded.error, source, io);
    return 2;
  }
  const { program, notices } = loaded.value;
  tell(notices, source, io);
  const { outline, final } = runToEnd(program);
  if (outline.misfit !== undefined) tell([misfitNotice(source.text, outline.misfit)], source, io);
  const report = makeReport(program, outline, final);
  io.out(`${json ? JSON.stringify(report) : formatTrace(program, report)}\n`);
  return report.expectations.unmet === 0 ? 0 : 1;
}
