/**
 * A block read back by its own words, for the case that its link is damaged: option, kernel, setup, steps and position
 * are printed, so that the run can be made again. What a mail does not carry (prose, notes, conditions, expectations
 * that were not met) is told as lost; what came of each step is taken as what is expected of it now.
 */
import { KNOBS, PRESET_NAMES, type PresetName } from '../../sim/model/knobs.ts';
import { loadScenario } from '../../scenario/load.ts';
import { SETUP_WORDS } from './runText.ts';
import { unquote } from './unquote.ts';

export type MailedRun = {
  readonly text: string;
  /** Where the option replaces the file system of the text: it is chosen, not written. */
  readonly preset?: PresetName;
  /** Counted in micro-steps. */
  readonly at: number;
  /** Whole sentences, for whoever opened it. */
  readonly lost: readonly string[];
};

const KERNEL = 'kernel (7\\.0|6\\.12|6\\.1) \\((?:recorded|read from source)\\)';
const HEAD = new RegExp(`daxpin: (.{1,400}?) option ([a-z][-\\w.= ]{1,400}?) ${KERNEL}`);
const PLACE = /(?:Step (\d{1,5}) of (\d{1,5})|Start, (\d{1,5}) steps?)\b/;
const POSITION = /at micro-step (\d{1,9}) of \d{1,9}/;
const END = /(?:not )?violated (?:in this run|so far): /;
const MOST_STEPS = 200;

/** Marks of quotation in the midst of a line: who filled a paragraph took them for words. No word of a run begins so. */
const MARKS = /(^|\s)[>|]+/g;

/** One blank for any white space. */
const flatten = (text: string): string => unquote(text).replace(MARKS, '$1').replace(/\s+/g, ' ');

/** The pieces between `1. `, `2. `, …: numbers that do not go on are part of a step. */
function numbered(text: string): { readonly steps: readonly string[]; readonly first: number } {
  const start = /(?:^| )(?:=> ?)?(\d{1,5})\. /.exec(text);
  if (start === null) return { steps: [], first: 1 };
  const first = Number(start[1]);
  const steps: string[] = [];
  let rest = text.slice(start.index + start[0].length);
  for (let next = first + 1; steps.length < MOST_STEPS; next++) {
    const found = new RegExp(` (?:=> ?)?${next}\\. `).exec(rest);
    steps.push(found === null ? rest : rest.slice(0, found.index));
    if (found === null) break;
    rest = rest.slice(found.index + found[0].length);
  }
  return { steps, first };
}

/** `app store m 1 X -> ok [S2]`, with what cannot be expected taken off. */
function stepText(printed: string): string {
  return printed
    .replace(/ ?\((?:\d+ steps (?:more|before)[^)]*)\).*$/, '')
    .replace(/ ?\(then\) ?$/, '')
    .replace(/ ?\[[\w ]*\] ?$/, '')
    .replace(/ ?\(expected [^)]*\)/, '')
    .replace(/ ?-> (?:\.\.\.|\(held back\))/, '')
    .trim();
}

const isKnob = (word: string): boolean => {
  const [name = '', value = ''] = word.split('=');
  const known: Readonly<Record<string, readonly string[]>> = KNOBS;
  return Object.hasOwn(known, name) && known[name]?.includes(value) === true;
};

/** `wait pin.readonly=unshare`, as far as it is known. */
function optionOf(words: string): { readonly preset: PresetName; readonly line: string } | undefined {
  const [name, ...knobs] = words.trim().split(' ');
  const preset = PRESET_NAMES.find((known) => known === name);
  return preset === undefined || !knobs.every(isKnob) ? undefined : { preset, line: [preset, ...knobs].join(' ') };
}

const quoted = (text: string): string => `"${text.replaceAll('"', "'")}"`;

/** Undefined: no block is in the text, or too little of it. */
export function readMail(pasted: string): MailedRun | undefined {
  const flat = flatten(pasted);
  const head = HEAD.exec(flat);
  if (head === null) return undefined;
  const [, title = '', words = '', kernel = ''] = head;
  const option = optionOf(words);
  const body = flat.slice(head.index + head[0].length);
  const setupAt = body.search(/ setup +\S/);
  if (option === undefined || setupAt < 0) return undefined;
  const told = body.slice(setupAt + ' setup '.length);
  const end = END.exec(told);
  const { steps, first } = numbered(end === null ? told : told.slice(0, end.index));
  const setup = setupLines(told);
  const textWith = (lines: readonly string[]): string =>
    [`title ${quoted(title)}`, ...setup, `kernel ${kernel}`, ...lines, ...steps.map(stepText), ''].join('\n');
  const written = textWith([`option ${option.line}`]);
  // A text of another file system cannot ask for device-dax: somebody chose that.
  const chosen = option.preset === 'device-dax' && !loadScenario(written).ok;
  const place = PLACE.exec(body);
  const count = Number(place?.[2] ?? place?.[3] ?? steps.length);
  return {
    text: chosen ? textWith([]) : written,
    ...(chosen ? { preset: option.preset } : {}),
    at: Number(POSITION.exec(body)?.[1] ?? 0),
    lost: lostOf(count - steps.length, first),
  };
}

/** Tags that were longer than a line of the mail: they hold no blank of their own. */
function joinTags(line: string): string {
  const [word = '', name = '', third = '', ...more] = line.split(' ');
  return word === 'file' && third !== '=' && !third.startsWith('"')
    ? `${word} ${name} ${[third, ...more].join('')}`.trim()
    : line;
}

function setupLines(told: string): string[] {
  const end = / (?:=> ?)?\d{1,5}\. /.exec(told)?.index ?? told.length;
  const known: readonly string[] = SETUP_WORDS;
  return told
    .slice(0, end)
    .replace(/ \((?:\d+ steps before|then\)).*$/, '')
    .split(/ ?; ?/)
    .map((line) => joinTags(line.trim()))
    .filter((line) => known.includes(line.split(' ')[0] ?? ''));
}

function lostOf(missing: number, first: number): string[] {
  return [
    'There is no whole link in this mail: the run was made again from what the mail says.',
    'Prose, notes and conditions of the text are not in a mail; what came of each step is expected of it now.',
    ...(first > 1 ? ['The first steps were left out of the mail, so that the run is another one.'] : []),
    ...(missing > 0 ? [`${missing} of its steps are not in the mail.`] : []),
  ];
}
