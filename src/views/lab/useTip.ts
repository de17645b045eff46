import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Place } from './useGridKeys.ts';

export type TipPlace = Place & {
  /** Middle and lower edge of the cell, from the corner of the area. */
  readonly x: number;
  readonly y: number;
  /** Far down, the tip stands above its cell. */
  readonly above: boolean;
  readonly width: number;
};

/** A pointer that only passes over is told nothing. */
const REST_MS = 250;

/** Which cell is pointed at, or has the focus by the keyboard. Escape puts the tip away, and so does a press. */
export function useTip(area: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState<TipPlace>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const hide = (): void => {
    clearTimeout(timer.current);
    setPlace(undefined);
  };
  const show = (target: EventTarget): void => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    if (cell !== null && area.current !== null) setPlace(placeOf(cell, area.current));
  };
  const onPointerOver = (target: EventTarget): void => {
    hide();
    timer.current = setTimeout(() => show(target), REST_MS);
  };
  const onFocus = (target: EventTarget): void => {
    if (target instanceof Element && target.matches(':focus-visible')) show(target);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  const shown = place !== undefined;
  useEffect(() => {
    if (!shown) return undefined;
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setPlace(undefined);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shown]);
  return { place, hide, onPointerOver, onFocus };
}

function placeOf(cell: HTMLElement, area: HTMLElement): TipPlace {
  const box = cell.getBoundingClientRect();
  const outer = area.getBoundingClientRect();
  const above = box.bottom - outer.top > outer.height * 0.6;
  return {
    row: cell.dataset['row'] ?? '',
    column: Number(cell.dataset['column']),
    x: box.left + box.width / 2 - outer.left,
    y: above ? box.top - outer.top : box.bottom - outer.top,
    above,
    width: outer.width,
  };
}
