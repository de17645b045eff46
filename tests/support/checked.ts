// A scenario or world through the checker, to its end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../src/sim/model/program.ts';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import type { CheckReport, Settings } from '../../src/checker/verdict.ts';
import { FULL } from '../../src/checker/verdict.ts';
import { programOf } from './runText.ts';

export function checked(program: Program, settings: Partial<Settings> = {}): CheckReport {
  const search = createSearch(program, { ...FULL, ...settings });
  while (!advanceSearch(search, 1000));
  return reportOf(search);
}

/** Lines in one, with `;` between them. */
export const program = (text: string): Program => programOf(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`);

export const check = (text: string, settings: Partial<Settings> = {}): CheckReport => checked(program(text), settings);

const FOLDER = join(import.meta.dirname, '../../public');
export const publicText = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');

/** The text under another option. */
export const withOption = (text: string, option: string): string =>
  /^option .*$/m.test(text) ? text.replace(/^option .*$/m, `option ${option}`) : `option ${option}\n${text}`;

/** The text with an allocator that may take any block. */
export const withAnyBlock = (text: string): string => `alloc any\n${text.replace(/^alloc .*$/m, '')}`;

type Told = Readonly<Record<string, string>>;

/** Every verdict by its type, and the violated ones with the length of their trace where that is asked for. */
export function verdicts({ properties }: CheckReport, lengths = true): Told {
  return Object.fromEntries(
    Object.entries(properties).map(([id, verdict]) => [
      id,
      verdict.type === 'violated' && lengths ? `violated in ${verdict.trace.length}` : verdict.type,
    ]),
  );
}

/** Outcomes with their counts, in an order of their own. */
export const outcomeSet = ({ outcomes }: CheckReport, counts = true): readonly string[] =>
  outcomes.map(({ final, count }) => JSON.stringify(counts ? [final, count] : final)).sort();
