import { useEffect, useState, type RefObject } from 'react';
import type { Place } from './useGridKeys.ts';

export type TipPlace = Place & {
  /** Middle and lower edge of the cell, from the corner of the area. */
  readonly x: number;
  readonly y: number;
  /** Below its middle the tip stands above the cell. */
  readonly above: boolean;
  readonly width: number;
};

/** Which cell is pointed at, or has the focus by the keyboard. Escape puts the tip away. */
export function useTip(area: RefObject<HTMLElement | null>) {
  const [place, setPlace] = useState<TipPlace>();
  const hide = (): void => setPlace(undefined);
  const show = (target: EventTarget, by: 'pointer' | 'focus'): void => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
    if (cell === null || area.current === null) return hide();
    if (by === 'focus' && !cell.matches(':focus-visible')) return;
    setPlace(placeOf(cell, area.current));
  };
  const shown = place !== undefined;
  useEffect(() => {
    if (!shown) return undefined;
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setPlace(undefined);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [shown]);
  return { place, show, hide };
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
