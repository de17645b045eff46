// Texts of scenarios become runs; sentences are asked of every position.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Program } from '../../src/sim/model/program.ts';
import type { Moment, Outline } from '../../src/sim/outline.ts';
import { momentAt, runToEnd } from '../../src/sim/run.ts';

export type Play = {
  readonly name: string;
  readonly program: Program;
  readonly outline: Outline;
  readonly at: (position: number) => Moment;
  /** The moment at which the nth turn (from 1) is over. */
  readonly after: (turn: number) => Moment;
};

export function play(text: string, name = 'a scenario'): Play {
  const loaded = loadScenario(text);
  if (!loaded.ok)
    throw new Error(`${name}: ${loaded.error.map(({ line, message }) => `${line}: ${message}`).join('; ')}`);
  const { program } = loaded.value;
  const { run, outline } = runToEnd(program);
  const at = (position: number): Moment => momentAt(run, position);
  return { name, program, outline, at, after: (turn) => at(outline.turns[turn - 1]?.to ?? -1) };
}

const HERE = import.meta.dirname;

export type Case = { readonly name: string; readonly text: string; readonly expected: readonly string[] };

/** Blocks of `===== name`, a scenario, `==>`, what is expected line by line. */
export function casesOf(file: string): readonly Case[] {
  const blocks = readFileSync(join(HERE, 'cases', file), 'utf8')
    .split(/^===== /m)
    .slice(1);
  return blocks.map((block) => {
    const [head = '', tail = ''] = block.split(/^==>$/m);
    const [name = '', ...lines] = head.split('\n');
    return { name, text: lines.join('\n'), expected: tail.split('\n').filter((line) => line !== '') };
  });
}

const SCENARIOS = join(HERE, '../../public/scenarios');

export const bundled: readonly Play[] = readdirSync(SCENARIOS)
  .filter((file) => file.endsWith('.dax'))
  .sort()
  .map((file) => play(readFileSync(join(SCENARIOS, file), 'utf8'), file));
