import { lazy } from 'react';
import { Part } from '../shared/Part.tsx';

// As the stage: it comes while the worker works out the run that it will tell of.
const now = import('../now/NowPanel.tsx');
const Panel = lazy(async () => ({ default: (await now).NowPanel }));

/** The Now panel, with its place kept for it. */
export const NowPanel = () => (
  <Part fallback={<aside className="now at-now" aria-label="Now" />}>
    <Panel />
  </Part>
);
