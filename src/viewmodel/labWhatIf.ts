/** "What if": an option that is being put together. */
import { KNOB_NAMES, KNOBS, PRESET_NAMES, type KnobName, type PresetName } from '../sim/model/knobs.ts';
import type { LabOption } from './labState.ts';
import { isDeviceDax, knobsOf, optionText } from './labWords.ts';

export type WhatIfScene = {
  readonly presets: readonly PresetName[];
  readonly knobs: readonly {
    readonly knob: KnobName;
    readonly values: readonly string[];
    readonly value: string;
    /** What the base has. */
    readonly was: string;
  }[];
  readonly option: LabOption;
  readonly text: string;
  readonly changed: boolean;
};

/** `set`: by knob, the value that was chosen. Of a device without a file system no knob speaks. */
export function whatIfScene(preset: PresetName, set: Readonly<Record<string, string>>): WhatIfScene {
  const base = knobsOf({ preset, set: {} });
  const knobs = KNOB_NAMES.map((knob) => ({
    knob,
    values: KNOBS[knob],
    value: set[knob] ?? base[knob],
    was: base[knob],
  }));
  const changes = knobs.filter(({ value, was }) => value !== was).map(({ knob, value }) => [knob, value] as const);
  const option: LabOption = { preset, set: Object.fromEntries(changes) };
  const presets = PRESET_NAMES.filter((one) => !isDeviceDax({ preset: one, set: {} }));
  return { presets, knobs, option, text: optionText(option), changed: changes.length > 0 };
}
