/** What there is to say about a word: put together from the shapes of the language, the tables of the model and the help data. */
import { MICROS } from '../explain/micro.data.ts';
import { kernelBadge } from '../explain/kernelBadge.ts';
import { formatFunction } from '../explain/micro.ts';
import { functionsIn } from '../explain/microRow.ts';
import { contextAt } from '../scenario/contextAt.ts';
import { ERRNOS } from '../scenario/errnos.ts';
import { KIND_TITLES, usageOf, verbOf } from '../scenario/vocabulary.ts';
import { KNOB_NAMES, KNOBS, PRESET_NAMES, PRESETS, type KnobName } from '../sim/model/knobs.ts';
import type { Verb } from '../sim/model/op.ts';
import { KERNELS, type Kernel } from '../sim/model/program.ts';
import { PROPERTIES, PROPERTY_IDS } from '../sim/model/property.ts';
import { VERB_HELP } from './helpVerbs.data.ts';
import { CONDITION_HELP, DIRECTIVE_HELP, ERRNO_HELP, KNOB_HELP, PROPERTY_HELP, RESULT_HELP, WORD_HELP } from './helpWords.data.ts'; // prettier-ignore
import type { LineWord } from './words.ts';

export type Help = {
  /** The word, or how a verb is written. */
  readonly title: string;
  readonly says: string;
  readonly rows: readonly { readonly name: string; readonly text: string }[];
  /** What it becomes in the kernel. */
  readonly kernel?: { readonly title: string; readonly parts: readonly KernelPart[] };
};
export type KernelPart = { readonly what: string; readonly functions: readonly string[] };

const help = (title: string, says: string, rows: Help['rows'] = []): Help => ({ title, says, rows });

/** From a table whose keys are words of the language, by any word. */
function from(table: Readonly<Record<string, string>>, word: string): Help | undefined {
  const says = Object.hasOwn(table, word) ? table[word] : undefined;
  return says === undefined ? undefined : help(word, says);
}

/** Of a word of the language; names have help of their own. */
export function helpOn(word: LineWord, kernel: Kernel): Help | undefined {
  const { text, kind, slot } = word;
  switch (kind) {
    case 'verb': {
      const verb = verbOf(text);
      return verb === undefined ? undefined : verbHelp(verb, kernel);
    }
    case 'directive':
      return from(DIRECTIVE_HELP, text);
    case 'property': {
      const id = PROPERTY_IDS.find((known) => known === text);
      return id === undefined ? undefined : help(`${id} ${PROPERTIES[id].name}`, PROPERTY_HELP[id], [{ name: 'Title', text: PROPERTIES[id].title }]); // prettier-ignore
    }
    case 'result':
      return resultHelp(text);
    case 'keyword':
      return slot === 'condition' || slot === 'state' || slot === 'join'
        ? from(CONDITION_HELP, text)
        : keywordHelp(word);
    default:
      return undefined;
  }
}

function keywordHelp({ text, slot, key }: LineWord): Help | undefined {
  const knob = KNOB_NAMES.find((known) => known === text);
  const preset = PRESET_NAMES.find((known) => known === text);
  if (slot === 'knobValue') return valueHelp(key, text);
  if (slot === 'preset' || slot === 'knob') {
    if (knob !== undefined) return knobHelp(knob);
    return preset === undefined ? undefined : presetHelp(preset);
  }
  if (slot === 'kernel') {
    const kernel = KERNELS.find((known) => known === text);
    return kernel === undefined ? undefined : help(`kernel ${kernel}`, kernelBadge(kernel).title);
  }
  if (slot === 'fsSetting' || slot === 'fsValue') return help('fs', DIRECTIVE_HELP.fs);
  if (slot === 'allocOrder') return help('alloc', DIRECTIVE_HELP.alloc);
  if (slot === 'grain') return help('order op|micro WORD…', DIRECTIVE_HELP.order);
  if (slot === 'cloneWord') return help('file NAME = reflink SRC [OFF LEN]', DIRECTIVE_HELP.file);
  if (slot === 'threads') return help('proc NAME threads=N', DIRECTIVE_HELP.proc);
  return from(WORD_HELP, text);
}

const valuesOf = (knob: KnobName): string => KNOBS[knob].join(', ');

export function verbHelp(verb: Verb, kernel: Kernel): Help {
  const { does, results, micros, knobs } = VERB_HELP[verb];
  const parts = micros.flatMap((id): readonly KernelPart[] => {
    const row = MICROS[id];
    if (row === undefined) return [];
    const functions = functionsIn(row, kernel, 'xfs').map(formatFunction);
    return functions.length === 0 ? [] : [{ what: row.what, functions }];
  });
  const badge = kernelBadge(kernel);
  return {
    title: usageOf(verb),
    says: does,
    rows: [
      { name: 'Returns', text: results.join('; ') },
      ...knobs.map((knob) => ({ name: knob, text: valuesOf(knob) })),
    ],
    ...(parts.length === 0 ? {} : { kernel: { title: `Kernel ${kernel}, ${badge.text}`, parts } }),
  };
}

function knobHelp(knob: KnobName): Help {
  const values: Readonly<Record<string, string>> = KNOB_HELP[knob].values;
  return help(
    knob,
    KNOB_HELP[knob].does,
    KNOBS[knob].map((value) => ({ name: value, text: values[value] ?? '' })),
  );
}

function valueHelp(key: string | undefined, value: string): Help | undefined {
  const knob = KNOB_NAMES.find((known) => known === key);
  if (knob === undefined) return undefined;
  const values: Readonly<Record<string, string>> = KNOB_HELP[knob].values;
  const says = values[value];
  return says === undefined ? undefined : help(`${knob}=${value}`, `${KNOB_HELP[knob].does} ${says}`);
}

function presetHelp(preset: keyof typeof PRESETS): Help {
  const { gist, from: who, differs } = PRESETS[preset];
  const rows = Object.entries(differs).map(([name, text]) => ({ name, text }));
  return help(preset, gist, [{ name: 'From', text: who }, ...rows]);
}

function resultHelp(word: string): Help | undefined {
  const errno = ERRNO_HELP.get(word);
  if (errno !== undefined) return help(word, errno);
  if (ERRNOS.some((known) => known === word)) return help(word, 'An errno of Linux that no operation here returns.');
  return from(RESULT_HELP, word) ?? help(word, 'The read returns this tag.');
}

/** Of a name: what it stands for, and the line that makes it. `offset`: where it stands in the text. */
export function nameHelp(word: LineWord, text: string, offset: number): Help | undefined {
  const { names, slot } = word;
  if (names === undefined) return undefined;
  const title = `${word.text}: ${KIND_TITLES[names]}`;
  if (slot === 'newName' || slot === 'verb') return help(title, 'Made on this line.');
  const made = contextAt(text, offset).candidates.find(({ label }) => label === word.text);
  return help(title, made?.detail === undefined ? 'No line above makes it.' : `Made by: ${made.detail}`);
}

/** In one breath, for a screen reader. */
export function helpSpoken({ title, says, rows }: Help): string {
  return [`${title}.`, says, ...rows.map(({ name, text }) => `${name}: ${text}.`)].join(' ');
}
