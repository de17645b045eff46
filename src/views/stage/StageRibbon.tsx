import { memo } from 'react';
import { routePath } from '../../viewmodel/linkPath.ts';
import type { SceneLink } from '../../viewmodel/scene.ts';
import { sameRecords } from './sceneEqual.ts';
import { coreWidth, LinkEnd, linkClass, linkWidth, RADIUS } from './StageLink.tsx';

type Props = { readonly links: readonly SceneLink[]; readonly k: number };

/**
 * Links of neighbouring slots to neighbouring pages that share one track, because there are too many for one each. Drawn
 * layer by layer, so that the stems join the trunk and do not cut it.
 */
export const StageRibbon = memo(
  function StageRibbon({ links, k }: Props) {
    const paths = links.map((link) => ({ link, path: routePath(link, RADIUS * k) }));
    const rail = links.some((link) => link.kind === 'mtt' || link.kind === 'pin');
    return (
      <g>
        {paths.map(({ link, path }) => (
          <g key={link.key} className={linkClass(link)}>
            <path className="halo" d={path} strokeWidth={linkWidth(link, k) + 5 * k} />
          </g>
        ))}
        {paths.map(({ link, path }) => (
          <g key={link.key} className={linkClass(link)}>
            <path className="line" d={path} strokeWidth={linkWidth(link, k)} />
          </g>
        ))}
        {rail &&
          paths.map(({ link, path }) => (
            <g key={link.key} className={linkClass(link)}>
              <path className="core" d={path} strokeWidth={coreWidth(link, k)} />
            </g>
          ))}
        {paths.map(({ link, path }) => (
          <g key={link.key} className={linkClass(link)} data-key={link.key.replace(/^cache:/, '')}>
            <LinkEnd link={link} route={link} k={k} />
            <path className="touch" d={path} />
          </g>
        ))}
      </g>
    );
  },
  (a, b) => a.k === b.k && sameRecords(a.links, b.links),
);
