/** The links of one side of a strip: straight ones drop down their lane, moved ones run along a track of the channel. */
import type { Canvas } from './canvas.ts';
import { endOf, glyphAt, put, writeIfFree } from './canvas.ts';
import { WIDTH } from './plainText.ts';
import { tracksOf } from './tracks.ts';

export type Link = {
  /** Lane at the slot, and at the page; equal where the page is where the slot is. */
  readonly from: number;
  readonly to: number;
  /** Line of the slot. */
  readonly y: number;
  readonly violated: boolean;
  readonly odp: boolean;
  /** The fence of a revoked MR: the link ends there. */
  readonly cut: boolean;
  readonly flow: '' | 'up' | 'down';
  /** On the border of the page. */
  readonly end: string;
  /** `moved 1 -> 4`. */
  readonly note: string;
};

export type Channel = {
  /** 1: the strip lies below the slots. */
  readonly down: 1 | -1;
  /** Line of the nearest slots, and of the strip's border. */
  readonly edge: number;
  readonly border: number;
};

const MOST_TRACKS = 7;

/** Lines between the nearest slots and the strip; undefined: too many runs to be read. */
export function channelHeight(links: readonly Pick<Link, 'from' | 'to' | 'violated'>[]): number | undefined {
  const moved = links.filter(({ from, to }) => from !== to);
  const tracks = moved.length === 0 ? 0 : Math.max(...tracksOf(moved)) + 1;
  const least = links.some(({ violated }) => violated) ? 3 : 1;
  return tracks > MOST_TRACKS ? undefined : Math.max(least, tracks + (tracks > 0 ? 1 : 0));
}

const CORNERS = {
  '1': { right: ['╰', '╮'], left: ['╯', '╭'] },
  '-1': { right: ['╭', '╯'], left: ['╮', '╰'] },
} as const;

function vertical(canvas: Canvas, link: Link, x: number, [from, to]: readonly [number, number], down: 1 | -1): void {
  for (let y = from; (to - y) * down > 0; y += down) {
    const zigzag = Math.abs(y) % 2 === 0 ? '╱' : '╲';
    put(canvas, x, y, link.violated ? zigzag : link.odp ? '┊' : '│');
  }
}

function horizontal(canvas: Canvas, { from, to, violated }: Link, y: number): void {
  for (let x = Math.min(from, to) + 1; x < Math.max(from, to); x++) {
    if (glyphAt(canvas, x, y) === ' ') put(canvas, x, y, violated ? '~' : '─');
  }
}

function drawLink(canvas: Canvas, link: Link, track: number, { down, border }: Channel): void {
  const { from, to, y } = link;
  if (link.cut) return put(canvas, from, y + down, '╪');
  if (from === to) vertical(canvas, link, from, [y + down, border], down);
  else {
    vertical(canvas, link, from, [y + down, track], down);
    vertical(canvas, link, to, [track + down, border], down);
    const [leave, arrive] = CORNERS[down][to > from ? 'right' : 'left'];
    put(canvas, from, track, leave);
    // Two links of one row into one page share the last stretch.
    put(
      canvas,
      to,
      track,
      glyphAt(canvas, to, track - down) !== ' ' && isLine(glyphAt(canvas, to, track)) ? '┼' : arrive,
    );
  }
  if (link.flow !== '') put(canvas, from, y + down, link.flow === 'up' ? '↑' : '↓');
  put(canvas, to, border, link.end);
}

const isLine = (glyph: string): boolean => '│┊╱╲'.includes(glyph);

export function drawChannel(canvas: Canvas, links: readonly Link[], channel: Channel): void {
  const moved = links.filter(({ from, to, cut }) => from !== to && !cut);
  const found = tracksOf(moved);
  const trackOf = (link: Link): number => channel.edge + channel.down * (1 + (found[moved.indexOf(link)] ?? 0));
  for (const link of moved) horizontal(canvas, link, trackOf(link));
  // Straight ones first, then the runs as they leave the slots; what is broken cuts through everything.
  const order = [...links].sort(
    (a, b) =>
      Number(a.violated) - Number(b.violated) ||
      (a.from === a.to ? -1 : trackOf(a)) * channel.down - (b.from === b.to ? -1 : trackOf(b)) * channel.down,
  );
  for (const link of order) drawLink(canvas, link, trackOf(link), channel);
  for (const link of moved) {
    const y = trackOf(link);
    if (link.note !== '') writeIfFree(canvas, endOf(canvas, y) + 1, y, link.note, WIDTH);
  }
}
