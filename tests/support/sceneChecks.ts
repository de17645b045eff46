// What must hold of every scene, whatever it shows: each check gives the list of what is wrong.
import { railWidth, zigzagReach } from '../../src/viewmodel/linkPath.ts';
import type { Rect, SceneLink, StageScene } from '../../src/viewmodel/scene.ts';

const EPS = 0.01;

const overlap = (a: Rect, b: Rect): boolean =>
  a.x + EPS < b.x + b.w && b.x + EPS < a.x + a.w && a.y + EPS < b.y + b.h && b.y + EPS < a.y + a.h;

type Named = Rect & { readonly key: string };

function collisions(list: readonly Named[], what: string): string[] {
  const sorted = [...list].sort((a, b) => a.x - b.x);
  const found: string[] = [];
  sorted.forEach((a, i) => {
    for (let j = i + 1; j < sorted.length; j++) {
      const b = sorted[j];
      if (b === undefined || b.x >= a.x + a.w) break;
      if (overlap(a, b)) found.push(`${what}: ${a.key} and ${b.key}`);
    }
  });
  return found;
}

const labelRects = (scene: StageScene): Named[] =>
  scene.boxes.flatMap((box) =>
    box.label.map((piece) => ({
      key: `${box.key} “${piece.text}${piece.tail}”`,
      x: piece.x,
      y: piece.y - piece.size * 0.8,
      w: piece.w,
      h: piece.size,
    })),
  );

/** Cells, slots, badges, notes and words stand apart, each kind and all words from all slots. */
export function overlaps(scene: StageScene): string[] {
  const labels = labelRects(scene);
  const badges = scene.badges.map(({ key, x, y, r }) => ({
    key: `badge ${key}`,
    x: x - r,
    y: y - r,
    w: 2 * r,
    h: 2 * r,
  }));
  const frames: Named[] = scene.boxes.map(({ key, x, y, w, h }) => ({ key: `frame ${key}`, x, y, w, h }));
  return [
    ...collisions(scene.cells, 'cells'),
    ...collisions([...scene.slots, ...labels], 'slots and labels'),
    ...collisions([...scene.cells, ...scene.slots], 'cells and slots'),
    ...collisions(frames, 'frames'),
    ...collisions([...scene.notes, ...badges], 'notes and badges'),
    ...collisions([...scene.cells, ...labels], 'cells and labels'),
    ...crossPairs(badges, scene.slots, 'badge on slot'),
    ...crossPairs(badges, labels, 'badge on label'),
    ...crossPairs(
      labels,
      frames.filter((frame) => !labels.some((label) => label.key.startsWith(frame.key))),
      'label on frame',
    ),
  ];
}

function crossPairs(a: readonly Named[], b: readonly Named[], what: string): string[] {
  return a.flatMap((one) =>
    b.filter((other) => overlap(one, other)).map((other) => `${what}: ${one.key} and ${other.key}`),
  );
}

/** Nothing reaches over the edge of the drawing, and no text over the edge of its cell or slot. */
export function outside(scene: StageScene, measure: (text: string, size: number) => number): string[] {
  const inside = (r: Named): boolean =>
    r.x >= -EPS && r.y >= -EPS && r.x + r.w <= scene.width + EPS && r.y + r.h <= scene.height + EPS;
  const things: Named[] = [
    ...scene.cells,
    ...scene.slots,
    ...labelRects(scene),
    ...scene.notes,
    ...scene.badges.map(({ key, x, y, r }) => ({ key, x: x - r, y: y - r, w: 2 * r, h: 2 * r })),
  ];
  const cut = scene.slots
    .filter(({ text, textSize, w }) => measure(text, textSize) > w)
    .map(({ key, text }) => `text of ${key}: ${text}`);
  const tags = scene.cells.filter(
    ({ tag, tagSize, w, look }) => look !== 'fold' && measure(tag, tagSize) > w && tagSize > 11 * scene.k + EPS,
  );
  return [
    ...things.filter((r) => !inside(r)).map(({ key }) => `outside: ${key}`),
    ...cut,
    ...tags.map(({ key }) => `tag of ${key}`),
  ];
}

const straight = ({ x0, x1 }: SceneLink): boolean => Math.abs(x0 - x1) < 1;

/** The three legs of a link as thin rectangles. */
function legs(link: SceneLink): Named[] {
  const { key, x0, y0, turn, x1, y1 } = link;
  const upright = (x: number, a: number, b: number): Named => ({
    key,
    x: x - 0.5,
    y: Math.min(a, b),
    w: 1,
    h: Math.abs(a - b),
  });
  if (straight(link)) return [upright(x0, y0, y1)];
  return [
    upright(x0, y0, turn),
    { key, x: Math.min(x0, x1), y: turn - 0.5, w: Math.abs(x1 - x0), h: 1 },
    upright(x1, turn, y1),
  ];
}

