/** `option wait pin.readonly=unshare`: a preset, then knobs. The command line reads its own with the same rules. */
import { KNOBS, KNOB_NAMES, PRESET_NAMES, type KnobName, type Knobs, type PresetName } from '../sim/model/knobs.ts';
import type { OptionWords } from './ast.ts';
import type { Reporter } from './diagnostic.ts';
import { subword, type Word } from './lexer.ts';
import { oneOf } from './vocabulary.ts';

export function readOption(words: readonly Word[], report: Reporter): OptionWords {
  let preset: PresetName | undefined;
  let knobs: Partial<Knobs> = {};
  words.forEach((word, i) => {
    if (word.text.includes('=') && !word.quoted) knobs = { ...knobs, ...readKnob(word, knobs, report) };
    else if (i === 0) preset = readPreset(word, report);
    else {
      const expected = 'knob=value; a preset stands first';
      report.error('extra-word', word.span, `'${word.text}' is one word too many`, { expected });
    }
  });
  return preset === undefined ? { knobs } : { preset, knobs };
}

function readPreset(word: Word, report: Reporter): PresetName | undefined {
  const found = PRESET_NAMES.find((name) => name === word.text);
  if (found !== undefined) return found;
  const near = { word: word.text, among: [...PRESET_NAMES, ...KNOB_NAMES] };
  const hints = { expected: `${oneOf(PRESET_NAMES)}, or knob=value`, near };
  report.error('unknown-preset', word.span, `'${word.text}' is not a preset`, hints);
  return undefined;
}

/** `knob=value`; `before` are the knobs of the same line. */
export function readKnob(word: Word, before: Partial<Knobs>, report: Reporter): Partial<Knobs> {
  const cut = word.text.indexOf('=');
  const name = subword(word, 0, cut < 0 ? word.text.length : cut);
  const knob = KNOB_NAMES.find((candidate) => candidate === name.text);
  if (knob === undefined) {
    const hints = { expected: oneOf(KNOB_NAMES), near: { word: name.text, among: KNOB_NAMES } };
    report.error('unknown-knob', name.text === '' ? word.span : name.span, `'${name.text}' is not a knob`, hints);
    return {};
  }
  if (before[knob] !== undefined) {
    report.error('conflicting-words', name.span, `${knob} is set twice`);
    return {};
  }
  return readValue(knob, subword(word, name.text.length + 1, word.text.length), name, report);
}

function readValue(knob: KnobName, value: Word, name: Word, report: Reporter): Partial<Knobs> {
  const values: readonly string[] = KNOBS[knob];
  const hints = { expected: oneOf(values), near: { word: value.text, among: values } };
  if (value.text === '') {
    report.error('missing-word', name.span, `${knob} has no value`, { expected: hints.expected });
  } else if (!values.includes(value.text)) {
    report.error('unknown-value', value.span, `${knob} cannot be '${value.text}'`, hints);
  } else {
    // The value was just found in the list of this very knob.
    return { [knob]: value.text };
  }
  return {};
}
