/** The shapes of one link as SVG path data: line, zigzag, chevrons, and the fence of a revoked one. */
import type { Route } from './scene.ts';

type Point = readonly [x: number, y: number];

const n = (value: number): number => Math.round(value * 10) / 10;
const at = ([x, y]: Point): string => `${n(x)} ${n(y)}`;

const isStraight = ({ x0, x1 }: Route): boolean => Math.abs(x0 - x1) < 0.5;

export function routePath(route: Route, radius: number): string {
  const { x0, y0, turn, x1, y1 } = route;
  if (isStraight(route)) return `M${at([x0, y0])}V${n(y1)}`;
  const down = Math.sign(turn - y0) || 1;
  const on = Math.sign(y1 - turn) || 1;
  const along = Math.sign(x1 - x0);
  const r = Math.min(radius, Math.abs(x1 - x0) / 2, Math.abs(turn - y0), Math.abs(y1 - turn));
  return (
    `M${at([x0, y0])}V${n(turn - down * r)}Q${at([x0, turn])} ${at([x0 + along * r, turn])}` +
    `H${n(x1 - along * r)}Q${at([x1, turn])} ${at([x1, turn + on * r])}V${n(y1)}`
  );
}

/** The route as straight legs. */
function legs(route: Route): Point[] {
  const { x0, y0, turn, x1, y1 } = route;
  if (isStraight(route)) return [[x0, y0], [x1, y1]]; // prettier-ignore
  return [[x0, y0], [x0, turn], [x1, turn], [x1, y1]]; // prettier-ignore
}

/** Teeth of one leg, both of its ends left out; the last stretch is straight, so that the end is seen. */
function teeth([ax, ay]: Point, [bx, by]: Point, shape: { pitch: number; amp: number; tail: number }): Point[] {
  const length = Math.hypot(bx - ax, by - ay);
  const [ux, uy] = [(bx - ax) / (length || 1), (by - ay) / (length || 1)];
  const count = Math.max(0, Math.floor((length - shape.tail) / shape.pitch));
  return Array.from({ length: count }, (_, i): Point => {
    const along = (i + 1) * shape.pitch;
    const side = i % 2 === 0 ? shape.amp : -shape.amp;
    return [ax + ux * along - uy * side, ay + uy * along + ux * side];
  });
}

/** How far a zigzag goes to either side where half of its width may be `room`. */
export const zigzagReach = (room: number, k: number): number => Math.max(2.2 * k, Math.min(4.5 * k, room - 1.8 * k));

/** Width of a rail where half of it may be `room`. */
export const railWidth = (room: number, k: number): number => Math.max(4 * k, Math.min(6.4 * k, 2 * room - k));

/** `room`: half the width that it may take. */
export function zigzagPath(route: Route, room: number, k: number): string {
  const amp = zigzagReach(room, k);
  const points = legs(route);
  const out: Point[] = [];
  points.forEach((point, i) => {
    out.push(point);
    const next = points[i + 1];
    const last = i === points.length - 2;
    if (next !== undefined) out.push(...teeth(point, next, { pitch: 7 * k, amp, tail: (last ? 8 : 6) * k }));
    const tooth = out.at(-1);
    // Back onto the line before the corner or the end.
    if (next !== undefined && tooth !== undefined && tooth !== point) {
      const vertical = next[0] === point[0];
      const reach = (last ? 6 : 3) * k;
      const sign = vertical ? Math.sign(point[1] - next[1]) : Math.sign(point[0] - next[0]);
      out.push(vertical ? [next[0], next[1] + sign * reach] : [next[0] + sign * reach, next[1]]);
    }
  });
  return `M${out.map(at).join('L')}`;
}

/** Chevrons along the longest leg, pointing into the page (`up`) or out of it. */
export function chevronPath(route: Route, flow: 'up' | 'down', k: number): string {
  const points = legs(route);
  let best: [Point, Point] = [points[0] ?? [0, 0], points[1] ?? [0, 0]];
  const long = ([a, b]: [Point, Point]): number => Math.hypot(b[0] - a[0], b[1] - a[1]);
  points.forEach((point, i) => {
    const next = points[i + 1];
    if (next !== undefined && long([point, next]) > long(best)) best = [point, next];
  });
  const [a, b] = best;
  const length = long(best);
  const count = length > 150 * k ? 4 : length > 70 * k ? 3 : length > 34 * k ? 2 : 1;
  const way = flow === 'up' ? 1 : -1;
  const [ux, uy] = [(b[0] - a[0]) / (length || 1), (b[1] - a[1]) / (length || 1)];
  return Array.from({ length: count }, (_, i) => {
    const along = (length * (i + 1)) / (count + 1);
    const tip: Point = [a[0] + ux * along + ux * way * 4 * k, a[1] + uy * along + uy * way * 4 * k];
    const wing = (side: number): Point => [
      tip[0] - ux * way * 8 * k - uy * side * 6 * k,
      tip[1] - uy * way * 8 * k + ux * side * 6 * k,
    ];
    return `M${at(wing(1))}L${at(tip)}L${at(wing(-1))}`;
  }).join('');
}

/** A revoked rail: its stump at the slot, and the two bars of the fence across it. */
export function cutPaths(route: Route, k: number): { stump: string; bars: string } {
  const { x0, y0, turn, y1 } = route;
  const first = isStraight(route) ? y1 : turn;
  const way = Math.sign(first - y0) || 1;
  const end = y0 + way * Math.min(32 * k, Math.abs(first - y0) * 0.6);
  const bar = (y: number): string => `M${at([x0 - 7 * k, y])}H${n(x0 + 7 * k)}`;
  return { stump: `M${at([x0, y0])}V${n(end)}`, bars: bar(end + way * 3 * k) + bar(end + way * 8 * k) };
}

/** A clasp over the edge of a page; `way` points away from the page. */
export function claspPath(x: number, edge: number, way: 1 | -1, { half, k }: { half: number; k: number }): string {
  const [inside, outside] = [edge - way * 4 * k, edge + way * 3 * k];
  return `M${at([x - half, inside])}V${n(outside)}H${n(x + half)}V${n(inside)}`;
}

/** A bar on the edge of a page: what lies in it, without owning it. */
export function barPath(x: number, edge: number, way: 1 | -1, { half, k }: { half: number; k: number }): string {
  return `M${at([x - half, edge + way * 1.5 * k])}H${n(x + half)}`;
}

/** A triangle whose tip touches the page below which it stands. */
export function headPath(x: number, tip: number, way: 1 | -1, k: number): string {
  return `M${at([x, tip])}L${at([x - 5.5 * k, tip + way * 10 * k])}H${n(x + 5.5 * k)}Z`;
}

export function octagonPoints(x: number, y: number, r: number): string {
  return Array.from({ length: 8 }, (_, i) => {
    const angle = Math.PI * (i / 4 + 1 / 8);
    return `${n(x + r * Math.cos(angle))},${n(y + r * Math.sin(angle))}`;
  }).join(' ');
}