/** Half of what a link takes up across its way. */
function girth({ kind, violated, changed, room }: SceneLink, k: number): number {
  if (violated) return zigzagReach(room, k);
  if (kind === 'mtt' || kind === 'pin') return railWidth(room, k) / 2;
  return (changed ? 1.7 : 1.1) * k;
}

const thick = (leg: Named, by: number): Named => ({
  key: leg.key,
  x: leg.x - by,
  y: leg.y,
  w: leg.w + 2 * by,
  h: leg.h,
});

/** No leg of a link, in its full width, meets a slot; its own only at the edge where it begins. */
export function linksOverSlots(scene: StageScene): string[] {
  return scene.links.flatMap((link) => {
    const by = girth(link, scene.k);
    const own = link.key.replace(/^cache:/, '');
    return legs(link).flatMap((leg) => {
      const body = leg.w === 1 ? thick(leg, by) : leg;
      return scene.slots
        .filter((slot) => overlap(shrunk(slot), slot.key === own ? leg : body))
        .map((slot) => `${link.key} over ${slot.key}`);
    });
  });
}

const shrunk = (r: Named): Named => ({ key: r.key, x: r.x + 0.5, y: r.y + 0.5, w: r.w - 1, h: r.h - 1 });

/** Links through words that stand on no plate. */
export function linksOverLabels(scene: StageScene): string[] {
  const bare = { ...scene, boxes: scene.boxes.filter((box) => !box.plate) };
  const labels = labelRects(bare);
  return scene.links.flatMap((link) =>
    legs(link).flatMap((leg) =>
      labels.filter((label) => overlap(label, leg)).map((label) => `${link.key} through ${label.key}`),
    ),
  );
}

/** A link begins at the edge of its slot, between its ends, and ends at its page's edge. */
export function looseEnds(scene: StageScene): string[] {
  const slots = new Map(scene.slots.map((slot) => [slot.key, slot]));
  const cells = new Map(scene.cells.map((cell) => [cell.key, cell]));
  const reach = 12 * scene.k;
  return scene.links.flatMap((link) => {
    const slot = slots.get(link.key.replace(/^cache:/, ''));
    const cell = cells.get(link.page);
    if (slot === undefined || cell === undefined) return [`${link.key} has no slot or no page ${link.page}`];
    const problems: string[] = [];
    if (link.x0 < slot.x || link.x0 > slot.x + slot.w) problems.push(`${link.key} leaves beside its slot`);
    if (Math.min(Math.abs(link.y0 - slot.y), Math.abs(link.y0 - slot.y - slot.h)) > EPS)
      problems.push(`${link.key} leaves its slot in the middle`);
    if (link.x1 < cell.x || link.x1 > cell.x + cell.w) problems.push(`${link.key} ends beside its page`);
    if (Math.min(Math.abs(link.y1 - cell.y), Math.abs(link.y1 - cell.y - cell.h)) > reach)
      problems.push(`${link.key} ends away from its page`);
    return problems;
  });
}

/** Links of which no two lie on one another but where a ribbon says so: legs in one line may touch nowhere. */
export function mergedLinks(scene: StageScene): string[] {
  const uprights = scene.links.flatMap((link) => legs(link).filter((leg) => leg.w === 1));
  const levels = scene.links
    .filter((link) => !straight(link))
    .flatMap((link) => legs(link).filter((leg) => leg.h === 1));
  const ribbons = new Map(scene.links.map((link) => [link.key, link.ribbon]));
  const together = (a: string, b: string): boolean => ribbons.get(a) !== '' && ribbons.get(a) === ribbons.get(b);
  const apart = (list: Named[], across: (leg: Named) => number, tolerance: number): string[] =>
    list.flatMap((a, i) =>
      list
        .slice(i + 1)
        .filter(
          (b) =>
            a.key !== b.key &&
            !together(a.key, b.key) &&
            Math.abs(across(a) - across(b)) < tolerance &&
            overlap({ ...a, x: a.x - 1, w: a.w + 2 }, { ...b, x: b.x - 1, w: b.w + 2 }),
        )
        .map((b) => `${a.key} on ${b.key}`),
    );
  return [...apart(uprights, (leg) => leg.x, 1), ...apart(levels, (leg) => leg.y, 1)];
}
