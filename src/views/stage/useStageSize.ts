import { useLayoutEffect, useRef, useState } from 'react';
import type { Viewport } from '../../viewmodel/scene.ts';
import { browserMeasure } from './measure.ts';

/** `--k` of the element: 1 on a desk, more on wide screens and in a room. */
function scaleOf(element: Element): number {
  const k = Number.parseFloat(getComputedStyle(element).getPropertyValue('--k'));
  return Number.isFinite(k) && k > 0 ? k : 1;
}

/** The room that an element has, in whole pixels; undefined before it is in the page. */
export function useStageSize<E extends Element>() {
  const ref = useRef<E>(null);
  const [size, setSize] = useState<Viewport>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = browserMeasure(element);
    const look = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const next = { width: Math.floor(width), height: Math.floor(height), k: scaleOf(element), measure };
      setSize((last) => (last?.width === next.width && last.height === next.height && last.k === next.k ? last : next));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, size };
}
