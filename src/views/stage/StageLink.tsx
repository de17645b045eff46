import { memo } from 'react';
import {
  barPath,
  chevronPath,
  claspPath,
  cutPaths,
  headPath,
  railWidth,
  routePath,
  zigzagPath,
} from '../../viewmodel/linkPath.ts';
import type { Route, SceneLink } from '../../viewmodel/scene.ts';
import { sameRecord } from './sceneEqual.ts';
import { useMovingRoute } from './useMotion.ts';

type Props = { readonly link: SceneLink; readonly k: number };

export const RADIUS = 8;
const isRail = (link: SceneLink): boolean => link.kind === 'mtt' || link.kind === 'pin';

export const linkClass = (link: SceneLink): string =>
  ['sg-link', link.hue, link.kind, link.faded && 'faded', link.violated && 'violated', link.moved && 'moved', link.changed && 'changed'] // prettier-ignore
    .filter(Boolean)
    .join(' ');

export function linkWidth(link: SceneLink, k: number): number {
  if (link.violated) return 3.6 * k;
  if (isRail(link)) return Math.min(railWidth(link.room, k) + (link.changed ? k : 0), 2 * link.room);
  return (link.changed ? 3.4 : link.kind === 'odp' ? 2.6 : 2.2) * k;
}

/** What is left between the two lines of a rail. */
export const coreWidth = (link: SceneLink, k: number): number =>
  Math.max(k, linkWidth(link, k) - (link.changed ? 5 : 3.8) * k);

/** What the link does to the page: clamps it, points at it, sticks in it, or only touches it. */
export function LinkEnd({ link, route, k }: Props & { readonly route: Route }) {
  const { x1, y1, y0 } = route;
  const below = y0 > y1;
  const way = below ? 1 : -1;
  const edge = (reach: number): number => y1 - way * reach * k;
  const width = link.changed ? 3.4 : 2.4;
  if (link.kind === 'own' || link.kind === 'cache') {
    const shape = { half: Math.min(11 * k, link.room - 2 * k), k };
    const path = link.kind === 'own' ? claspPath(x1, edge(1), way, shape) : barPath(x1, edge(1), way, shape);
    return <path className="end" d={path} strokeWidth={(link.kind === 'own' ? width : width + 0.6) * k} />;
  }
  if (link.kind === 'pte') {
    const tip = edge(8);
    return (
      <path className={link.writable ? 'end full' : 'end hollow'} d={headPath(x1, tip, way, k)} strokeWidth={1.8 * k} />
    );
  }
  const hollow = (link.kind === 'odp' || link.cut) && !link.violated;
  const r = link.kind === 'odp' ? 4.5 : 6;
  const centre = edge(link.kind === 'odp' ? 5 : 6);
  return <circle className={hollow ? 'end hollow' : 'end full'} cx={x1} cy={centre} r={r * k} strokeWidth={2 * k} />;
}

function Line({ link, route, k }: Props & { readonly route: Route }) {
  const width = linkWidth(link, k);
  if (link.cut && !link.violated) {
    const { stump, bars } = cutPaths(route, k);
    return (
      <>
        <path className="line" d={stump} strokeWidth={width} />
        <path className="core" d={stump} strokeWidth={coreWidth(link, k)} />
        <path className="bars" d={bars} strokeWidth={2.4 * k} />
      </>
    );
  }
  const path = link.violated ? zigzagPath(route, link.room, k) : routePath(route, RADIUS * k);
  const halo = width + (link.moved || link.violated ? 5 : 3) * k;
  const dots = link.kind === 'odp' && !link.violated;
  const rail = isRail(link) && !link.violated;
  return (
    <>
      <path className="halo" d={path} strokeWidth={halo} />
      <path
        key={link.violated ? 'zigzag' : 'line'}
        className={link.violated ? 'line zigzag' : 'line'}
        d={path}
        strokeWidth={width}
        {...(link.violated ? { pathLength: 1 } : {})}
        {...(dots ? { strokeDasharray: `0.1 ${6 * k}`, strokeLinecap: 'round' as const } : {})}
      />
      {rail && <path className="core" d={path} strokeWidth={coreWidth(link, k)} />}
    </>
  );
}

/** A claim on a page. */
export const StageLink = memo(function StageLink({ link, k }: Props) {
  const route = useMovingRoute(link);
  return (
    <g className={linkClass(link)} data-key={link.key.replace(/^cache:/, '')}>
      <Line link={link} route={route} k={k} />
      {link.flow !== '' && !link.cut && !link.violated && <path className={`chevrons ${link.flow}`} d={chevronPath(route, link.flow, k)} strokeWidth={2.4 * k} />}
      <LinkEnd link={link} route={route} k={k} />
      <path className="touch" d={routePath(route, RADIUS * k)} />
    </g>
  );
}, (a, b) => a.k === b.k && sameRecord(a.link, b.link)); // prettier-ignore
