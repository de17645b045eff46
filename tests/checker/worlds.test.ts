// What the checker finds by itself in the worlds that come with the page.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { QUICK, type CheckReport, type Trace } from '../../src/checker/verdict.ts';
import { formatScenario } from '../../src/scenario/format.ts';
import { PRESET_NAMES, type PresetName } from '../../src/sim/model/knobs.ts';
import type { Kernel, Program } from '../../src/sim/model/program.ts';
import { PROPERTY_IDS, type PropertyId } from '../../src/sim/model/property.ts';
import { programOf } from '../support/runText.ts';
import { THOROUGH } from '../support/thorough.ts';

const FOLDER = join(import.meta.dirname, '../../public/worlds');
const FILES = readdirSync(FOLDER).sort();
const textOf = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');

type Checked = { readonly program: Program; readonly report: CheckReport };

function check(file: string, preset: PresetName, kernel: Kernel): Checked {
  const program = programOf(textOf(`${file}.dax`), { preset, kernel });
  const search = createSearch(program, QUICK);
  while (!advanceSearch(search, 1000));
  return { program, report: reportOf(search) };
}

/** The run in the words of the menus; what comes by itself by its type. */
function told(program: Program, trace: Trace): readonly string[] {
  return trace.map((move) => {
    if (move.type !== 'entry') return move.type;
    const text = program.menus.find(({ actor }) => actor === move.task)?.entries[move.entry]?.text;
    return `${program.actors[move.task]?.name} ${text}`;
  });
}

function runTo(id: PropertyId, { program, report }: Checked): readonly string[] | string {
  const verdict = report.properties[id];
  return verdict.type === 'violated' ? told(program, verdict.trace) : verdict.type;
}

describe.each(FILES)('%s', (file) => {
  test('introduces itself, in its canonical spelling', () => {
    const text = textOf(file);
    const program = programOf(text);
    expect(program.title).not.toBe('');
    expect(program.about).not.toEqual([]);
    expect(program.menus.length).toBeGreaterThan(0);
    expect(formatScenario(text)).toEqual({ ok: true, value: text });
  });
});

const KERNELS: readonly Kernel[] = ['6.1', '6.12', '7.0'];

/** X10: recorded on 6.1 and 6.12 (P15b), read in the source of 7.0. */
test.each(KERNELS)('short pins, %s: a clone frees a block under an O_DIRECT write, in three steps', (kernel) => {
  const checked = check('short-pins', 'mainline', kernel);
  expect(checked.report.complete).toBe(true);
  expect(runTo('S1', checked)).toEqual(['app d = dio_write m 0', 'app store m 0 Y', 'admin ftruncate B 0']);
  expect(runTo('S2', checked)).toEqual(['app d = dio_write m 0', 'app store m 0 Y']);
});

/** P11, P12, P29: recorded on 6.1 and 6.12. */
test.each(['6.1', '6.12'] as const)('unmapped, %s: no VMA, no wait', (kernel) => {
  const checked = check('unmapped', 'mainline', kernel);
  expect(runTo('S1', checked)).toEqual(['app d = dio_read m 0 R', 'app munmap m', 'admin ftruncate A 0']);
  expect(runTo('S2', checked)).toEqual([
    'app d = dio_read m 0 R',
    'app munmap m',
    'admin ftruncate A 0',
    'other pwrite C 0 Z',
  ]);
});

test('unmapped, 7.0: the scan does not ask for a VMA', () => {
  const checked = check('unmapped', 'mainline', '7.0');
  expect([runTo('S1', checked), runTo('S2', checked)]).toEqual(['holds', 'holds']);
  expect(checked.report.complete).toBe(true);
});

/** By option: `id:length` of what it violates. */
type Rows = Readonly<Record<PresetName, string>>;

const DEFAULT: Rows = {
  mainline: '',
  unprotected: 'S1:2 S2:2 S4:3 S5a:3 S5b:3',
  wait: 'S2:2 S5b:3 L1:2 L2:2',
  etxtbsy: 'S2:2 S5b:3 L8:2',
  'static-fs': 'S2:2 S5b:3 L8:1 F1:1',
  'immutable-file': 'S1:5 S2:4 S4:4 S5a:5 S5b:5 L8:1',
  'swapfile-rules': 'L8:1',
  'deferred-free': 'S2:2 S5a:3 S5b:3 L1:2 L2:3 L5:2',
  rewrite: 'S2:2 S5b:3 L1:2 L2:3 L5:2',
  'lease-revoke': 'S2:2 S5b:3 L7:4',
  'lease-kill': 'S2:2 S5b:3 L1:4 L2:5 L7:4',
  'lease-exclusive': 'S2:2 S5b:3 L8:1',
  revoke: 'S5b:4 L7:2',
  'odp-only': 'F1:0',
  seed: 'L8:1 F1:1',
  'device-dax': 'L8:1 F1:0',
};
const SHORT: Rows = {
  mainline: 'S1:3 S2:2 L1:2 L2:3 L3:3',
  unprotected: 'S1:2 S2:2 S4:3',
  wait: 'S1:3 S2:2 L1:2 L2:3 L3:3',
  etxtbsy: 'S1:3 S2:2 L1:3 L2:3 L3:4 L8:2',
  'static-fs': 'S1:4 S2:2 L1:3 L2:3 L3:4 L8:1 F1:1',
  'immutable-file': 'S1:3 S2:2 S4:3 L1:2 L2:3 L3:4',
  'swapfile-rules': 'S1:3 S2:2 L1:2 L2:3 L3:3',
  'deferred-free': 'S2:2 L1:2 L3:3 L5:2',
  rewrite: 'S1:3 S2:2 L1:2 L2:3 L3:3 L5:2',
  'lease-revoke': 'S1:3 S2:2 L1:2 L2:3 L3:3',
  'lease-kill': 'S1:3 S2:2 L1:2 L3:3 L7:2',
  'lease-exclusive': 'S1:3 S2:2 L1:3 L2:3 L3:4 L8:2',
  revoke: 'L1:2 L2:2 L3:3',
  'odp-only': 'S1:3 S2:2 L1:2 L2:3 L3:3',
  seed: 'L1:3 L2:3 L3:4 L8:1 F1:1',
  'device-dax': 'L8:1 F1:1',
};

const violatedBy = ({ report }: Checked): string =>
  PROPERTY_IDS.flatMap((id) => {
    const verdict = report.properties[id];
    return verdict.type === 'violated' ? [`${id}:${verdict.trace.length}`] : [];
  }).join(' ');

/** The README's matrix has the default world under all of them: readme.test.ts. */
const DEFAULT_OF: readonly PresetName[] = THOROUGH ? PRESET_NAMES : ['seed'];
const SHORT_OF: readonly PresetName[] = THOROUGH ? PRESET_NAMES : ['lease-kill', 'seed'];

describe.each([
  ['default', DEFAULT, DEFAULT_OF],
  ['short-pins', SHORT, SHORT_OF],
] as const)('%s on 7.0', (file, rows, presets) => {
  test.each(presets)('%s', (preset) => {
    const checked = check(file, preset, '7.0');
    expect(checked.report.complete).toBe(true);
    expect(violatedBy(checked)).toBe(rows[preset]);
  });
});
