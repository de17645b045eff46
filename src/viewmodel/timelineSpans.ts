/** What lasts: waits as hatched bars with their reason, locks and DMA in flight as thin bars below. */
import type { WaitSpan } from '../sim/outline.ts';
import { fitText, textWidth } from './textWidth.ts';
import type { Frame } from './timelineFrame.ts';
import { barTop, GAP, GUTTER, lockTop, pieces, widthOf } from './timelineFrame.ts';
import type { PlacedBar } from './timelineRun.ts';

export type SceneWait = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly text: string;
  /** Width of what lies behind hourglass and text; 0 where there is room for neither. */
  readonly plate: number;
  readonly future: boolean;
};

export type SceneLock = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly kind: PlacedBar['kind'];
  readonly future: boolean;
};

export type SceneLockName = {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly end: boolean;
};

const REASON_SIZE = 11.5;
const NAME_SIZE = 11;
/** The hourglass and its margins. */
const GLASS = 34;

export function waitsOf(frame: Frame, wait: WaitSpan, index: number): readonly SceneWait[] {
  const { k } = frame.view;
  const top = frame.top(wait.task);
  if (top === undefined || !frame.shows(wait)) return [];
  const list = pieces(frame, wait.from, wait.to ?? frame.run.outline.length);
  // The reason stands on the longer piece.
  const longest = Math.max(...list.map(widthOf));
  return list.map((piece) => {
    const room = widthOf(piece) - GLASS * k;
    const fitted = widthOf(piece) === longest ? fitText(`waits for ${wait.text}`, room, REASON_SIZE * k, 'sans') : '';
    const text = fitted.length > 8 ? fitted : '';
    return {
      key: `${index}.${piece.future}`,
      x: piece.x0 + GAP * k,
      y: barTop(frame, top),
      w: Math.max(1, widthOf(piece) - 2 * GAP * k),
      text,
      plate: text !== '' ? textWidth(text, REASON_SIZE * k, 'sans') + 26 * k : room > -12 * k ? 19 * k : 0,
      future: piece.future,
    };
  });
}

export function locksOf(frame: Frame, lock: PlacedBar, index: number): readonly SceneLock[] {
  const top = frame.top(lock.lane);
  if (top === undefined || !frame.shows(lock)) return [];
  const { k } = frame.view;
  return pieces(frame, lock.from, lock.to).map(({ x0, x1, future }) => ({
    key: `${index}.${future}`,
    x: x0 + GAP * k,
    y: lockTop(frame, top, lock.track),
    w: Math.max(1, x1 - x0 - 2 * GAP * k),
    kind: lock.kind,
    future,
  }));
}

/** Left of the start of its bar, else right of its end, else not at all: a name never lies over a bar or another name. */
export function lockNames(frame: Frame): readonly SceneLockName[] {
  const { run, view } = frame;
  const { k } = view;
  const names: SceneLockName[] = [];
  // How far each row is taken, from the left; locks come in the order of their start.
  const taken = new Map<number, number>();
  run.thin.forEach((lock, index) => {
    const top = frame.top(lock.lane);
    if (top === undefined || !frame.shows(lock)) return;
    const from = frame.clamped(lock.from);
    const to = frame.clamped(lock.to);
    const y = lockTop(frame, top, lock.track);
    const { text } = lock;
    const wide = textWidth(text, NAME_SIZE * k, 'sans') + 8 * k;
    const end = from - wide >= (taken.get(y) ?? (GUTTER - 6) * k);
    const room = (lock.next === undefined ? view.width : frame.clamped(lock.next)) - to;
    taken.set(y, !end && wide <= room ? to + wide : to);
    if (end || wide <= room) names.push({ key: `${index}`, x: end ? from - 4 * k : to + 4 * k, y, text, end });
  });
  return names;
}
