/**
 * A talk: an ordered list of slides, each a place in a run and what is said there. Plain text, a slide a paragraph:
 *
 *     talk The thread in ten minutes        # first of all; then what it is about, for the speaker
 *
 *     scenario 01-read-mr-goes-stale option=wait step=3
 *     caption The store moved A[1]. The NIC stayed.
 *     Everything else is the speaker's note.
 *
 * `step` is a number, `end`, or `violation:S5b`: where that property breaks first. Absent: the start. A talk may come
 * from anybody: it is read with bounds, and what is wrong is told with its place and the cure.
 */
import { err, ok, type Result } from '../base/result.ts';
import { PRESET_NAMES, type PresetName } from '../sim/model/knobs.ts';
import { KERNELS, type Kernel } from '../sim/model/program.ts';
import { PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import { MOST_CAPTION } from '../viewmodel/caption.ts';

/** `step`: 0 is the start. */
export type SlidePlace = { readonly step: number } | { readonly violated: PropertyId } | { readonly end: true };

export type Slide = {
  readonly scenario: string;
  /** Absent: as the text has it. */
  readonly option: PresetName | undefined;
  readonly kernel: Kernel | undefined;
  readonly place: SlidePlace;
  /** Absent: made of the sentence of the step. */
  readonly caption: string | undefined;
  /** Lines for the speaker. */
  readonly note: readonly string[];
  /** Line of the file, from 1. */
  readonly line: number;
};

export type Talk = { readonly title: string; readonly about: readonly string[]; readonly slides: readonly Slide[] };

/** Both from 1. */
export type TalkError = { readonly line: number; readonly column: number; readonly message: string };

export const MAX_TALK_LENGTH = 64 * 1024;
export const MAX_SLIDES = 200;
const MAX_LINE = 400;
const MAX_NOTE_LINES = 20;
const MAX_TITLE = 100;
const MAX_STEP = 9999;

const SCENARIO = /^[\w.-]{1,100}$/;

type Line = { readonly text: string; readonly line: number };
type Read<T> = Result<T, TalkError>;

const fail = (line: number, column: number, message: string): { ok: false; error: TalkError } =>
  err({ line, column, message });

/** Paragraphs of lines that are neither empty nor comments. */
function paragraphsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const found: Line[][] = [[]];
  for (const line of lines) {
    if (line.text.startsWith('#')) continue;
    if (line.text === '') found.push([]);
    else found.at(-1)?.push(line);
  }
  return found.filter((lines) => lines.length > 0);
}

/** A C0 control would be drawn as nothing, or as something else. */
const isControl = (char: string): boolean => char < ' ' || (char >= '\u007f' && char <= '\u009f');

function linesOf(text: string): Read<readonly Line[]> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const read: Line[] = [];
  for (const [i, raw] of lines.entries()) {
    const plain = raw.replaceAll('\t', ' ');
    const control = [...plain].findIndex(isControl);
    if (control >= 0) return fail(i + 1, control + 1, 'this character cannot be shown. Delete it.');
    if (plain.length > MAX_LINE)
      return fail(i + 1, MAX_LINE + 1, `a line has at most ${MAX_LINE} characters. Break it.`);
    read.push({ text: plain.trim(), line: i + 1 });
  }
  return ok(read);
}

export function parseTalk(text: string): Read<Talk> {
  if (text.length > MAX_TALK_LENGTH) return fail(1, 1, `a talk has at most ${MAX_TALK_LENGTH / 1024} kB. Split it.`);
  const lines = linesOf(text);
  if (!lines.ok) return lines;
  const [head, ...paragraphs] = paragraphsOf(lines.value);
  const [first, ...about] = head ?? [];
  const title = first === undefined ? undefined : /^talk\s+(.+)$/.exec(first.text)?.[1];
  if (title === undefined)
    return fail(first?.line ?? 1, 1, "a talk begins with its title: 'talk The thread in ten minutes'.");
  if (title.length > MAX_TITLE) return fail(first?.line ?? 1, 6, `a title has at most ${MAX_TITLE} characters.`);
  const run = about.find((line) => /^scenario\b/.test(line.text));
  if (run !== undefined) return fail(run.line, 1, 'leave a line empty before a slide.');
  if (paragraphs.length === 0)
    return fail(lines.value.length, 1, "there is no slide yet: 'scenario 01-read-mr-goes-stale option=wait step=3'.");
  const after = paragraphs[MAX_SLIDES]?.[0];
  if (after !== undefined) return fail(after.line, 1, `a talk has at most ${MAX_SLIDES} slides.`);
  const slides: Slide[] = [];
  for (const paragraph of paragraphs) {
    const slide = readSlide(paragraph);
    if (!slide.ok) return slide;
    slides.push(slide.value);
  }
  return ok({ title, about: about.map((line) => line.text), slides });
}

