import { useLayoutEffect, useMemo, useState } from 'react';

/** The sizes of a room are those of a wall of 1920 × 1080; on another they scale with it. */
const WALL = { width: 1920, height: 1080 } as const;
const K = 1.62;
/** On that wall, what is read from the last row. */
const LEAST = 24;

/** A phone held in a hand is no wall: smaller than this, nothing could be read. */
const SMALLEST = 0.45;

const scaleNow = (): number =>
  Math.max(SMALLEST, Math.min(window.innerWidth / WALL.width, window.innerHeight / WALL.height));

export type RoomScale = { readonly u: number; readonly stage: { readonly k: number; readonly least: number } };

export function useRoomScale(): RoomScale {
  const [u, setU] = useState(scaleNow);
  useLayoutEffect(() => {
    const look = (): void => setU(scaleNow());
    look();
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  }, []);
  return useMemo(() => ({ u, stage: { k: K * u, least: LEAST * u } }), [u]);
}
