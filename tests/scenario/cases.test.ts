import { describe, expect, test } from 'vitest';
import { DIAGNOSTIC_CODES } from '../../src/scenario/diagnostic.ts';
import { MAX_TEXT_BYTES } from '../../src/scenario/load.ts';
import { misfitNotice } from '../../src/scenario/misfit.ts';
import { outcomeOf, readCases } from '../support/scenarioCases.ts';

const cases = readCases();
const manyFiles = (n: number): string => Array.from({ length: n }, (_, i) => `file f${i}`).join('\n');

const longOrder = `order op ${'a '.repeat(100_001)}\na sync\n`;

describe('cases', () => {
  test.each(cases.map((one) => [`${one.file}: ${one.name}`, one] as const))('%s', (_, { source, expected }) => {
    expect(outcomeOf(source).text).toBe(expected);
  });

  test('names are unique', () => {
    const names = cases.map(({ file, name }) => `${file}: ${name}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('every diagnostic code has a case', () => {
    // Texts over a limit are made: as cases they would be long and say nothing.
    const made = ['#'.repeat(MAX_TEXT_BYTES + 1), 'app sync\n'.repeat(10_001), manyFiles(4097), longOrder];
    const sources = [...cases.map(({ source }) => source), ...made];
    const seen = new Set(sources.flatMap((source) => outcomeOf(source).found.map(({ code }) => code)));
    // Only a run can tell.
    seen.add(misfitNotice('order op app\napp sync', { word: 0, why: 'app is in the midst of nothing' }).code);
    expect(DIAGNOSTIC_CODES.filter((code) => !seen.has(code))).toEqual([]);
  });
});
