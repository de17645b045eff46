/** What stands on the wall around the stage, and what the speaker reads of it. */
import { spanAt } from '../base/spans.ts';
import { turnSentence } from '../explain/sentences.ts';
import { cardsAt } from '../explain/why.ts';
import { formatOption } from '../sim/model/knobs.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { kernelBadge } from '../explain/kernelBadge.ts';
import { captionOf } from './caption.ts';
import { nowScene, type Shown } from './nowScene.ts';

/** Of a talk, the slide that was asked for; from 0. */
export type SlideNow = {
  readonly talk: string;
  readonly index: number;
  readonly count: number;
  /** Its own, while the picture is at its place. */
  readonly caption: string | undefined;
  readonly note: readonly string[];
  /** What comes. */
  readonly next: string;
};

export type RoomScene = {
  readonly title: string;
  readonly option: string;
  readonly kernel: string;
  /** `step 3 of 5`, under a talk; else empty, for the counter has it. */
  readonly step: string;
  /** `7` of `/12`. */
  readonly counter: number;
  readonly of: number;
  /** `Step 7 of 12`, `Slide 7 of 12`. */
  readonly place: string;
  readonly caption: string;
  readonly sentence: string;
  readonly broken: { readonly id: PropertyId; readonly title: string } | undefined;
  readonly note: readonly string[];
  readonly next: string;
};

const NOTHING_MORE = 'The end.';

export function roomScene(shown: Shown, slide: SlideNow | undefined): RoomScene {
  const { program, outline, moment } = shown;
  const now = nowScene(shown, undefined);
  const steps = program.steps.length;
  const step = (outline.turns[spanAt(outline.turns, moment.at)]?.step ?? -1) + 1;
  const sentence = turnSentence(program, outline, moment);
  const [card] = cardsAt(outline, moment.at);
  const said = now.note === undefined ? [] : [now.note];
  const next = now.next === undefined ? NOTHING_MORE : `${now.next.line}  →  ${now.next.result}`;
  const common = {
    title: program.title,
    option: formatOption(program.option),
    kernel: `kernel ${program.kernel}, ${kernelBadge(program.kernel).text}`,
    caption: slide?.caption ?? captionOf(sentence),
    sentence,
    broken: card === undefined ? undefined : { id: card.id, title: card.title },
  };
  if (slide === undefined)
    return { ...common, step: '', counter: step, of: steps, place: `Step ${step} of ${steps}`, note: said, next };
  return {
    ...common,
    step: step === 0 ? 'start' : `step ${step} of ${steps}`,
    counter: slide.index + 1,
    of: slide.count,
    place: `Slide ${slide.index + 1} of ${slide.count}`,
    // What the scenario says at this step is for who has nothing of their own to say.
    note: slide.note.length > 0 ? slide.note : said,
    next: slide.next,
  };
}
