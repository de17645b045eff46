// The scenarios that come with the page: each true under its own option and kernel, and none that any other option or
// kernel cannot run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatScenario } from '../../src/scenario/format.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import type { Overrides } from '../../src/scenario/resolveHeader.ts';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { KERNELS } from '../../src/sim/model/program.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { THOROUGH } from '../support/thorough.ts';

const FOLDER = join(import.meta.dirname, '../../public/scenarios');
const files = readdirSync(FOLDER).sort();
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

function load(file: string, overrides: Overrides = {}) {
  const loaded = loadScenario(textOf(file), overrides);
  if (!loaded.ok) throw new Error(`${file}: ${JSON.stringify(loaded.error)}`);
  return loaded.value;
}

/** The example of the language keeps its own title; the others fit the picker. */
const FIRST = '01-read-mr-goes-stale.dax';

describe.each(files)('%s', (file) => {
  const { program, notices } = load(file);

  test('introduces itself', () => {
    expect(file).toMatch(/^[0-9]{2}-[a-z0-9-]+\.dax$/);
    if (file !== FIRST) expect(program.title.length).toBeLessThanOrEqual(40);
    expect(program.title).not.toBe('');
    expect(program.about).not.toEqual([]);
    expect(program.notes.length).toBeGreaterThanOrEqual(1);
    expect(program.notes.map(({ step }) => step)).toEqual(
      [...new Set(program.notes.map(({ step }) => step))].sort((a, b) => a - b),
    );
    expect(program.claims.length).toBeGreaterThanOrEqual(1);
    expect(notices).toEqual([]);
  });

  test('expects something of nearly every step', () => {
    const silent = program.steps.filter((step) => step.expect === undefined);
    expect(silent.length).toBeLessThanOrEqual(file === FIRST ? 2 : 1);
  });

  test('keeps its expectations and conditions', () => {
    const { outline } = runToEnd(program);
    const unmet = program.steps.flatMap(({ line, text, expect: wanted }, i) => {
      const result = outline.steps[i];
      const got = result?.eventually === undefined ? result?.result : `${result.result}, ${result.eventually}`;
      return result?.met === false ? [`line ${line}: ${text} -> ${got}, expected ${wanted?.text}`] : [];
    });
    expect([...unmet, ...outline.claims.filter(({ met }) => !met).map(({ text }) => text)]).toEqual([]);
  });

  test('runs to an end under every option and kernel', () => {
    for (const [nth, preset] of PRESET_NAMES.entries()) {
      for (const kernel of THOROUGH ? KERNELS : [KERNELS[(nth + file.length) % KERNELS.length] ?? '7.0']) {
        const { outline } = runToEnd(load(file, { preset, kernel }).program);
        expect(outline.steps).toHaveLength(program.steps.length);
        expect(outline.violations.filter(({ id }) => id === 'S11')).toEqual([]);
      }
    }
  });

  test('has a canonical spelling that means the same', () => {
    const formatted = formatScenario(textOf(file));
    const again = loadScenario(formatted.ok ? formatted.value : '');
    expect(again.ok && again.value.program).toEqual(program);
  });
});

test('titles tell the scenarios apart', () => {
  const titles = files.map((file) => load(file).program.title);
  expect(new Set(titles).size).toBe(titles.length);
});
