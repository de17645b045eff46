/** What the stage does with keys and pointers: point at, choose, walk, zoom. Keys that it takes go no further. */
import { useCallback, useRef, type FocusEvent, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import type { StageRef, StageScene } from '../../viewmodel/scene.ts';
import type { StageZoom } from './useZoom.ts';
import { isWalkKey, walkKey, type Walk } from './useWalk.ts';

type Pointing = {
  readonly refs: ReadonlyMap<string, StageRef>;
  readonly onFocus: (ref: StageRef | undefined) => void;
  readonly onSelect: (ref: StageRef | undefined) => void;
};

type Setting = Pointing & {
  readonly scene: StageScene;
  readonly svg: SVGSVGElement | null;
  readonly walk: Walk;
  readonly zoom: StageZoom;
};

function keyUnder(target: EventTarget): string | undefined {
  const found = target instanceof Element ? target.closest('[data-key]') : null;
  return found?.getAttribute('data-key') ?? undefined;
}

/** Tells of each object once, however often the pointer moves over it. */
function usePoint({ refs, onFocus }: Pointing): (key: string | undefined) => void {
  const held = useRef<string>(undefined);
  return useCallback(
    (key) => {
      if (held.current === key) return;
      held.current = key;
      onFocus(key === undefined ? undefined : refs.get(key));
    },
    [onFocus, refs],
  );
}

type Keys = { readonly [key: string]: (under: string | undefined) => void };

function keysOf({ zoom, refs, onSelect }: Setting, point: (key: string | undefined) => void): Keys {
  const closer = (): void => zoom.by(1.25);
  return {
    Enter: (under) => onSelect(under === undefined ? undefined : refs.get(under)),
    Escape: () => {
      point(undefined);
      onSelect(undefined);
    },
    '+': closer,
    '=': closer,
    '-': () => zoom.by(0.8),
    '0': zoom.fit,
  };
}

function walkOn({ scene, svg, walk, zoom }: Setting, pressed: string, from: string | undefined): void {
  const key = walk.next(pressed, from);
  if (key === undefined) return;
  walk.goTo(key);
  svg?.querySelector<SVGElement>(`[data-key="${key}"][tabindex]`)?.focus({ preventScroll: true });
  const place = [...scene.cells, ...scene.slots].find((item) => item.key === key);
  if (place !== undefined) zoom.reveal(place);
}

export function useStageKeys(setting: Setting) {
  const { walk, refs, onSelect } = setting;
  const point = usePoint(setting);
  const keys = keysOf(setting, point);
  return {
    onKeyDown(event: KeyboardEvent): void {
      const action = keys[event.key];
      if (event.ctrlKey || event.altKey || event.metaKey || (action === undefined && !isWalkKey(event))) return;
      const under = keyUnder(event.target);
      if (action === undefined) walkOn(setting, walkKey(event), under);
      else action(under);
      event.preventDefault();
      event.stopPropagation();
    },
    onFocus(event: FocusEvent): void {
      const key = keyUnder(event.target);
      if (key === undefined) return;
      walk.goTo(key);
      // A click gives the focus too; only the keyboard's points at something.
      if (event.target.matches(':focus-visible')) point(key);
    },
    onPointerOver(event: PointerEvent): void {
      if (event.pointerType !== 'touch') point(keyUnder(event.target));
    },
    onClick: (event: MouseEvent): void => onSelect(refs.get(keyUnder(event.target) ?? '')),
    onPointerLeave: (): void => point(undefined),
    onBlur: (): void => point(undefined),
  };
}
