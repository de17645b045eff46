import { expect, test } from 'vitest';
import { KERNEL_CHOICES, OPTION_CHOICES, scenarioGroups, writtenOption } from '../../src/viewmodel/pickers.ts';
import { makeOption, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { programOf } from '../support/runText.ts';

const listed = bundledTexts().map(({ id, text }) => ({ id, program: programOf(text) }));

test('every preset can be picked, with who proposed it and what it does', () => {
  expect(OPTION_CHOICES.map(({ preset }) => preset)).toEqual(PRESET_NAMES);
  for (const { from, gist } of OPTION_CHOICES) expect([from, gist]).not.toContain('');
});

test('a preset with a knob on top is no preset', () => {
  expect(writtenOption(makeOption('wait'))).toEqual({ name: 'wait', isPreset: true });
  expect(writtenOption(makeOption('wait', { 'pin.readonly': 'unshare' }))).toEqual({
    name: 'wait pin.readonly=unshare',
    isPreset: false,
  });
});

test('each kernel says how it is known', () => {
  expect(KERNEL_CHOICES.map(({ kernel, recorded }) => [kernel, recorded])).toEqual([
    ['7.0', false],
    ['6.12', true],
    ['6.1', true],
  ]);
});

test('every scenario is in one group, the first one first', () => {
  const groups = scenarioGroups(listed);
  const ids = groups.flatMap(({ scenarios }) => scenarios.map(({ id }) => id));
  expect(ids.toSorted()).toEqual(listed.map(({ id }) => id));
  expect(ids[0]).toBe(listed[0]?.id);
  expect(groups.map(({ name }) => name)).toEqual([...new Set(groups.map(({ name }) => name))]);
  expect(groups.length).toBeGreaterThan(2);
});

test('a scenario is listed with its title and one line', () => {
  for (const { scenarios } of scenarioGroups(listed)) {
    for (const { title, about } of scenarios) {
      expect(title).not.toBe('');
      expect(about).toMatch(/\.$/);
      expect(about).not.toContain('. ');
    }
  }
});

test('a text that is refused is listed by its name', () => {
  expect(scenarioGroups([{ id: 'odd', program: undefined }])).toEqual([
    { name: 'Other', scenarios: [{ id: 'odd', title: 'odd', about: '' }] },
  ]);
});