function readSlide([first, ...rest]: readonly Line[]): Read<Slide> {
  if (first === undefined || !/^scenario(\s|$)/.test(first.text))
    return fail(
      first?.line ?? 1,
      1,
      "a slide begins with its scenario: 'scenario 01-read-mr-goes-stale option=wait step=3'.",
    );
  const head = readHead(first);
  if (!head.ok) return head;
  const captions = rest.filter(({ text }) => /^caption(\s|$)/.test(text));
  const second = captions[1];
  if (second !== undefined) return fail(second.line, 1, 'a slide has one caption.');
  const caption = captions[0]?.text.slice('caption'.length).trim();
  const where = captions[0]?.line ?? 1;
  if (caption === '') return fail(where, 8, 'the caption is empty. Write it behind the word, or leave the line out.');
  if (caption !== undefined && caption.length > MOST_CAPTION)
    return fail(
      where,
      9 + MOST_CAPTION,
      `a caption has at most ${MOST_CAPTION} characters, two lines on the wall; this one has ${caption.length}.`,
    );
  const note = rest.filter((line) => line !== captions[0]);
  const long = note[MAX_NOTE_LINES];
  if (long !== undefined) return fail(long.line, 1, `a note has at most ${MAX_NOTE_LINES} lines.`);
  return ok({ ...head.value, caption, note: note.map(({ text }) => text), line: first.line });
}

type Head = Pick<Slide, 'scenario' | 'option' | 'kernel' | 'place'>;

function readHead({ text, line }: Line): Read<Head> {
  const words = [...text.matchAll(/\S+/g)].slice(1).map((found) => ({ word: found[0], column: found.index + 1 }));
  const [name, ...fields] = words;
  if (name === undefined || !SCENARIO.test(name.word))
    return fail(
      line,
      name?.column ?? text.length + 1,
      "here stands the name of a scenario, such as '01-read-mr-goes-stale'.",
    );
  let head: Head = { scenario: name.word, option: undefined, kernel: undefined, place: { step: 0 } };
  const seen = new Set<string>();
  for (const { word, column } of fields) {
    const [key = '', value = ''] = word.split(/=(.*)/s);
    if (seen.has(key)) return fail(line, column, `'${key}' stands here twice.`);
    seen.add(key);
    const field = readField(key, value);
    if (typeof field === 'string') return fail(line, column, field);
    head = { ...head, ...field };
  }
  return ok(head);
}

/** What a field says, or what is wrong with it. */
function readField(key: string, value: string): Partial<Head> | string {
  switch (key) {
    case 'option': {
      const option = PRESET_NAMES.find((name) => name === value);
      return option === undefined ? `there is no option '${value}'. There are ${PRESET_NAMES.join(', ')}.` : { option };
    }
    case 'kernel': {
      const kernel = KERNELS.find((name) => name === value);
      return kernel === undefined ? `there is no kernel '${value}'. There are ${KERNELS.join(', ')}.` : { kernel };
    }
    case 'step': {
      const place = readPlace(value);
      return place === undefined
        ? `'${value}' is no step: a number, 'end', or a property that breaks: 'violation:S5b'.`
        : { place };
    }
    default:
      return `'${key}' is not known here. A slide has option=, kernel= and step=.`;
  }
}

function readPlace(value: string): SlidePlace | undefined {
  if (value === 'end') return { end: true };
  const violated = PROPERTY_IDS.find((id) => `violation:${id}` === value);
  if (violated !== undefined) return { violated };
  return /^\d{1,4}$/.test(value) && Number(value) <= MAX_STEP ? { step: Number(value) } : undefined;
}

/** `01-x.talk:3:10: …`, as the command line tells errors. */
export const talkErrorText = (file: string, { line, column, message }: TalkError): string =>
  `${file}:${line}:${column}: ${message}`;
