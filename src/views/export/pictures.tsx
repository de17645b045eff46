/** The shown moment as a picture: drawn once more out of sight, in the theme that was asked for. */
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Shown, Theme } from '../../store/store.ts';
import { browserMeasure } from '../stage/measure.ts';
import { ExportFigure } from './ExportFigure.tsx';
import { svgText } from './svgText.ts';
import './export.css';

const WIDTH = 1200;
const HEIGHT = 620;
/** Pixels of the PNG for one of the drawing. */
const PNG_SCALE = 2;

export type Drawn = { readonly svg: string; readonly width: number; readonly height: number };

export function drawSvg(shown: Shown, theme: Theme): Drawn {
  const room = document.createElement('div');
  room.className = 'export-room';
  room.dataset['theme'] = theme;
  document.body.append(room);
  const root = createRoot(room);
  try {
    const size = { width: WIDTH, height: HEIGHT, measure: browserMeasure(room) };
    flushSync(() => root.render(<ExportFigure shown={shown} size={size} />));
    const svg = room.querySelector('svg');
    if (svg === null) throw new Error('nothing was drawn');
    const title = svg.getAttribute('aria-label') ?? '';
    return { svg: svgText(svg, title), width: WIDTH, height: Number(svg.getAttribute('height')) };
  } finally {
    root.unmount();
    room.remove();
  }
}

export async function drawPng(shown: Shown, theme: Theme): Promise<Blob> {
  const { svg, width, height } = drawSvg(shown, theme);
  const image = new Image();
  // As data, not as a blob: the policy of the page has no blobs for images, and needs none.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('the browser made no PNG of it')) : resolve(blob)), 'image/png'); // prettier-ignore
  });
}
