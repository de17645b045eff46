import { lazy } from 'react';
import { hover, select } from '../../store/actions.ts';
import { hasErrors } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { openAtEvent } from '../actions/openActions.ts';
import { Part } from '../shared/Part.tsx';
import { Opening } from './Opening.tsx';
import './desk.css';

// Asked for at once, not when it is first drawn: it comes while the worker works out the run that it will draw.
const stage = import('../stage/Stage.tsx');
const Stage = lazy(async () => ({ default: (await stage).Stage }));

/** The picture, and what is pointed at and chosen in it. */
export function StageArea() {
  const shown = usePage((page) => page.shown);
  const hovered = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  const stale = usePage((page) => page.shown !== undefined && hasErrors(page.problems));
  return (
    <div className={stale ? 'at-stage stale' : 'at-stage'} onContextMenu={shown && openAtEvent}>
      {shown === undefined ? (
        <Opening />
      ) : (
        <Part fallback={<Opening />}>
          <Stage
            program={shown.program}
            outline={shown.outline}
            moment={shown.moment}
            focus={hovered}
            selected={selected}
            onFocus={hover}
            onSelect={select}
          />
        </Part>
      )}
      {stale && <p className="stale-word">The text has an error: the last good picture</p>}
    </div>
  );
}
