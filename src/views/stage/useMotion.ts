/**
 * Links that move from one place to another do so in a short time; everything else jumps. Nothing moves while steps come
 * faster than a move takes (scrubbing, playing fast), when the window changes, or where the reader asked for no motion.
 */
import { interpolateNumber } from 'd3-interpolate';
import { createContext, useContext, useLayoutEffect, useRef, useState } from 'react';
import type { Route } from '../../viewmodel/scene.ts';

const DURATION = 280;

export type MotionClock = {
  /** To be told of each moment before its links are. */
  readonly tick: (moment: object) => void;
  /** Whether links may move to where this scene has them. */
  readonly mayMove: () => boolean;
  /** Steps come too fast to follow; pointing at something in between does not change that. */
  readonly tooFast: () => boolean;
};

export function createMotionClock(): MotionClock {
  let shown: object | undefined;
  let last = -Infinity;
  let moving = false;
  let fast = false;
  return {
    tick(moment) {
      if (moment === shown) {
        moving = false;
        return;
      }
      const now = performance.now();
      fast = now - last <= DURATION;
      moving = shown !== undefined && !fast && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      shown = moment;
      last = now;
    },
    mayMove: () => moving,
    tooFast: () => fast,
  };
}

const STILL: MotionClock = { tick: () => undefined, mayMove: () => false, tooFast: () => true };
export const MotionContext = createContext<MotionClock>(STILL);

const easeOut = (t: number): number => 1 - (1 - t) ** 3;

function between(a: Route, b: Route): (t: number) => Route {
  const x0 = interpolateNumber(a.x0, b.x0);
  const y0 = interpolateNumber(a.y0, b.y0);
  const turn = interpolateNumber(a.turn, b.turn);
  const x1 = interpolateNumber(a.x1, b.x1);
  const y1 = interpolateNumber(a.y1, b.y1);
  return (t) => ({ x0: x0(t), y0: y0(t), turn: turn(t), x1: x1(t), y1: y1(t) });
}

const sameRoute = (a: Route, b: Route): boolean =>
  a.x0 === b.x0 && a.y0 === b.y0 && a.turn === b.turn && a.x1 === b.x1 && a.y1 === b.y1;

/** The route to draw now: on its way to `target` while a move lasts. */
export function useMovingRoute({ x0, y0, turn, x1, y1 }: Route): Route {
  const clock = useContext(MotionContext);
  const at = useRef<Route>({ x0, y0, turn, x1, y1 });
  const [onTheWay, setOnTheWay] = useState<Route>();
  useLayoutEffect(() => {
    const target = { x0, y0, turn, x1, y1 };
    const from = at.current;
    if (sameRoute(from, target)) return undefined;
    if (!clock.mayMove()) {
      at.current = target;
      return undefined;
    }
    const route = between(from, target);
    const start = performance.now();
    let frame = 0;
    const draw = (now: number): void => {
      const t = Math.min(1, Math.max(0, (now - start) / DURATION));
      at.current = t < 1 ? route(easeOut(t)) : target;
      setOnTheWay(t < 1 ? at.current : undefined);
      if (t < 1) frame = requestAnimationFrame(draw);
    };
    draw(start);
    return () => {
      cancelAnimationFrame(frame);
      setOnTheWay(undefined);
    };
  }, [clock, x0, y0, turn, x1, y1]);
  return onTheWay ?? { x0, y0, turn, x1, y1 };
}
