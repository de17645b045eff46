/**
 * What the page knows: plain data, one store. Only what cannot be computed is here; what follows from a run (where the
 * steps end, what changed) is asked of the run. Written by the actions beside this file, read by the views.
 */
import { createStore } from 'zustand/vanilla';
import type { PresetName } from '../sim/model/knobs.ts';
import type { Kernel, Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';

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
  /** The button that goes with it. */
  readonly action?: 'retry';
};

export type Page = {
  /** What was asked for; `shown` follows as soon as its run is complete. */
  readonly scenario: string;
  /** Absent: as the text has it. */
  readonly preset: PresetName | undefined;
  readonly kernel: Kernel | undefined;
  /** The position asked for; the moment that is shown may be one seek behind. */
  readonly at: number;
  readonly shown: Shown | undefined;
  readonly grain: Grain;
  readonly speed: Speed;
  readonly playing: boolean;
  readonly hovered: EntityRef | undefined;
  readonly selected: EntityRef | undefined;
  readonly notice: Notice | undefined;
  /** Absent: as the system has it. */
  readonly theme: Theme | undefined;
};

export const emptyPage: Page = {
  scenario: '',
  preset: undefined,
  kernel: undefined,
  at: 0,
  shown: undefined,
  grain: 'step',
  speed: 1,
  playing: false,
  hovered: undefined,
  selected: undefined,
  notice: undefined,
  theme: undefined,
};

export const pageStore = createStore<Page>(() => emptyPage);

export const page = (): Page => pageStore.getState();
export const setPage = (change: Partial<Page>): void => pageStore.setState(change);
