// The default world in Promela, through SPIN, against the checker: two readings of the semantics by different words.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checked, publicText, withOption } from '../support/checked.ts';
import { programOf } from '../support/runText.ts';
import { ASKED, Graph } from './graph.ts';
import type { Uses } from './pan.ts';
import { compile, NEEDED, numbersOf, PRESETS, runPan } from './pan.ts';
import { textsOf } from './stateText.ts';

const TEXT = publicText('worlds/default.dax');
const usesOf = (actor: string): number => Number(new RegExp(`^any +${actor} x(\\d)`, 'm').exec(TEXT)?.[1]);
const WHOLE: Uses = [usesOf('app'), usesOf('admin'), usesOf('peer')];
const LESS: Uses = [2, 2, 1];
const SMALLER: Uses = [2, 1, 1];
/** Options whose whole world takes seconds and whose rules the others have too; it is equal as well. */
const CUT: readonly string[] = ['rewrite', 'revoke', 'lease-revoke', 'lease-kill'];

const worldOf = (preset: string, [app, admin, peer]: Uses) =>
  programOf(withOption(TEXT, preset).replace(/^any +(\w+) x\d/gm, (_, actor: string) => `any ${actor} x${{ app, admin, peer }[actor] ?? 0}`)); // prettier-ignore

if (NEEDED !== undefined) console.warn(`tests/spin is skipped: ${NEEDED}`);

describe.skipIf(NEEDED !== undefined)('the default world through SPIN', () => {
  let folder = '';
  let pan = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'daxpin-spin-'));
    pan = compile(folder, ['-DGRAPH'], '-O1');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PRESETS)('%s: as many states and transitions, the same violations, as soon', (preset) => {
    const uses = CUT.includes(preset) ? LESS : WHOLE;
    const spin = runPan(pan, numbersOf(preset, uses));
    const ours = checked(worldOf(preset, uses), { maxOutcomes: 0 });
    expect(ours.complete).toBe(true);
    expect({ states: spin.states, transitions: spin.transitions }).toEqual({ states: ours.states, transitions: ours.transitions }); // prettier-ignore
    const violated = Object.entries(ours.properties).flatMap(([id, verdict]) =>
      verdict.type === 'violated' && ASKED.includes(id) ? [[id, verdict.trace.length] as const] : [],
    );
    expect(new Graph(spin.output).violated()).toEqual(Object.fromEntries(violated));
  });

  it.each(PRESETS)('%s: the very same states, of fewer operations', (preset) => {
    const { texts } = new Graph(runPan(pan, numbersOf(preset, SMALLER)).output);
    expect([...texts.values()].sort()).toEqual(textsOf(worldOf(preset, SMALLER)));
  });
});
