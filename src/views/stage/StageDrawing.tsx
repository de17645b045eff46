import { memo } from 'react';
import { routePath } from '../../viewmodel/linkPath.ts';
import type { SceneLink, StageScene } from '../../viewmodel/scene.ts';
import { Hourglass } from './glyphs.tsx';
import { StageBadge, StageNote } from './StageBadge.tsx';
import { StageFrame, StageLabel } from './StageBox.tsx';
import { StageCell } from './StageCell.tsx';
import { StageLegend } from './StageLegend.tsx';
import { RADIUS, StageLink } from './StageLink.tsx';
import { StageRibbon } from './StageRibbon.tsx';
import { StageSlot } from './StageSlot.tsx';
import type { StageZoom } from './useZoom.ts';

type Props = {
  readonly scene: StageScene;
  readonly zoom: Pick<StageZoom, 'x' | 'y' | 'scale'>;
  readonly patterns: string;
  readonly current: string;
};

function Patterns({ id, k }: { readonly id: string; readonly k: number }) {
  const [h, s] = [8 * k, 5 * k];
  return (
    <defs>
      <pattern id={`${id}-hatch`} className="sg-hatch" width={h} height={h} patternUnits="userSpaceOnUse">
        <path d={`M0 0l${h} ${h}M${h} 0l${-h} ${h}`} />
      </pattern>
      <pattern id={`${id}-stipple`} className="sg-stipple" width={s} height={s} patternUnits="userSpaceOnUse">
        <circle cx={1.5 * k} cy={1.5 * k} r={0.9 * k} />
      </pattern>
    </defs>
  );
}

/** Row headings: they stay at the left edge however far the stage is panned. */
function Headings({ scene, zoom }: Pick<Props, 'scene' | 'zoom'>) {
  const { k } = scene;
  const covers = zoom.x < -1;
  return (
    <g className="sg-headings" aria-hidden="true" transform={`translate(0 ${zoom.y}) scale(${zoom.scale})`}>
      {covers && <rect className="cover" x={0} y={0} width={scene.gutter - 8 * k} height={scene.height} />}
      {scene.headings.map(({ key, title, sub, y }) => (
        <g key={key}>
          <text className="title" x={16 * k} y={y - 2 * k} fontSize={13 * k}>
            {title}
          </text>
          <text className="sub" x={16 * k} y={y + 13 * k} fontSize={11 * k}>
            {sub}
          </text>
        </g>
      ))}
    </g>
  );
}

function Strip({ scene, patterns, current }: Omit<Props, 'zoom'>) {
  const { k } = scene;
  return (
    <>
      <g role="list" aria-label="Pages">
        {scene.cells.map((cell) => (
          <StageCell key={cell.key} cell={cell} k={k} patterns={patterns} current={cell.key === current} />
        ))}
      </g>
      {scene.texts.map(({ key, x, y, text }) => (
        <text key={key} className="sg-free" x={x} y={y} fontSize={13 * k} textAnchor="middle" aria-hidden="true">
          {text}
        </text>
      ))}
      {scene.hint !== undefined && (
        <text className="sg-hint" x={scene.hint.x} y={scene.hint.y} fontSize={15 * k}>
          Begin with a file:{' '}
          <tspan className="code" dx={6 * k}>
            {scene.hint.text}
          </tspan>
        </text>
      )}
    </>
  );
}

function Boxes({ scene, patterns, current }: Omit<Props, 'zoom'>) {
  const { k } = scene;
  return (
    <>
      {scene.boxes.map((box) => (
        <StageFrame key={box.key} box={box} k={k} />
      ))}
      {scene.slots.map((slot) => (
        <StageSlot key={slot.key} slot={slot} k={k} patterns={patterns} current={slot.key === current} />
      ))}
    </>
  );
}

type Bundle = { readonly ribbon: string; readonly link: SceneLink; readonly links: readonly SceneLink[] };

/** Links of one ribbon together, where its first stands in the order of painting. */
function bundles(links: readonly SceneLink[]): Bundle[] {
  const seen = new Set<string>();
  return links.flatMap((link): Bundle[] => {
    if (link.ribbon === '') return [{ ribbon: '', link, links: [link] }];
    if (seen.has(link.ribbon)) return [];
    seen.add(link.ribbon);
    return [{ ribbon: link.ribbon, link, links: links.filter((other) => other.ribbon === link.ribbon) }];
  });
}

