/**
 * What the stage draws, as plain data: coordinates, texts and states, ready to be put on the screen. A view adds nothing
 * to it but markup and colour. Records are flat, so that a memoised component can compare two of them field by field.
 *
 * Lengths are CSS pixels of the unzoomed stage, already multiplied by k.
 */
import type { Program } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import type { Measure } from './textWidth.ts';

/** Names for what a view is given, so that it need not know the rooms below. */
export type StageRef = EntityRef;
export type StageProgram = Program;
export type StageOutline = Outline;
export type StageMoment = Moment;

/** `k`: 1 on a desk, 1.36 from 1500 px, 1.62 in room mode; geometry and type grow with it. */
export type Viewport = {
  readonly width: number;
  readonly height: number;
  readonly k: number;
  readonly measure?: Measure;
  /**
   * The run on the other half of the screen: columns and rows are laid out for both, so that a block and a box stand in
   * the same place in either. Half a screen has neither row headings nor legend.
   */
  readonly beside?: { readonly program: Program; readonly outline: Outline };
  /** In a room: no text is smaller than this, in px; what finds no place at this size is left out. */
  readonly least?: number;
};

export type Rect = { readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** The four hues of the score: who claims. */
export type Hue = 'file' | 'cpu' | 'dma';

/** fold: one cell for many free blocks. orphan: a DRAM page that left the page cache while pinned. */
export type CellLook = 'owned' | 'free' | 'busy' | 'zombie' | 'orphan' | 'fold';

export type SceneCell = Rect & {
  /** claimKey of the page. */
  readonly key: string;
  readonly ref: EntityRef;
  readonly look: CellLook;
  /** A block that nothing claims at any step of the run. */
  readonly thin: boolean;
  /** Sheets drawn behind it: 0 … 2. */
  readonly sheets: number;
  readonly number: string;
  readonly numberSize: number;
  /** `×2`, and what it was before this turn if that changed. */
  readonly count: string;
  readonly countWas: string;
  readonly tag: string;
  readonly tagSize: number;
  /** Contents nobody owns: what the medium still holds. */
  readonly tagFaint: boolean;
  readonly pinned: boolean;
  readonly pinCount: number;
  readonly pins: string;
  /** Who sleeps until its pins are gone. */
  readonly sleeper: string;
  /** Bottom right: `new`, `log`, `dirty`, or who sleeps on it. */
  readonly word: string;
  /** Width of that word: the hourglass of a sleeper stands to its left. */
  readonly wordRoom: number;
  readonly hourglass: boolean;
  readonly changed: boolean;
  readonly violated: boolean;
  readonly ringed: boolean;
  readonly faded: boolean;
  /** The whole of it in words. */
  readonly name: string;
};

/** absent: no PTE, or not pinned yet. invalid: an on-demand slot that the next DMA faults in. */
export type SlotLook = 'plain' | 'hole' | 'unwritten' | 'absent' | 'invalid';
/** stack: index above, text below; inline: both on one line; single: one text. */
export type SlotStyle = 'stack' | 'inline' | 'single';

export type SceneSlot = Rect & {
  readonly key: string;
  readonly ref: EntityRef;
  readonly box: string;
  readonly hue: Hue;
  readonly style: SlotStyle;
  readonly index: string;
  readonly indexSize: number;
  readonly text: string;
  readonly textSize: number;
  readonly look: SlotLook;
  /** Points at the shared zero page: a ground mark at `portX` on the side of the strip instead of a link. */
  readonly ground: boolean;
  readonly portX: number;
  readonly violated: boolean;
  readonly changed: boolean;
  readonly ringed: boolean;
  readonly faded: boolean;
  readonly name: string;
};

export type LabelKind = 'name' | 'meta' | 'lock' | 'state';
/** One word of a label; `glyph` takes the width of a lock before the text. */
export type LabelPiece = {
  readonly key: string;
  readonly kind: LabelKind;
  readonly text: string;
  /** Goes on lighter. */
  readonly tail: string;
  /** Left end, baseline. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly size: number;
  readonly glyph: boolean;
};

export type SceneBox = Rect & {
  readonly key: string;
  readonly ref: EntityRef;
  readonly hue: Hue;
  /** An unlinked inode; a revoked or unfinished MR. */
  readonly look: 'live' | 'unlinked' | 'revoked' | 'pinning';
  /** A file's frame ends where the file does; its right edge is drawn heavier. */
  readonly eof: boolean;
  readonly changed: boolean;
  readonly ringed: boolean;
  readonly faded: boolean;
  readonly label: readonly LabelPiece[];
  /** The label hides the links that run beneath it. */
  readonly plate: boolean;
  readonly name: string;
};

/**
 * A link from a port (x0, y0) to a page edge (x1, y1): vertical, along y = `turn`, vertical. Where x0 = x1 it is one
 * vertical and `turn` says nothing; it is kept so that a link can move from one form to the other.
 */
export type Route = {
  readonly x0: number;
  readonly y0: number;
  readonly turn: number;
  readonly x1: number;
  readonly y1: number;
};

export type LinkKind = 'own' | 'cache' | 'pte' | 'mtt' | 'odp' | 'pin';

export type SceneLink = Route & {
  readonly key: string;
  readonly ref: EntityRef;
  /** Whose page it ends on. */
  readonly page: string;
  readonly hue: Hue;
  readonly kind: LinkKind;
  /** A PTE through which a store passes. */
  readonly writable: boolean;
  /** Data on its way: `up` into the page, `down` out of it. */
  readonly flow: '' | 'up' | 'down';
  /** Revoked: the rail ends behind its fence; the page end stays, because the pin does. */
  readonly cut: boolean;
  /** Half its width at most: of a clasp, or of a zigzag. */
  readonly room: number;
  readonly moved: boolean;
  /** Links that share one track, too many for one each, share this name; else empty. */
  readonly ribbon: string;
  readonly changed: boolean;
  readonly violated: boolean;
  readonly faded: boolean;
};

/** `waits for`: from a file's frame to the page; its hourglass stands on it. */
export type SceneWaitLink = Route & { readonly key: string; readonly glassX: number; readonly glassY: number };

export type SceneNote = { readonly key: string; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly text: string }; // prettier-ignore

/** An octagon with the id of a property. `next`: not violated yet, but by the step that comes. */
export type SceneBadge = {
  readonly key: string;
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly r: number;
  readonly next: boolean;
  readonly name: string;
};

export type SceneHeading = { readonly key: string; readonly title: string; readonly sub: string; readonly y: number };

export type SceneText = { readonly key: string; readonly x: number; readonly y: number; readonly text: string };

export type LegendRow = 'own' | 'cache' | 'rw' | 'ro' | 'pinned' | 'odp' | 'flow' | 'revoked' | 'zero' | 'violated' | 'changed'; // prettier-ignore

export type SceneLegend = { readonly x: number; readonly y: number; readonly pitch: number; readonly rows: readonly LegendRow[] }; // prettier-ignore

/** For the keyboard: a page with the claims above and below it, nearest first. */
export type SceneWalk = { readonly page: string; readonly above: readonly string[]; readonly below: readonly string[] };

export type StageScene = {
  /** Of the drawing; wider or higher than the viewport where it does not fit. */
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  /** y of the middle of the strip. */
  readonly middle: number;
  readonly k: number;
  readonly name: string;
  readonly beds: readonly { readonly key: string; readonly y: number; readonly h: number }[];
  readonly headings: readonly SceneHeading[];
  readonly associations: readonly { readonly key: string; readonly path: string }[];
  readonly cells: readonly SceneCell[];
  readonly texts: readonly SceneText[];
  /** On an empty stage: the line to write first. */
  readonly hint: SceneText | undefined;
  readonly links: readonly SceneLink[];
  readonly waits: readonly SceneWaitLink[];
  readonly boxes: readonly SceneBox[];
  readonly slots: readonly SceneSlot[];
  readonly notes: readonly SceneNote[];
  readonly badges: readonly SceneBadge[];
  /** Around what the next step will change, where that is asked for. */
  readonly ahead?: readonly (Rect & { readonly key: string })[];
  readonly legend: SceneLegend | undefined;
  readonly walks: readonly SceneWalk[];
  /** For the keyboard too: slots that mean one index of one file (file, PTE, MR slot), from the top down; of two at least. */
  readonly kin: readonly (readonly string[])[];
};
