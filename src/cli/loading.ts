/** A file and the words of a call → a program; what is wrong with either goes to standard error. */
import { diagnosticText, renderDiagnostic, sourceLines, type Diagnostic } from '../scenario/diagnostic.ts';
import { loadScenario } from '../scenario/load.ts';
import { readOverrides, type OverrideWords } from '../scenario/overrides.ts';
import type { Overrides } from '../scenario/resolveHeader.ts';
import type { Program } from '../sim/model/program.ts';
import type { Io } from './io.ts';

export type Source = { readonly file: string; readonly text: string };

export function readSource(file: string, io: Io): Source | undefined {
  try {
    return { file, text: io.read(file) };
  } catch (error) {
    io.err(`daxpin: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

export function tell(found: readonly Diagnostic[], { file, text }: Source, io: Io): void {
  const lines = sourceLines(text);
  for (const diagnostic of found) io.err(`${renderDiagnostic(diagnostic, lines, file)}\n`);
}

export function overridesFrom(words: OverrideWords, io: Io): Overrides | undefined {
  const overrides = readOverrides(words);
  if (overrides.ok) return overrides.value;
  for (const diagnostic of overrides.error) {
    const { expected } = diagnostic;
    io.err(`daxpin: ${diagnosticText(diagnostic)}${expected === undefined ? '' : `\n  expected ${expected}`}\n`);
  }
  return undefined;
}

/** `quiet`: notices of this text were told already. */
export function loadFrom(source: Source, overrides: Overrides, io: Io, quiet = false): Program | undefined {
  const loaded = loadScenario(source.text, overrides);
  if (!loaded.ok) {
    tell(loaded.error, source, io);
    return undefined;
  }
  if (!quiet) tell(loaded.value.notices, source, io);
  return loaded.value.program;
}
