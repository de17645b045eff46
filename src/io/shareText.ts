/** What is said of a moment where it leaves the page. */
import { turnSentence } from '../explain/sentences.ts';
import { markdownOf } from './markdown.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { Program } from '../sim/model/program.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { transportScene } from '../viewmodel/transportScene.ts';
import { verdictCards } from '../viewmodel/verdictScene.ts';

type Shown = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

export function shareMarkdown({ program, outline, moment }: Shown, link: string): string {
  const { place, actor, line, ahead } = transportScene(program, outline, moment.at);
  const cards = verdictCards(outline, moment.at);
  return markdownOf({
    title: program.title === '' ? 'Untitled' : program.title,
    option: formatOption(program.option),
    kernel: program.kernel,
    place,
    line: ahead ? '' : `${actor} ${line}`,
    sentence: turnSentence(program, outline, moment),
    violated: cards.map(({ id, title }) => ({ id, title })),
    link,
  });
}
