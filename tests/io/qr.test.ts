// The path of a QR code, filled in and read by another library.
import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { qrOf, type Qr } from '../../src/io/qr.ts';

const PIXELS = 4;

/** As an SVG renderer fills it: `M x y h n v1 H x z` are n dark squares. */
function read({ size, path }: Qr): string | undefined {
  const width = size * PIXELS;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, n] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    for (let row = Number(y) * PIXELS; row < (Number(y) + 1) * PIXELS; row += 1) {
      for (let column = Number(x) * PIXELS; column < (Number(x) + Number(n)) * PIXELS; column += 1)
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
    }
  }
  return jsQR(data, width, width)?.data;
}

describe('a QR code', () => {
  test.each([
    'https://example.org/daxpin/#v=1&s=01-read-mr-goes-stale&n=4&f=Ab-_9&z=abcdef',
    'a',
    `https://example.org/#${'x'.repeat(400)}`,
  ])('%s', (text) => {
    const qr = qrOf(text);
    expect(qr === undefined ? undefined : read(qr)).toBe(text);
  });

  test('none where the text is too long for a wall', () => {
    expect(qrOf('x'.repeat(600))).toBeUndefined();
    expect(qrOf('x'.repeat(8000))).toBeUndefined();
  });

  test('has the quiet zone that readers need', () => {
    const { size, path } = qrOf('a link') ?? { size: 0, path: '' };
    const xs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, n]) => [Number(x), Number(y), Number(x) + Number(n)]); // prettier-ignore
    expect(Math.min(...xs.map(([x = 0]) => x))).toBe(3);
    expect(Math.min(...xs.map(([, y = 0]) => y))).toBe(3);
    expect(Math.max(...xs.map(([, , end = 0]) => end))).toBe(size - 3);
  });
});
