/**
 * What a page that frames this one may ask (`{daxpin: 1, type: 'step'}`), and what it is told. Anybody may frame the page
 * and send anything: what is not addressed to Daxpin is passed over, what is and cannot be done is answered with why.
 */
import { turnSentence } from '../explain/sentences.ts';
import { formatOption, PRESET_NAMES, type PresetName } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { spanAt } from '../base/spans.ts';
import { transportScene } from '../viewmodel/transportScene.ts';
import { verdictCards } from '../viewmodel/verdictScene.ts';
import { MAX_LINK } from './link.ts';

export const EMBED_VERSION = 1;
export const EMBED_THEMES = ['light', 'dark', 'hc'] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

const PLAIN = ['step', 'back', 'first', 'last', 'get'] as const;

export type EmbedRequest =
  | { readonly type: (typeof PLAIN)[number] }
  /** 0: the start; n: the end of step n. */
  | { readonly type: 'goto'; readonly step: number }
  /** Absent: as the text has it. */
  | { readonly type: 'option'; readonly option: PresetName | undefined }
  /** Absent: as the system has it. */
  | { readonly type: 'theme'; readonly theme: EmbedTheme | undefined }
  | { readonly type: 'open'; readonly link: string };

/** Whatever the parent wants to know an answer by. */
export type EmbedId = string | number;

export type ReadRequest = { readonly id: EmbedId | undefined } & (
  { readonly request: EmbedRequest } | { readonly problem: string }
);

const TYPES = [...PLAIN, 'goto', 'option', 'theme', 'open'];
const MOST_STEPS = 100_000;
const MOST_ID = 64;
const WORD = 40;

/** undefined: not meant for this page. */
export function readRequest(data: unknown): ReadRequest | undefined {
  if (typeof data !== 'object' || data === null || !('daxpin' in data) || data.daxpin !== EMBED_VERSION)
    return undefined;
  const field = (name: string): unknown => new Map(Object.entries(data)).get(name);
  const id = idOf(field('id'));
  const read = readTyped(field('type'), field);
  return typeof read === 'string' ? { id, problem: read } : { id, request: read };
}

function idOf(value: unknown): EmbedId | undefined {
  if (typeof value === 'string' && value.length <= MOST_ID) return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A text: why it is none. */
function readTyped(type: unknown, field: (name: string) => unknown): EmbedRequest | string {
  const plain = PLAIN.find((name) => name === type);
  if (plain !== undefined) return { type: plain };
  switch (type) {
    case 'goto':
      return readGoto(field('step'));
    case 'option': {
      const option = oneOf(PRESET_NAMES, field('option'));
      return option === false ? `option must be one of ${PRESET_NAMES.join(', ')}, or null: as the text has it` : { type, option }; // prettier-ignore
    }
    case 'theme': {
      const theme = oneOf(EMBED_THEMES, field('theme'));
      return theme === false ? `theme must be one of ${EMBED_THEMES.join(', ')}, or null: as the system has it` : { type, theme }; // prettier-ignore
    }
    case 'open': {
      const link = field('link');
      const fits = typeof link === 'string' && link.length <= MAX_LINK && link.includes('#');
      return fits ? { type, link } : 'link must be a link to a view, or its part from # on';
    }
    default:
      return `type ${typeof type === 'string' ? `'${type.slice(0, WORD)}' ` : ''}is none of ${TYPES.join(', ')}`;
  }
}

function readGoto(step: unknown): EmbedRequest | string {
  const fits = typeof step === 'number' && Number.isInteger(step) && step >= 0 && step <= MOST_STEPS;
  return fits ? { type: 'goto', step } : 'step must be a whole number: 0 is the start';
}

/** false: none of the names. */
function oneOf<T extends string>(names: readonly T[], value: unknown): T | undefined | false {
  return value === null || value === undefined ? undefined : (names.find((name) => name === value) ?? false);
}

export type EmbedState = {
  readonly title: string;
  readonly option: string;
  readonly kernel: string;
  /** 0: the start. */
  readonly step: number;
  readonly of: number;
  /** `app store m 1 X`; empty at the start. */
  readonly line: string;
  readonly sentence: string;
  /** Up to here. */
  readonly violated: readonly { readonly id: PropertyId; readonly title: string }[];
  /** To the whole page. */
  readonly link: string;
};

/** As it is posted. */
export type EmbedAnswer = { readonly daxpin: typeof EMBED_VERSION; readonly id?: EmbedId } & (
  ({ readonly type: 'ready' | 'step' | 'state' } & EmbedState) | { readonly type: 'error'; readonly message: string }
);

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

export function embedState({ program, outline, moment }: Shown, link: string): EmbedState {
  const { actor, line, ahead } = transportScene(program, outline, moment.at);
  const turn = outline.turns[spanAt(outline.turns, moment.at)];
  return {
    title: program.title,
    option: formatOption(program.option),
    kernel: program.kernel,
    step: turn === undefined ? 0 : turn.step + 1,
    of: program.steps.length,
    line: ahead ? '' : `${actor} ${line}`,
    sentence: turnSentence(program, outline, moment),
    violated: verdictCards(outline, moment.at).map(({ id, title }) => ({ id, title })),
    link,
  };
}
