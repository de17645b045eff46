/** What a speaker can do: present a scenario or a talk, go on, go back, blank the wall. Loaded with the first presentation. */
import { readFile, MAX_FILES } from '../library/files.ts';
import type { Slide, Talk } from '../io/talk.ts';
import type { Outline } from '../sim/outline.ts';
import {
  first,
  goToNextViolation,
  last,
  openOthers,
  openPlayer,
  stepBack,
  stepForward,
  textBehind,
} from './actions.ts';
import { findPlace, firstViolation } from './places.ts';
import { room, setRoom } from './roomStore.ts';
import { runText } from './running.ts';
import type { Opening } from './session.ts';
import { page, setPage, type Shown } from './store.ts';
import { addTalk, talkOf } from './talks.ts';

function enter(): void {
  setPage({ screen: 'room', playing: false, hovered: undefined, selected: undefined, dialog: undefined });
  setRoom({ blank: false, started: room().started + 1 });
}

/** The open scenario, from where it is. */
export function present(): void {
  setPage({ room: undefined });
  enter();
}

/** `slide` from 1; past the ends is the nearest. */
export async function presentTalk(id: string, slide = 1): Promise<void> {
  const { opened } = page();
  const talk = talkOf(id);
  if (talk === undefined) {
    setPage({ room: undefined });
    openPlayer();
    setPage({ notice: { text: `There is no talk named '${id}'.`, tone: 'problem' } });
    return;
  }
  if (talk.slides.some(({ scenario }) => textBehind(scenario) === undefined) && !(await openOthers())) {
    setPage({ room: undefined });
    return openPlayer();
  }
  // Who opened something else meanwhile wants that more.
  if (page().opened !== opened) return;
  enter();
  setPage({ notice: undefined, grain: 'step' });
  showSlide(id, talk, slide - 1);
}

/** Back to the player, at what is on the wall. */
export function leaveRoom(): void {
  if (page().screen !== 'room') return;
  setPage({ screen: 'player', room: undefined });
  setRoom({ blank: false });
}

export function togglePresent(): void {
  if (page().screen === 'room') leaveRoom();
  else present();
}

export const openingOf = ({ place }: Slide): Opening => {
  if ('violated' in place || 'end' in place) return place;
  return place.step === 0 ? { at: 0 } : { place: { step: place.step - 1, kind: 'begun' } };
};

/** Where a slide is in its run. */
export function slideAt({ place }: Slide, outline: Outline): number {
  if ('violated' in place) return firstViolation(outline, place.violated, 'step');
  if ('end' in place) return outline.length;
  return place.step === 0 ? 0 : findPlace(outline, { step: place.step - 1, kind: 'begun' });
}

/** The picture is the slide's: not of the slide before, which stays until this one is there, nor a step further. */
export function isAtSlide(slide: Slide, { scenario, program, outline, moment }: Shown): boolean {
  if (scenario !== slide.scenario || moment.at !== slideAt(slide, outline)) return false;
  return (
    (slide.option === undefined || program.option.preset === slide.option) &&
    (slide.kernel === undefined || program.kernel === slide.kernel)
  );
}

function showSlide(id: string, talk: Talk, index: number): void {
  const at = Math.max(0, Math.min(talk.slides.length - 1, index));
  const slide = talk.slides[at];
  const text = slide === undefined ? undefined : textBehind(slide.scenario);
  if (slide === undefined || text === undefined) return;
  const { scenario, option: preset, kernel } = slide;
  setPage({
    room: { talk: id, slide: at + 1 },
    hidden: [],
    hovered: undefined,
    selected: undefined,
    opened: page().opened + 1,
  });
  runText({ scenario, preset, kernel }, text, openingOf(slide));
}

/** The open talk. */
export function talkNow(): { readonly id: string; readonly talk: Talk; readonly index: number } | undefined {
  const place = page().room;
  const talk = place === undefined ? undefined : talkOf(place.talk);
  return place === undefined || talk === undefined ? undefined : { id: place.talk, talk, index: place.slide - 1 };
}

/** `index` from 0. */
export function goToSlide(index: number): void {
  const now = talkNow();
  if (now === undefined || index < 0 || index >= now.talk.slides.length) return;
  setRoom({ blank: false });
  showSlide(now.id, now.talk, index);
}

/** A slide of the talk, a step of the run. */
export function goOn(): void {
  setRoom({ blank: false });
  const now = talkNow();
  if (now === undefined) stepForward();
  else goToSlide(now.index + 1);
}

export function goBack(): void {
  setRoom({ blank: false });
  const now = talkNow();
  if (now === undefined) stepBack();
  else goToSlide(now.index - 1);
}

export function goFirst(): void {
  setRoom({ blank: false });
  if (talkNow() === undefined) first();
  else goToSlide(0);
}

export function goLast(): void {
  setRoom({ blank: false });
  const now = talkNow();
  if (now === undefined) last();
  else goToSlide(now.talk.slides.length - 1);
}

export function goToViolation(): void {
  setRoom({ blank: false });
  goToNextViolation();
}

export function toggleBlank(): void {
  setRoom({ blank: !room().blank });
}

export function toggleQr(): void {
  setRoom({ qr: !room().qr });
}

type Source = Pick<File, 'name' | 'size' | 'arrayBuffer'>;

/** The first of them that is right is presented; what is wrong is told. */
export async function openTalks(files: readonly Source[]): Promise<void> {
  const here = await openOthers();
  if (!here) return;
  const problems: string[] = [];
  let last: string | undefined;
  for (const file of files.slice(0, MAX_FILES)) {
    const read = await readTalk(file);
    if (read.ok) last = read.value;
    else problems.push(read.error);
  }
  if (last !== undefined) await presentTalk(last);
  if (problems.length === 0) return;
  const text = last === undefined ? 'The talk was not opened.' : 'Not every talk was opened.';
  setPage({ notice: { text, detail: problems.join('\n'), tone: 'problem' } });
}

async function readTalk(file: Source): Promise<ReturnType<typeof addTalk>> {
  if (file.size > 1_000_000) return { ok: false, error: `${file.name}: ${Math.ceil(file.size / 1024)} kB; a talk has at most 64 kB.` }; // prettier-ignore
  try {
    const read = readFile(file.name, new Uint8Array(await file.arrayBuffer()), /\.(talk|txt)$/i);
    return read.ok ? addTalk(file.name, read.value.text, (id) => textBehind(id) !== undefined) : read;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, error: `${file.name}: it cannot be read (${why}). Is it a folder?` };
  }
}
