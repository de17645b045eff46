// SPIN's side: compiles the Promela world and runs it under an option.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { KnobName } from '../../src/sim/model/knobs.ts';
import { KNOBS, makeOption, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import type { PresetName } from '../../src/sim/model/knobs.ts';

const missing = [['spin', '-V'] as const, ['gcc', '--version'] as const].filter(([tool, ask]) => spawnSync(tool, [ask]).status !== 0); // prettier-ignore
/** What has to be installed first; undefined: it is there. */
export const NEEDED = missing.length === 0 ? undefined : `needs SPIN: apt-get install ${missing.map(([tool]) => tool).join(' ')}`; // prettier-ignore

/** In the order in which default.pml numbers them; it knows of no other. */
const ORDER = [
  'pin.longterm', 'layout.onPin', 'layout.scope', 'layout.lease', 'write.onPin', 'reflink.onPin', 'free.onPin',
  'fs.reflink', 'fs.punch', 'fs.shrink', 'file.immutable', 'pin.readonly',
] as const satisfies readonly KnobName[]; // prettier-ignore

/** Every preset that has a file system. */
export const PRESETS = PRESET_NAMES.filter((name) => name !== 'device-dax');

/** Uses of the menus of app, admin and peer. */
export type Uses = readonly [number, number, number];

export function numbersOf(preset: PresetName, uses: Uses): readonly number[] {
  const { knobs } = makeOption(preset);
  return [...ORDER.map((name) => KNOBS[name].findIndex((value) => value === knobs[name])), ...uses];
}

const NAMES = [...ORDER.map((name) => name.replace('.', '_').toUpperCase()), 'APP_USES', 'ADMIN_USES', 'PEER_USES'];

/** Each knob and number of uses as a constant of the model, for speed. */
export const asConstants = (numbers: readonly number[]): readonly string[] => ['-DFIXED', ...numbers.map((n, k) => `-D${NAMES[k] ?? ''}=${n}`)]; // prettier-ignore

function run(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): string {
  const { status, stdout, stderr } = spawnSync(command, args, { ...options, encoding: 'utf8', maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`${command}: ${stdout.slice(-2000)}${stderr.slice(-2000)}`);
  return stdout;
} // prettier-ignore

/** Without partial-order reduction; the checked program is `pan` in that folder. */
export function compile(folder: string, defines: readonly string[], optimize: '-O1' | '-O2'): string {
  run('spin', ['-a', ...defines, join(import.meta.dirname, 'default.pml')], { cwd: folder });
  run('gcc', [optimize, '-w', '-DNOREDUCE', '-DSAFETY', '-o', 'pan', 'pan.c'], { cwd: folder });
  return join(folder, 'pan');
}

export type Counted = { readonly states: number; readonly transitions: number; readonly output: string };

export function runPan(pan: string, numbers: readonly number[] = []): Counted {
  const output = run(pan, ['-n', '-m100000'], { env: { KNOBS: numbers.join(' ') } });
  const count = (what: string): number => Number(new RegExp(`(\\d+) ${what}`).exec(output)?.[1]);
  if (!output.includes('errors: 0') || output.includes('max search depth too small')) throw new Error(output.slice(-2000)); // prettier-ignore
  // Every transition finds a state, stored or matched, but nobody finds the first.
  return { states: count('states, stored'), transitions: count('transitions') - 1, output };
}
