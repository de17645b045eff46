/** Text widths as this browser will draw them: with its fonts no label is cut and no plate too short. */
import type { Face, Measure } from '../../viewmodel/textWidth.ts';
import { textWidth } from '../../viewmodel/textWidth.ts';

const WEIGHT: { readonly [F in Face]: string } = { sans: '400', bold: '700', mono: '700' };

/** Texts repeat from step to step; past this many, begin again. */
const KEPT = 4000;

/** `element` has the page's fonts in --sans and --mono. Without a canvas (tests), widths come from a table. */
export function browserMeasure(element: Element): Measure {
  const context = 'CanvasRenderingContext2D' in window ? document.createElement('canvas').getContext('2d') : null;
  if (context === null) return textWidth;
  const style = getComputedStyle(element);
  const sans = style.getPropertyValue('--sans') || 'sans-serif';
  const families: { readonly [F in Face]: string } = {
    sans,
    bold: sans,
    mono: style.getPropertyValue('--mono') || 'monospace',
  };
  const known = new Map<string, number>();
  return (text, size, face) => {
    const key = `${face} ${size} ${text}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= KEPT) known.clear();
    context.font = `${WEIGHT[face]} ${size}px ${families[face]}`;
    const width = context.measureText(text).width;
    known.set(key, width);
    return width;
  };
}
