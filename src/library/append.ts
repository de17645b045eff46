/**
 * A step taken in the middle of a text: the steps up to there, the new one, and the conditions. What follows is left to
 * the branch that has it. Lines of the text are kept as they stand.
 */
import { loadScenario } from '../scenario/load.ts';
import type { Program } from '../sim/model/program.ts';

export type Appended = {
  readonly text: string;
  /** Steps were left out: the old text is another branch. */
  readonly forked: boolean;
  /** Index of the new step among the steps. */
  readonly step: number;
};

export type NewStep = { readonly actor: string; readonly line: string };

/** Columns as the line above has them. */
function layOut({ actor, line }: NewStep, above: string | undefined): string {
  const width = /^\s*\S+\s+/.exec(above ?? '')?.[0].length ?? 7;
  return `${actor.padEnd(Math.max(width - 1, actor.length))} ${line}`;
}

/** 1-based numbers of the lines that hold something other than directives and steps at the end of the text. */
const firstClaim = (program: Program): number =>
  Math.min(Infinity, ...program.claims.map(({ line }) => line), ...program.menus.map(({ line }) => line));

/** The line after which a first step goes: the last one with words on it, before conditions and menus. */
function endOfHeader(lines: readonly string[], program: Program): number {
  const limit = Math.min(lines.length, firstClaim(program) - 1);
  for (let number = limit; number > 0; number -= 1) if ((lines[number - 1] ?? '').trim() !== '') return number;
  return 0;
}

/** Speaker notes of steps that are left out. */
function isLostNote(line: string, kept: number): boolean {
  const number = /^\s*note\s+(\d+)\b/.exec(line)?.[1];
  return number !== undefined && Number(number) > kept;
}

/** `kept`: how many steps of `program`, which is the program of `text`, stay before the new one. */
export function appendStep(text: string, program: Program, kept: number, step: NewStep): Appended {
  const lines = text.split('\n');
  const { steps } = program;
  const above = steps[kept - 1]?.line;
  const after = above ?? (steps[0] === undefined ? endOfHeader(lines, program) : steps[0].line - 1);
  const last = steps.at(-1)?.line ?? after;
  const fresh = layOut(step, above === undefined ? undefined : lines[above - 1]);
  const gap = above === undefined && after > 0 && (lines[after - 1] ?? '').trim() !== '' ? [''] : [];
  const forked = kept < steps.length;
  // The note of the step that gives way speaks of that step.
  const head = lines.slice(0, after).filter((line) => !isLostNote(line, forked ? kept : kept + 1));
  const tail = lines.slice(Math.max(after, last));
  const made = [...head, ...gap, fresh, ...tail];
  return { text: (forked ? silenced(made) : made).join('\n'), forked, step: kept };
}

/** Conditions that speak of what is no longer made become comments: still there to read, and no error. */
function silenced(lines: readonly string[]): readonly string[] {
  const loaded = loadScenario(lines.join('\n'));
  if (loaded.ok) return lines;
  const wrong = new Set(loaded.error.map(({ line }) => line));
  return lines.map((line, i) =>
    wrong.has(i + 1) && /^\s*(exists|forbid|always|any)\b/.test(line) ? `# ${line}` : line,
  );
}
