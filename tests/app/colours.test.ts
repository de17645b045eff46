// The palette of tokens.css: contrast by WCAG 2, and the four hues of the score told apart by people with colour deficiencies.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Rgb = readonly [number, number, number];
type Vision = 'none' | 'protan' | 'deutan' | 'tritan';

const css = readFileSync(new URL('../../src/app/tokens.css', import.meta.url), 'utf8');

/** The colours of one block, over those of the first. */
function tokensOf(selector: string): ReadonlyMap<string, Rgb> {
  const found = new Map<string, Rgb>();
  const escaped = selector.replace(/[[\]]/g, '\\$&');
  for (const block of [/:root(?:,\s*\[data-theme='light'\])? \{(.*?)\}/s, new RegExp(`${escaped} \\{(.*?)\\}`, 's')]) {
    for (const [, name = '', hex = ''] of (block.exec(css)?.[1] ?? '').matchAll(/--([\w-]+):\s*#([0-9a-f]{3,6});/g)) {
      const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
      found.set(name, [0, 2, 4].map((i) => parseInt(full.slice(i, i + 2), 16) / 255) as unknown as Rgb);
    }
  }
  return found;
}

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encoded = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);
const clamp = (v: number): number => Math.min(1, Math.max(0, v));
const row = (m: readonly number[], v: readonly number[]): number => m.reduce((sum, a, i) => sum + a * (v[i] ?? 0), 0);

function contrast(a: Rgb, b: Rgb): number {
  const luminance = (c: Rgb): number => row([0.2126, 0.7152, 0.0722], c.map(linear));
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear light. */
const MACHADO: { readonly [V in Exclude<Vision, 'none'>]: readonly (readonly number[])[] } = {
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}; // prettier-ignore

function seen(colour: Rgb, vision: Vision): Rgb {
  if (vision === 'none') return colour;
  const light = colour.map(linear);
  return MACHADO[vision].map((m) => encoded(clamp(row(m, light)))) as unknown as Rgb;
}

function lab(colour: Rgb): Rgb {
  const light = colour.map(linear);
  const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f(row([0.4124564, 0.3575761, 0.1804375], light) / 0.95047);
  const y = f(row([0.2126729, 0.7151522, 0.072175], light));
  const z = f(row([0.0193339, 0.119192, 0.9503041], light) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const rad = (degrees: number): number => (degrees * Math.PI) / 180;
const hueOf = (a: number, b: number): number =>
  a === 0 && b === 0 ? 0 : ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;

/** CIEDE2000, after Sharma, Wu and Dalal 2005. */
function ciede2000([l1, a1, b1]: Rgb, [l2, a2, b2]: Rgb): number {
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const [h1, h2] = [hueOf(p1, b1), hueOf(p2, b2)];
  const turn = c1 * c2 === 0 ? 0 : h2 - h1 > 180 ? h2 - h1 - 360 : h2 - h1 < -180 ? h2 - h1 + 360 : h2 - h1;
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin(rad(turn / 2));
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const sum = h1 + h2;
  const h = c1 * c2 === 0 ? sum : Math.abs(h1 - h2) <= 180 ? sum / 2 : sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
  const t = 1 - 0.17 * Math.cos(rad(h - 30)) + 0.24 * Math.cos(rad(2 * h)) + 0.32 * Math.cos(rad(3 * h + 6)) - 0.2 * Math.cos(rad(4 * h - 63));
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rt = -Math.sin(rad(60 * Math.exp(-(((h - 275) / 25) ** 2)))) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const [dl, dc, dhn] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh];
  return Math.sqrt(dl ** 2 + dc ** 2 + dhn ** 2 + rt * dc * dhn);
} // prettier-ignore

test.each<[Rgb, Rgb, number]>([
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, -1, 2], [50, 0, 0], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
])('the measure itself: %o and %o differ by %f, as published', (a, b, wanted) => {
  expect(ciede2000(a, b)).toBeCloseTo(wanted, 3);
});

/** The least difference over the six pairs of the four hues, as the design has it, less a hair. */
const LEAST: readonly (readonly [string, string, { readonly [V in Vision]: number }])[] = [
  ['light', ':root', { none: 34, protan: 19.5, deutan: 18.5, tritan: 14.8 }],
  ['dark', "[data-theme='dark']", { none: 33.9, protan: 20.7, deutan: 16.7, tritan: 16.7 }],
  ['hc', "[data-theme='hc']", { none: 33.2, protan: 23.9, deutan: 18.9, tritan: 14.1 }],
];
const HUES = ['file', 'cpu', 'dma', 'viol'] as const;

/** What is written on what. */
const TEXTS: readonly (readonly [string, string])[] = [
  ...['ink', 'ink2', 'ink3'].flatMap((ink) => ['bg', 'surface', 'raise'].map((on) => [ink, on] as const)),
  ...['file-t', 'cpu-t', 'dma-t', 'viol-t'].flatMap((on) => [['ink', on], ['ink2', on]] as const),
  ...HUES.flatMap((hue) => [[hue, 'bg'], [hue, 'surface']] as const),
  ['viol', 'viol-t'],
  ['on-viol', 'viol'],
  ['on-hl', 'hl'],
]; // prettier-ignore
/** Edges, links and the ring of the focus; slots are written on in ink, and edged in their hue. */
const GRAPHICS: readonly (readonly [string, string])[] = [
  ...HUES.map((hue) => [hue, `${hue}-t`] as const),
  ...['line', 'focus', ...HUES].flatMap((hue) => ['bg', 'surface'].map((on) => [hue, on] as const)),
];

describe.each(LEAST)('%s', (name, selector, least) => {
  const tokens = tokensOf(selector);
  const colour = (token: string): Rgb => {
    const found = tokens.get(token);
    if (found === undefined) throw new Error(`no --${token} in ${name}`);
    return found;
  };

  test.each(TEXTS)('%s can be read on %s (4.5:1)', (ink, on) => {
    expect(contrast(colour(ink), colour(on))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(GRAPHICS)('%s can be seen on %s (3:1)', (hue, on) => {
    expect(contrast(colour(hue), colour(on))).toBeGreaterThanOrEqual(3);
  });

  test.each(['none', 'protan', 'deutan', 'tritan'] as const)('file, CPU, DMA and violation differ: %s', (vision) => {
    const pairs = HUES.flatMap((a, i) => HUES.slice(i + 1).map((b) => [a, b] as const));
    const differences = pairs.map(([a, b]) => ciede2000(lab(seen(colour(a), vision)), lab(seen(colour(b), vision))));
    expect(differences).toHaveLength(6);
    expect(Math.min(...differences)).toBeGreaterThanOrEqual(least[vision]);
  });
});
