import { memo } from 'react';
import { octagonPoints } from '../../viewmodel/linkPath.ts';
import type { SceneBadge, SceneNote } from '../../viewmodel/scene.ts';
import { sameRecord } from './sceneEqual.ts';

/** The id of a property: filled where it is violated, dashed where the next step would violate it. */
export const StageBadge = memo(function StageBadge({ badge, k }: { readonly badge: SceneBadge; readonly k: number }) {
  const size = badge.id.length > 2 ? Math.max(11 * k, badge.r * 0.73) : badge.r * 0.84;
  return (
    <g className={badge.next ? 'sg-badge next' : 'sg-badge'} role="img" aria-label={badge.name}>
      <title>{badge.name}</title>
      <polygon points={octagonPoints(badge.x, badge.y, badge.r)} strokeWidth={(badge.next ? 2.2 : 2) * k} />
      <text x={badge.x} y={badge.y + size * 0.35} fontSize={size} textAnchor="middle">
        {badge.id}
      </text>
    </g>
  );
}, (a, b) => a.k === b.k && sameRecord(a.badge, b.badge)); // prettier-ignore

/** What moved, in a few words beside the end of its link. */
export const StageNote = memo(function StageNote({ note, k }: { readonly note: SceneNote; readonly k: number }) {
  return (
    <g className="sg-note" aria-hidden="true">
      <rect x={note.x} y={note.y} width={note.w} height={note.h} rx={3 * k} />
      <text x={note.x + 6 * k} y={note.y + note.h * 0.72} fontSize={12 * k}>
        {note.text}
      </text>
    </g>
  );
}, (a, b) => a.k === b.k && sameRecord(a.note, b.note)); // prettier-ignore
