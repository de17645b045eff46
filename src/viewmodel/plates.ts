/** What stands beside links: octagons with the ids of properties, and short notes on what moved. Never over one another. */
import type { Page } from '../sim/model/ids.ts';
import { isBlock } from '../sim/model/ids.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { pageName } from '../sim/query/naming.ts';
import type { Mark } from './marks.ts';
import type { Rect, SceneBadge, SceneBox, SceneCell, SceneLink, SceneNote } from './scene.ts';
import type { StagePlan } from './stageLayout.ts';

/** `off`: how far it is from the thing that it is about. */
type Anchor = { readonly x: number; readonly y: number; readonly off: number };
/** Where a mark may stand, the best first, and whose link it may cover. */
type Places = { readonly spots: readonly Anchor[]; readonly own: string };

const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** How much of a rectangle the lines of other links run through. */
function crossings(rect: Rect, links: readonly SceneLink[], own: string): number {
  let count = 0;
  for (const link of links) {
    if (link.key === own) continue;
    const runs: Rect[] = [
      { x: link.x0 - 3, y: Math.min(link.y0, link.turn), w: 6, h: Math.abs(link.turn - link.y0) },
      { x: Math.min(link.x0, link.x1), y: link.turn - 3, w: Math.abs(link.x1 - link.x0), h: 6 },
      { x: link.x1 - 3, y: Math.min(link.y1, link.turn), w: 6, h: Math.abs(link.y1 - link.turn) },
    ];
    if (runs.some((run) => overlaps(run, rect))) count++;
  }
  return count;
}

type PlateSetting = {
  readonly plan: StagePlan;
  readonly links: readonly SceneLink[];
  readonly cells: readonly Pick<SceneCell, 'key' | 'x' | 'y' | 'w' | 'h'>[];
  readonly boxes: readonly SceneBox[];
};

/** On the link, from where the channel ends towards the page; then beside it, to the right and left by turns. */
function onLink(link: SceneLink, { plan }: PlateSetting, r: number): Anchor[] {
  const below = link.y0 > link.y1;
  const edge = below ? plan.strip.y + plan.strip.h : plan.strip.y;
  const away = below ? 1 : -1;
  const channel = below ? plan.channels.below : plan.channels.above;
  const x = link.moved ? link.x0 : link.x1;
  // A moved link has left its own lane between its turn and the strip.
  const nearest = link.moved ? Math.abs(link.turn - edge) + r : r + 12 * plan.k;
  const furthest = channel - Math.min(19 * plan.k, r + 4 * plan.k);
  const ys = [0, 1, 2, 3].map((n) => furthest - n * 8 * plan.k).filter((y, n) => n === 0 || y >= nearest);
  return SIDES.flatMap((n) => ys.map((y) => ({ x: x + n * (2 * r + 2), y: edge + away * y, off: Math.abs(n) })));
}

const SIDES = [0, 1, -1, 2, -2, 3, -3] as const;

/** In the page where there is room beside the tag, else under its edge. */
function onCell(cell: Rect, { plan }: PlateSetting, r: number): Anchor[] {
  const inside = { x: cell.x + cell.w - r - 6 * plan.k, y: cell.y + cell.h / 2, off: 0 };
  const under = [0.5, 0.7, 0.3, 0.85, 0.15, 1, 0].map((part) => ({
    x: cell.x + cell.w * part,
    y: cell.y + cell.h + r + 12 * plan.k,
    off: 0,
  }));
  return cell.w >= 90 * plan.k ? [inside, { ...inside, x: cell.x + r + 6 * plan.k }, ...under] : under;
}

/** Behind the words of its label, or before its frame. */
function onBox(box: SceneBox, { plan }: PlateSetting, r: number): Anchor[] {
  const ends = new Map<number, number>();
  for (const piece of box.label) ends.set(piece.y, Math.max(ends.get(piece.y) ?? 0, piece.x + piece.w));
  // An octagon is higher than a line: it stands behind the longest of those that it reaches.
  const reach = (y: number): number =>
    Math.max(...[...ends].map(([other, x]) => (Math.abs(other - y) < r + 12 * plan.k ? x : 0)));
  const behind = [...ends].map(([y]) => ({ x: reach(y) + r + 8 * plan.k, y: y - 4 * plan.k, off: 0 }));
  const fitting = behind.filter(({ x }) => x + r < plan.width && !(box.x < x + r && x - r < box.x + box.w));
  return [...fitting, { x: box.x - r - 4 * plan.k, y: box.y + box.h / 2, off: 1 }];
}

