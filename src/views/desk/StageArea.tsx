import { lazy } from 'react';
import { Part } from '../shared/Part.tsx';
import { Opening } from './Opening.tsx';
import { PictureArea } from './PictureArea.tsx';

// Asked for at once, not when it is first drawn: it comes while the worker works out the run that it will draw.
const stage = import('../stage/Stage.tsx');
const Stage = lazy(async () => ({ default: (await stage).Stage }));

/** The score, where there is room for it. */
export function StageArea() {
  return (
    <PictureArea
      staleWord="The text has an error: the last good picture"
      picture={(props) => (
        <Part fallback={<Opening />}>
          <Stage {...props} />
        </Part>
      )}
    />
  );
}
