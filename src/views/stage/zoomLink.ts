/** Stages that show the same at the same time are looked at alike: what one is zoomed or moved to, the others are. */
import type { ZoomTransform } from 'd3-zoom';
import { createContext } from 'react';

type Follower = (transform: ZoomTransform) => void;

export type ZoomLink = {
  /** Returns what ends it, and what tells the others. */
  readonly join: (follow: Follower) => { readonly leave: () => void; readonly tell: Follower };
};

export function createZoomLink(): ZoomLink {
  const all = new Set<Follower>();
  let telling = false;
  return {
    join(follow) {
      all.add(follow);
      return {
        leave: () => void all.delete(follow),
        tell(transform) {
          // Who follows has nothing to tell.
          if (telling) return;
          telling = true;
          for (const other of all) if (other !== follow) other(transform);
          telling = false;
        },
      };
    },
  };
}

export const ZoomLinkContext = createContext<ZoomLink | undefined>(undefined);