function Links({ scene: { links, k } }: { readonly scene: StageScene }) {
  return bundles(links).map((bundle) =>
    bundle.ribbon === '' ? (
      <StageLink key={bundle.link.key} link={bundle.link} k={k} />
    ) : (
      <StageRibbon key={`ribbon ${bundle.ribbon}`} links={bundle.links} k={k} />
    ),
  );
}

function WaitLinks({ scene: { waits, k } }: { readonly scene: StageScene }) {
  return waits.map((wait) => (
    <g key={wait.key} className="sg-wait">
      <path className="halo" d={routePath(wait, RADIUS * k)} strokeWidth={5 * k} />
      <path
        className="line"
        d={routePath(wait, RADIUS * k)}
        strokeWidth={1.6 * k}
        strokeDasharray={`${7 * k} ${3 * k} ${1.5 * k} ${3 * k}`}
      />
      <rect className="plate" x={wait.glassX - k} y={wait.glassY - 3 * k} width={9.2 * k} height={15 * k} />
      <Hourglass x={wait.glassX} y={wait.glassY} k={k} />
    </g>
  ));
}

function Beneath({ scene }: { readonly scene: StageScene }) {
  return (
    <>
      {scene.beds.map(({ key, y, h }) => (
        <rect key={key} className="sg-bed" x={-scene.width} y={y} width={scene.width * 3} height={h} />
      ))}
      <g aria-hidden="true">
        {scene.associations.map(({ key, path }) => (
          <path
            key={key}
            className="sg-association"
            d={path}
            strokeWidth={1.2 * scene.k}
            strokeDasharray={`${1.5 * scene.k} ${3.5 * scene.k}`}
          />
        ))}
      </g>
    </>
  );
}

/** Around what the next step will change: dashed, with the lower right corner filled in. */
function Ahead({ scene: { ahead = [], k } }: { readonly scene: StageScene }) {
  return (
    <g className="sg-ahead" aria-hidden="true">
      {ahead.map(({ key, x, y, w, h }) => {
        const flag = Math.min(9 * k, w / 2);
        return (
          <g key={key}>
            <rect
              x={x - 3 * k}
              y={y - 3 * k}
              width={w + 6 * k}
              height={h + 6 * k}
              rx={5 * k}
              strokeWidth={1.8 * k}
              strokeDasharray={`${5 * k} ${3 * k}`}
            />
            <path d={`M${x + w + 3 * k} ${y + h + 3 * k}v${-flag}l${-flag} ${flag}z`} />
          </g>
        );
      })}
    </g>
  );
}

/** In the order of painting: bed, associations, pages, links, boxes, headings, labels, notes, octagons. */
const Scene = memo(function Scene({ scene, patterns, current }: Omit<Props, 'zoom'>) {
  const { k } = scene;
  return (
    <>
      <Beneath scene={scene} />
      <Strip scene={scene} patterns={patterns} current={current} />
      <g aria-hidden="true">
        {/* Beneath the links: a link that passes through a frame can still be pointed at. */}
        {scene.boxes.map(({ key, x, y, w, h }) => (
          <rect key={key} className="sg-reach" data-key={key} x={x} y={y} width={w} height={h} />
        ))}
        <Links scene={scene} />
        <WaitLinks scene={scene} />
      </g>
      <Boxes scene={scene} patterns={patterns} current={current} />
      {scene.boxes.map((box) => (
        <StageLabel key={box.key} box={box} k={k} />
      ))}
      <Ahead scene={scene} />
      {scene.legend !== undefined && <StageLegend legend={scene.legend} k={k} />}
      {scene.notes.map((note) => (
        <StageNote key={note.key} note={note} k={k} />
      ))}
      {scene.badges.map((badge) => (
        <StageBadge key={badge.key} badge={badge} k={k} />
      ))}
    </>
  );
});

export function StageDrawing({ scene, zoom, patterns, current }: Props) {
  return (
    <>
      <Patterns id={patterns} k={scene.k} />
      <g transform={`translate(${zoom.x} ${zoom.y}) scale(${zoom.scale})`}>
        <Scene scene={scene} patterns={patterns} current={current} />
      </g>
      <Headings scene={scene} zoom={zoom} />
    </>
  );
}
