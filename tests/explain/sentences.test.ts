// The sentence of every step: exact ones for each kind in cases/sentences.txt, and rules that hold at every position.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MICROS } from '../../src/explain/micro.data.ts';
import { microSentence, turnSentence } from '../../src/explain/sentences.ts';
import { randomScenario } from '../support/arbitraryProgram.ts';
import type { Play } from './support.ts';
import { bundled, casesOf, play } from './support.ts';

/** `3 woke: …`: step, what kind of turn if it is not the step's own beginning, sentence at its end. */
function told({ program, outline, at }: Play): readonly string[] {
  const turns = outline.turns.map((turn) => {
    const kind = turn.kind === 'begun' ? '' : ` ${turn.kind}`;
    return `${turn.step + 1}${kind}: ${turnSentence(program, outline, at(turn.to))}`;
  });
  return [`0: ${turnSentence(program, outline, at(0))}`, ...turns];
}

describe('what a turn came to', () => {
  test.each([...casesOf('sentences.txt'), ...casesOf('objects.txt')])('$name', ({ text, expected }) => {
    expect(told(play(text))).toEqual(expected);
  });
});

describe('what a micro-step did', () => {
  test.each([...casesOf('micros.txt'), ...casesOf('objectMicros.txt')])('$name', ({ text, expected }) => {
    const { program, outline, at } = play(text);
    const lines = outline.micros.map(({ id }, i) => `${id}: ${microSentence(program, outline, at(i + 1))}`);
    // Registering and mapping are told over and over: from the first step that is neither.
    const from = outline.turns.find(({ step }) => !/mmap|reg_mr m/.test(program.steps[step]?.text ?? ''))?.from ?? 0;
    expect(lines.slice(from)).toEqual(expected);
  });
});

const MAX = 240;
/** `layout.lease` is a knob too. */
const RAW_IDS = Object.keys(MICROS).filter((id) => !id.includes(':') && id !== 'layout.lease');

/** What is wrong with a sentence, whatever it says. */
function faults(text: string): readonly string[] {
  const rules: readonly (readonly [string, boolean])[] = [
    ['empty', text.trim() === ''],
    ['no full stop', !text.endsWith('.')],
    ['two full stops', /[.,:;]\.$|\. \./.test(text)],
    ['a hole in the text', /undefined|NaN|\[object|null|unknown tag|an actor|no file\[/.test(text)],
    ['a raw id', RAW_IDS.some((id) => text.includes(id))],
    ['an unfinished clause', / {2}| [,;.]|[:,;][,:;]|: ;|\(\)|~/.test(text)],
    ['a number below zero', /(?<![\w.-])-\d/.test(text)],
    [`longer than ${MAX}`, text.length > MAX],
  ];
  return rules.filter(([, broken]) => broken).map(([rule]) => `${rule}: ${text}`);
}

function allFaults({ program, outline, at }: Play): readonly string[] {
  return Array.from({ length: outline.length + 1 }, (_, position) => {
    const moment = at(position);
    return [...faults(turnSentence(program, outline, moment)), ...faults(microSentence(program, outline, moment))];
  }).flat();
}

test.each(bundled)('every position of $name has a whole sentence', (scenario) => {
  expect(allFaults(scenario)).toEqual([]);
});

test('every position of any program has a whole sentence', () => {
  fc.assert(
    fc.property(randomScenario(25), (text) => {
      expect(allFaults(play(text))).toEqual([]);
    }),
    { seed: 11, numRuns: 30 },
  );
}, 60_000);
