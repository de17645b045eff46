/**
 * What the page knows: plain data, one store. Only what cannot be computed is here; what follows from a run (where the
 * steps end, what changed) is asked of the run. Written by the actions beside this file, read by the views.
 */
import type { Source } from '../import/read.ts';
import { createStore } from 'zustand/vanilla';
import type { LinkPlace } from '../io/linkPlace.ts';
import type { OwnScenario } from '../library/ownScenario.ts';
import type { Diagnostic } from '../scenario/diagnostic.ts';
import type { Option, PresetName } from '../sim/model/knobs.ts';
import type { Kernel, Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import type { Known } from './questions.ts';

/** A line of the text, or one micro-step. */
export type Grain = 'step' | 'micro';

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export const THEMES = ['light', 'dark', 'hc'] as const;
export type Theme = (typeof THEMES)[number];

/** What is on the screen. Kept together, so that a moment is never shown with another run's outline. */
export type Shown = {
  readonly scenario: string;
  readonly program: Program;
  readonly outline: Outline;
  readonly moment: Moment;
};

export type Notice = {
  readonly text: string;
  /** A refused text: its lines, with the place marked. */
  readonly detail?: string;
  readonly tone: 'info' | 'problem';
  /** The button: start the worker again; bring back what was deleted; save to a file; fetch the scenarios; reload. */
  readonly action?: 'retry' | 'undo' | 'save' | 'fetch' | 'reload';
};

/** Before the id of a scenario of the user's own. */
export const OWN = 'own:';
/** Before the id of a run that was found in the lab and opened here: it lasts as long as the tab. */
export const TRACE = 'trace:';

/** What the text itself asks for, whatever the pickers say. */
export type Written = { readonly option: Option; readonly kernel: Kernel };

/** What becomes of what is typed: kept by the browser, on its way there, or in this page alone. */
export type Keeping = 'saved' | 'saving' | 'not kept';

/** Where there is no room for both, the script takes the place of the Now panel. */
export type Tab = 'now' | 'script';

export type Screen = 'player' | 'lab' | 'compare' | 'room';

/** A talk by its id, and its slide, from 1. */
export type RoomPlace = { readonly talk: string; readonly slide: number };

/** A world by its id, and the selected cell where its row is a preset's. */
export type LabPlace = { readonly world: string; readonly preset?: PresetName; readonly property?: PropertyId };

/** Over the page; the help is the app's own. */
export type DialogName = 'share' | 'mail' | 'handout' | 'palette' | 'scenarios' | 'import';

/**
 * Two runs side by side: the option of the right one as a text writes it, and where the left one stands. `row`: where
 * that does not tell it. `want`: to be looked for when both runs are there.
 */
export type ComparePlace = {
  readonly other: string;
  readonly at: number;
  readonly row?: number;
  /** So many micro-steps into the row. */
  readonly inRow?: number;
  /** As a link names the place; until both runs are there. */
  readonly link?: LinkPlace;
  readonly want?: PropertyId | 'difference';
};

/** The pictures, or tables that say the same. */
export type View = 'picture' | 'table';

/** In CSS pixels of the window. */
export type Menu = { readonly ref: EntityRef | undefined; readonly x: number; readonly y: number };

export type Page = {
  /** The lab's own state is in labStore.ts, which comes with the lab. */
  readonly screen: Screen;
  /** Where in the lab one is, for the address. */
  readonly labPlace: LabPlace | undefined;
  /** The comparison that is open, or was last. */
  readonly comparePlace: ComparePlace | undefined;
  /** The talk on the wall; none: the open scenario is presented. What else a room knows is in roomStore.ts. */
  readonly room: RoomPlace | undefined;
  /** What was asked for; `shown` follows as soon as its run is complete. A bundled one, or `own:<id>`. */
  readonly scenario: string;
  /** Counts what was opened: the same number is the same text going on, under whatever name. */
  readonly opened: number;
  /** The text of it: the only truth. */
  readonly text: string;
  /** What is wrong with the text, or was read into it. With an error among them `shown` is the last good picture. */
  readonly problems: readonly Diagnostic[];
  /** Of the last text that was understood. */
  readonly written: Written | undefined;
  /** Absent: as the text has it. */
  readonly preset: PresetName | undefined;
  readonly kernel: Kernel | undefined;
  /** The position asked for; the moment that is shown may be one seek behind. */
  readonly at: number;
  readonly shown: Shown | undefined;
  /** What was asked about a run: of the one on the screen only where it says so. */
  readonly known: Known | undefined;
  readonly grain: Grain;
  readonly speed: Speed;
  readonly playing: boolean;
  readonly hovered: EntityRef | undefined;
  readonly selected: EntityRef | undefined;
  readonly notice: Notice | undefined;
  /** Absent: as the system has it. */
  readonly theme: Theme | undefined;
  /** The user's scenarios by name; none before the library is open. */
  readonly own: readonly OwnScenario[];
  readonly libraryOpen: boolean;
  /** All scenarios that come with the page are in the catalogue, not the first alone. */
  readonly catalogueOpen: boolean;
  readonly keeping: Keeping;
  /** The script is on the screen, or behind the other tab. */
  readonly script: boolean;
  readonly tab: Tab;
  /** Branch → how many of its steps had been done when it was left. */
  readonly left: Readonly<Record<string, number>>;
  /** The open list of what can be done, and with what; without an object: with all there is. */
  readonly menu: Menu | undefined;
  readonly view: View;
  /** Keys of the stage's boxes that are not drawn, ascending (`BoxSpec.key`: by the text, so they hold for the whole run). */
  readonly hidden: readonly string[];
  readonly dialog: DialogName | undefined;
  /** What the import dialog was given. */
  readonly importing: readonly Source[];
  /** In somebody's frame: the picture and its steps alone, for as long as the page is open. */
  readonly embedded: boolean;
  /** What the next step will change is shown. */
  readonly ahead: boolean;
};

export const emptyPage: Page = {
  screen: 'player',
  labPlace: undefined,
  comparePlace: undefined,
  room: undefined,
  scenario: '',
  opened: 0,
  text: '',
  problems: [],
  written: undefined,
  preset: undefined,
  kernel: undefined,
  at: 0,
  shown: undefined,
  known: undefined,
  grain: 'step',
  speed: 1,
  playing: false,
  hovered: undefined,
  selected: undefined,
  notice: undefined,
  theme: undefined,
  own: [],
  libraryOpen: false,
  catalogueOpen: false,
  keeping: 'saved',
  script: false,
  tab: 'now',
  left: {},
  menu: undefined,
  view: 'picture',
  hidden: [],
  dialog: undefined,
  importing: [],
  embedded: false,
  ahead: false,
};

export const pageStore = createStore<Page>(() => emptyPage);

export const page = (): Page => pageStore.getState();
export const setPage = (change: Partial<Page>): void => pageStore.setState(change);

export const hasErrors = (problems: readonly Diagnostic[]): boolean =>
  problems.some(({ severity }) => severity === 'error');
