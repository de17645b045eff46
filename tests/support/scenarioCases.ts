// Case files: `# name`, the source, `==>`, what is expected. A `#` line begins a case only after an expectation, so that
// sources may have comments.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDiagnostic, sourceLines, type Diagnostic } from '../../src/scenario/diagnostic.ts';
import { formatScenario } from '../../src/scenario/format.ts';
import { loadScenario } from '../../src/scenario/load.ts';

export interface ScenarioCase {
  readonly file: string;
  readonly name: string;
  readonly source: string;
  readonly expected: string;
}

export const CASE_FOLDER = join(import.meta.dirname, '../scenario/cases');

export function readCases(): readonly ScenarioCase[] {
  return readdirSync(CASE_FOLDER)
    .sort()
    .flatMap((file) => splitCases(file, readFileSync(join(CASE_FOLDER, file), 'utf8')));
}

function splitCases(file: string, text: string): readonly ScenarioCase[] {
  const cases: { name: string; source: string[]; expected: string[] }[] = [];
  let part: 'source' | 'expected' = 'expected';
  for (const line of text.split('\n')) {
    if (part === 'expected' && line.startsWith('# ')) {
      cases.push({ name: line.slice(2), source: [], expected: [] });
      part = 'source';
    } else if (part === 'source' && line === '==>') {
      part = 'expected';
    } else {
      cases.at(-1)?.[part].push(line);
    }
  }
  return cases.map(({ name, source, expected }) => ({
    file,
    name,
    source: source.join('\n'),
    expected: expected.join('\n').trim(),
  }));
}

/** What a case expects: the diagnostics in full; of a text without errors its notices, then its canonical spelling. */
export function outcomeOf(source: string): { readonly text: string; readonly found: readonly Diagnostic[] } {
  const loaded = loadScenario(source);
  const found = loaded.ok ? loaded.value.notices : loaded.error;
  const told = found.map((diagnostic) => renderDiagnostic(diagnostic, sourceLines(source), 'dax'));
  const formatted = formatScenario(source);
  return { found, text: [...told, ...(formatted.ok ? [formatted.value] : [])].join('\n').trim() };
}
