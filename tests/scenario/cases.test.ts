import { describe, expect, test } from 'vitest';
import { DIAGNOSTIC_CODES } from '../../src/scenario/diagnostic.ts';
import { outcomeOf, readCases } from '../support/scenarioCases.ts';

const cases = readCases();

describe('cases', () => {
  test.each(cases.map((one) => [`${one.file}: ${one.name}`, one] as const))('%s', (_, { source, expected }) => {
    expect(outcomeOf(source).text).toBe(expected);
  });

  test('names are unique', () => {
    const names = cases.map(({ file, name }) => `${file}: ${name}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('every diagnostic code has a case', () => {
    // Texts over a limit are made in load.test.ts: as cases they would be long and say nothing.
    const made = ['text-too-long', 'too-many-steps', 'too-many-objects'];
    const seen = new Set(cases.flatMap(({ source }) => outcomeOf(source).found.map(({ code }) => code)));
    expect(DIAGNOSTIC_CODES.filter((code) => !seen.has(code) && !made.includes(code))).toEqual([]);
  });
});
