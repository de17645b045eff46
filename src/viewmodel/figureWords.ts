/** What stands around a picture that leaves the page: which run, which step, and the sentence, broken into lines. */
import { spanAt } from '../base/spans.ts';
import { turnSentence } from '../explain/sentences.ts';
import { kernelBadge } from '../explain/kernelBadge.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import type { Measure } from './textWidth.ts';
import { transportScene } from './transportScene.ts';
import { verdictCards } from './verdictScene.ts';

export type FigureWords = {
  readonly title: string;
  /** `option wait, kernel 7.0 (read from source)`. */
  readonly setting: string;
  /** `Step 3 of 5: app store m 1 X`. */
  readonly place: string;
  /** The sentence, and what it broke. */
  readonly lines: readonly string[];
};

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

const SIZE = 15;

export function figureWords({ program, outline, moment }: Shown, width: number, measure: Measure): FigureWords {
  const { place, actor, line, verdict, ahead } = transportScene(program, outline, moment.at);
  const broken = verdictCards(outline, moment.at).filter(({ fresh }) => fresh);
  const says = [
    turnSentence(program, outline, moment),
    ...broken.map(({ id, title }) => `Breaks ${id}: ${title}.`),
  ].join(' ');
  return {
    title: program.title === '' ? 'Untitled' : program.title,
    setting: `option ${formatOption(program.option)}, kernel ${program.kernel} (${kernelBadge(program.kernel).text})`,
    place: ahead ? place : `${place}: ${actor} ${line}${verdict === '' ? '' : ` (${verdict})`}`,
    lines: linesOf(says, (text) => measure(text, SIZE, 'sans') <= width),
  };
}

/** At spaces; a word that is too long stands alone. */
function linesOf(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** For the name of a file: which run, and which step, from 1; none at the start. */
export function nameParts({ program, outline, moment }: Shown): {
  title: string;
  option: string;
  step: number | undefined;
} {
  const turn = outline.turns[spanAt(outline.turns, moment.at)];
  return { title: program.title, option: program.option.preset, step: turn === undefined ? undefined : turn.step + 1 };
}
