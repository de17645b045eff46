/**
 * How links run. Every row has one lane in every column, free of slots from the row to the strip; a link whose slot
 * stands over its page is one vertical in that lane. One whose page is elsewhere goes down its own lane into the channel
 * beside the strip, along a track there, and on in its row's lane of the other column. Crossings are right angles, only
 * in the channel, and no link ever meets a slot.
 */
import type { Route } from './scene.ts';

export type LinkEnds = {
  readonly key: string;
  /** Links of one box, in slot order: what may share a track when there are too many. */
  readonly box: string;
  readonly order: number;
  /** Channel that it turns in. */
  readonly channel: 'above' | 'below' | 'medium';
  readonly fromCol: number;
  readonly toCol: number;
  readonly row: number;
  /** Lane of its row in either column. */
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** Changed, violated or pointed at: not to be lost in a ribbon. */
  readonly alone: boolean;
  /** From its neighbours in a lane, if there is room. */
  readonly apart: number;
};

type Channel = {
  /** Edge of the strip, and which way the boxes lie from it. */
  readonly edge: number;
  readonly away: 1 | -1;
  readonly height: number;
  /** Half of what a lane may be shared out over. */
  readonly slack: number;
};

export type Channels = { readonly [C in LinkEnds['channel']]: Channel };

/** Between two tracks: as much as is free, at least so much, or some links share one. */
const TRACK = { most: 9, least: 6.5 } as const;

export const isMoved = (route: { x0: number; x1: number }): boolean => Math.abs(route.x0 - route.x1) > 1;

const laneOf = (link: LinkEnds, col: number): string => `${link.channel} ${link.row} ${col}`;

type Place = { readonly x0: number; readonly x1: number; readonly room: number };

/**
 * The link of the slot itself keeps the middle of its lane all the way; links that arrive there from elsewhere stand
 * beside it, which they do in the channel only. `room`: half of what is left for each.
 */
function spread(links: readonly LinkEnds[], channels: Channels): Map<string, Place> {
  const owned = new Set(links.map((link) => laneOf(link, link.fromCol)));
  const arrivals = new Map<string, string[]>();
  for (const link of links) {
    if (link.fromCol === link.toCol) continue;
    const lane = laneOf(link, link.toCol);
    arrivals.set(lane, [...(arrivals.get(lane) ?? []), link.key]);
  }
  const places = new Map<string, Place>();
  for (const link of links) {
    const lane = laneOf(link, link.toCol);
    const arriving = arrivals.get(lane) ?? [];
    const all = arriving.length + (owned.has(lane) ? 1 : 0);
    const apart = Math.min(link.apart, channels[link.channel].slack / Math.max(1, Math.ceil((all - 1) / 2)));
    // 0 is the middle; then right and left by turns.
    const n = link.fromCol === link.toCol ? 0 : arriving.indexOf(link.key) + (owned.has(lane) ? 1 : 0);
    const shift = Math.ceil(n / 2) * apart * (n % 2 === 0 ? -1 : 1);
    places.set(link.key, { x0: link.x0, x1: link.x1 + shift, room: all > 1 ? apart / 2 : Infinity });
  }
  return places;
}

type Span = { readonly keys: readonly string[]; readonly from: number; readonly to: number };

/** First come, first served from the strip outwards; short spans come first, so that long ones enclose them. */
function colour(spans: readonly Span[]): { track: Map<string, number>; tracks: number } {
  const ends: Span[][] = [];
  const track = new Map<string, number>();
  for (const span of [...spans].sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from)) {
    let t = ends.findIndex((others) => others.every((other) => span.to < other.from || span.from > other.to));
    if (t < 0) t = ends.push([]) - 1;
    ends[t]?.push(span);
    for (const key of span.keys) track.set(key, t);
  }
  return { track, tracks: ends.length };
}

type Moved = { readonly link: LinkEnds; readonly x0: number; readonly x1: number };

const single = ({ link, x0, x1 }: Moved): Span => ({ keys: [link.key], from: Math.min(x0, x1), to: Math.max(x0, x1) });

/** Neighbouring slots that point at neighbouring columns run as one ribbon; links that stand out keep their own track. */
function ribbons(moved: readonly Moved[]): Span[] {
  const spans: { keys: string[]; from: number; to: number; last: LinkEnds }[] = [];
  for (const { link, x0, x1 } of moved) {
    const open = spans.at(-1);
    const [from, to] = [Math.min(x0, x1), Math.max(x0, x1)];
    if (open === undefined || !follows(open.last, link)) spans.push({ keys: [link.key], from, to, last: link });
    else {
      open.keys.push(link.key);
      open.from = Math.min(open.from, from);
      open.to = Math.max(open.to, to);
      open.last = link;
    }
  }
  return spans;
}

const follows = (a: LinkEnds, b: LinkEnds): boolean =>
  a.box === b.box && !a.alone && !b.alone && b.order === a.order + 1 && b.toCol - b.fromCol === a.toCol - a.fromCol;

type Turns = { readonly turn: Map<string, number>; readonly ribbon: Map<string, string> };

/** y of the horizontal run of every moved link of one channel, and which of them share one. */
function turns(moved: readonly Moved[], channel: Channel, k: number): Turns {
  const base = Math.min((channel.away < 0 ? 20 : 24) * k, channel.height * (channel.away < 0 ? 0.36 : 0.43));
  const room = channel.height - base - 8 * k;
  let spans = moved.map(single);
  let coloured = colour(spans);
  if ((coloured.tracks - 1) * TRACK.least * k > room) {
    spans = ribbons(moved);
    coloured = colour(spans);
  }
  const apart = Math.min(TRACK.most * k, room / Math.max(1, coloured.tracks - 1));
  const shared = spans.filter((span) => span.keys.length > 1);
  return {
    turn: new Map([...coloured.track].map(([key, t]) => [key, channel.edge + channel.away * (base + t * apart)])),
    ribbon: new Map(shared.flatMap(({ keys }) => keys.map((key) => [key, keys[0] ?? '']))),
  };
}

export type Routed = Route & { readonly ribbon: string; readonly room: number };

export function routeAll(links: readonly LinkEnds[], channels: Channels, k: number): Map<string, Routed> {
  const xs = spread(links, channels);
  const moved = links.flatMap((link) => {
    const at = xs.get(link.key);
    return at !== undefined && isMoved(at) ? [{ link, ...at }] : [];
  });
  const turnOf = new Map<string, number>();
  const ribbonOf = new Map<string, string>();
  for (const name of ['above', 'below', 'medium'] as const) {
    const found = turns(
      moved.filter(({ link }) => link.channel === name),
      channels[name],
      k,
    );
    for (const [key, y] of found.turn) turnOf.set(key, y);
    for (const [key, ribbon] of found.ribbon) ribbonOf.set(key, ribbon);
  }
  const routes = new Map<string, Routed>();
  for (const { key, y0, y1, x0, x1 } of links) {
    const at = xs.get(key);
    const turn = turnOf.get(key) ?? (y0 + y1) / 2;
    const ribbon = ribbonOf.get(key) ?? '';
    routes.set(key, { x0: at?.x0 ?? x0, y0, turn, x1: at?.x1 ?? x1, y1, ribbon, room: at?.room ?? Infinity });
  }
  return routes;
}
