import { lazy, Suspense } from 'react';
import { hover, select } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';

// Asked for at once, not when it is first drawn: it comes while the worker works out the run that it will draw.
const stage = import('../stage/Stage.tsx');
const Stage = lazy(async () => ({ default: (await stage).Stage }));

/** The picture, and what is pointed at and chosen in it. */
export function StageArea() {
  const shown = usePage((page) => page.shown);
  const hovered = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  const opening = <p className="opening">Working out the run …</p>;
  return (
    <div className="at-stage">
      {shown === undefined ? (
        opening
      ) : (
        <Suspense fallback={opening}>
          <Stage
            program={shown.program}
            outline={shown.outline}
            moment={shown.moment}
            focus={hovered}
            selected={selected}
            onFocus={hover}
            onSelect={select}
          />
        </Suspense>
      )}
    </div>
  );
}