/** A mark stands on the first of its objects that is drawn: a link, else a page, else a frame. */
function placesOf({ refs }: Mark, setting: PlateSetting, r: number): Places | undefined {
  const keys = refs.map(claimKey);
  const isClaim = refs[0]?.type !== 'task' && refs[0]?.type !== 'lock';
  for (const key of isClaim ? keys : []) {
    const link = setting.links.find((other) => other.key === key);
    if (link !== undefined) return { spots: onLink(link, setting, r), own: link.key };
  }
  const cell = setting.cells.find((other) => keys.includes(other.key));
  if (cell !== undefined) return { spots: onCell(cell, setting, r), own: '' };
  const box = setting.boxes.find((other) => keys.includes(other.key));
  return box === undefined ? undefined : { spots: onBox(box, setting, r), own: '' };
}

const square = (x: number, y: number, r: number): Rect => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });

/** The first spot that is free, or the one where least runs beneath. */
function freeSpot(
  { spots, own }: Places,
  r: number,
  taken: readonly Rect[],
  links: readonly SceneLink[],
): Anchor | undefined {
  let best: Anchor | undefined;
  let least = Infinity;
  spots.forEach((spot, order) => {
    const rect = square(spot.x, spot.y, r);
    const price =
      order +
      spot.off * 40 +
      crossings(rect, links, own) * 6 +
      (taken.some((other) => overlaps(other, rect)) ? 1000 : 0);
    if (price < least) [best, least] = [spot, price];
  });
  return best;
}

export function sceneBadges(marks: readonly Mark[], setting: PlateSetting): SceneBadge[] {
  const { plan, links } = setting;
  const r = Math.max((plan.columns.usable < 80 * plan.k ? 13 : 15) * plan.k, plan.least * 1.25);
  const taken: Rect[] = [];
  const badges: SceneBadge[] = [];
  const seen = new Set<string>();
  for (const mark of marks) {
    const places = placesOf(mark, setting, r);
    const place = `${mark.id} ${mark.next} ${places?.own ?? ''} ${places?.spots[0]?.x ?? 0}`;
    const spot = places === undefined || seen.has(place) ? undefined : freeSpot(places, r, taken, links);
    if (spot === undefined) continue;
    seen.add(place);
    taken.push(square(spot.x, spot.y, r));
    const name = mark.next
      ? `${mark.id} is violated by the next step: ${mark.message}`
      : `${mark.id} violated: ${mark.message}`;
    badges.push({ key: `${mark.key} ${mark.next}`, id: mark.id, x: spot.x, y: spot.y, r, next: mark.next, name });
  }
  return badges;
}

function noteText(link: SceneLink, from: Page, to: string): string {
  if (link.kind === 'pte') return 'remapped';
  return isBlock(from) ? `moved ${from} → ${to}` : `moved from ${pageName(from)}`;
}

/** At most so many: past that the list beside the stage tells it better. */
const MAX_NOTES = 4;

export function sceneNotes(
  movedFrom: ReadonlyMap<string, Page>,
  badges: readonly SceneBadge[],
  setting: PlateSetting,
): SceneNote[] {
  const { plan, links } = setting;
  const { k } = plan;
  const taken: Rect[] = badges.map(({ x, y, r }) => square(x, y, r));
  const notes: SceneNote[] = [];
  for (const link of links) {
    const from = movedFrom.get(link.key);
    if (from === undefined || !link.moved || link.faded || notes.length >= MAX_NOTES) continue;
    const text = noteText(link, from, link.page.replace(/^\w+:/, ''));
    const w = plan.measure(text, Math.max(12 * k, plan.least), 'bold') + 12 * k;
    const h = Math.max(18 * k, plan.least * 1.4);
    const y = link.turn - h / 2 - 2 * k;
    for (const x of [Math.max(link.x0, link.x1) + 9 * k, Math.min(link.x0, link.x1) - 9 * k - w]) {
      const rect = { x, y, w, h };
      const free = x > plan.gutter && x + w < plan.width && !taken.some((other) => overlaps(other, rect));
      if (!free || crossings(rect, links, link.key) > 0) continue;
      taken.push(rect);
      notes.push({ key: `note ${link.key}`, x, y, w, h, text });
      break;
    }
  }
  return notes;
}
