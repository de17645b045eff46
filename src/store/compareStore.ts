/** What the comparison knows: plain data in a store of its own, which comes with its code. */
import { createStore } from 'zustand/vanilla';
import type { Moment } from '../sim/outline.ts';
import type { Comparison } from '../viewmodel/compareRows.ts';

/** refused: the text means nothing under this option. */
export type CompareSide = {
  /** As a text writes it. */
  readonly option: string;
  readonly status: 'running' | 'done' | 'refused' | 'failed';
  readonly message?: string;
};

export const LAYOUTS = ['side by side', 'stacked'] as const;
export type CompareLayout = (typeof LAYOUTS)[number];

/** The search for the shortest run on which the two options part. */
export type CompareFind = { readonly status: 'running' | 'none' | 'failed'; readonly words: string };

export type CompareState = {
  readonly left: CompareSide;
  readonly right: CompareSide;
  /** Of the last two runs that were there: while others are worked out, it stays. */
  readonly comparison: Comparison | undefined;
  readonly row: number;
  /** So many micro-steps into the row, both at once; 0: at its end. */
  readonly micro: number;
  /** What was asked for within rows: position → moment. */
  readonly inner: { readonly left: ReadonlyMap<number, Moment>; readonly right: ReadonlyMap<number, Moment> };
  /** First rows of folds that were opened. */
  readonly opened: ReadonlySet<number>;
  /** Absent: as there is room. */
  readonly layout: CompareLayout | undefined;
  /** On a phone one picture is seen at a time. */
  readonly seen: 'left' | 'right';
  readonly find: CompareFind | undefined;
};

const NO_SIDE: CompareSide = { option: '', status: 'running' };

export const NOTHING_INNER: CompareState['inner'] = { left: new Map(), right: new Map() };

export const emptyCompare: CompareState = {
  left: NO_SIDE,
  right: NO_SIDE,
  comparison: undefined,
  row: 0,
  micro: 0,
  inner: NOTHING_INNER,
  opened: new Set(),
  layout: undefined,
  seen: 'left',
  find: undefined,
};

export const compareStore = createStore<CompareState>(() => emptyCompare);

export const compared = (): CompareState => compareStore.getState();
export const setCompared = (change: Partial<CompareState>): void => compareStore.setState(change);
