import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64url, toBase64url } from '../../src/io/base64url.ts';

test('as Node has it, and back; a part of it is a part of the bytes (seed 4648)', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(), (bytes, cut) => {
      const text = toBase64url(bytes);
      expect(text).toBe(Buffer.from(bytes).toString('base64url'));
      expect([...fromBase64url(text)]).toEqual([...bytes]);
      const part = fromBase64url(text.slice(0, cut % (text.length + 1)));
      expect([...part]).toEqual([...bytes].slice(0, part.length));
    }),
    { seed: 4648, numRuns: 500 },
  );
});
