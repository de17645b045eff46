/** What can be done on the page, said once: bound to its keys, listed by the help, found in the palette. */
import type { Screen } from '../../store/store.ts';

export const COMMAND_GROUPS = ['Step', 'Look', 'Change', 'Screens', 'Share', 'Page'] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

export type Command = {
  readonly id: string;
  /** What it does, as a person would ask for it: `Next step`. */
  readonly name: string;
  readonly group: CommandGroup;
  /** As `keyOf` tells them; none: the palette alone has it. */
  readonly keys: readonly string[];
  /** Where it means anything; absent: everywhere. */
  readonly on?: readonly Screen[];
  /** Why it cannot be done now; undefined: it can. */
  readonly blocked?: () => string | undefined;
  readonly run: () => void;
  /** Commands in a row that the help tells in one line, with these words; the palette has other entries for them. */
  readonly row?: string;
};

const ARROWS: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** `n`, `PageDown`, `Shift+ArrowRight`: Shift is told for arrows alone, with letters it is in the letter. */
export const keyOf = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): string =>
  shiftKey && ARROWS.has(key) ? `Shift+${key}` : key;

/** Of the chords with Ctrl (on a Mac: Command) this page takes one: the rest are the browser's. */
export const PALETTE_CHORD = 'Mod+k';

export const isPaletteChord = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'k' && event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;

export const isArrow = (key: string): boolean => ARROWS.has(key);

const SHOWN: readonly (readonly [RegExp, string])[] = [
  [/^Shift\+/, 'Shift '],
  [/^Mod\+k$/, 'Ctrl K'],
  [/ArrowRight$/, '→'],
  [/ArrowLeft$/, '←'],
  [/ArrowUp$/, '↑'],
  [/ArrowDown$/, '↓'],
  [/^ $/, 'Space'],
  [/^Escape$/, 'Esc'],
];

/** As it stands on a keyboard. */
export const keyShown = (key: string): string =>
  SHOWN.reduce((text, [pattern, shown]) => text.replace(pattern, shown), key);

export const isOn = ({ on }: Command, screen: Screen): boolean => on?.includes(screen) ?? true;
