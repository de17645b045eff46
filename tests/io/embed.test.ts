import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embedCode } from '../../src/io/embedCode.ts';
import { readRequest } from '../../src/io/embedMessages.ts';

const SEED = 20261201;
const TYPES = ['step', 'back', 'first', 'last', 'get', 'goto', 'option', 'theme', 'open'];

describe('what a parent asks', () => {
  test.each([
    [
      { daxpin: 1, type: 'step' },
      { id: undefined, request: { type: 'step' } },
    ],
    [
      { daxpin: 1, type: 'get', id: 'a' },
      { id: 'a', request: { type: 'get' } },
    ],
    [
      { daxpin: 1, type: 'goto', step: 3, id: 7 },
      { id: 7, request: { type: 'goto', step: 3 } },
    ],
    [
      { daxpin: 1, type: 'option', option: 'wait' },
      { id: undefined, request: { type: 'option', option: 'wait' } },
    ],
    [
      { daxpin: 1, type: 'option', option: null },
      { id: undefined, request: { type: 'option', option: undefined } },
    ],
    [
      { daxpin: 1, type: 'theme', theme: 'dark' },
      { id: undefined, request: { type: 'theme', theme: 'dark' } },
    ],
    [
      { daxpin: 1, type: 'open', link: '#s=a' },
      { id: undefined, request: { type: 'open', link: '#s=a' } },
    ],
  ])('%j is understood', (data, expected) => {
    expect(readRequest(data)).toEqual(expected);
  });

  test.each([undefined, null, 1, 'daxpin', [], {}, { type: 'step' }, { daxpin: 2, type: 'step' }, { daxpin: '1' }])(
    '%j is not for this page',
    (data) => expect(readRequest(data)).toBeUndefined(),
  );

  test.each([
    [{ type: 'close' }, /^type 'close' is none of step, back/],
    [{}, /^type is none of/],
    [{ type: 'goto' }, /^step must be a whole number/],
    [{ type: 'goto', step: -1 }, /^step must/],
    [{ type: 'goto', step: 1.5 }, /^step must/],
    [{ type: 'goto', step: '3' }, /^step must/],
    [{ type: 'option', option: 'best' }, /^option must be one of/],
    [{ type: 'theme', theme: 'pink' }, /^theme must be one of light, dark, hc/],
    [{ type: 'open', link: 'https://daxpin.example/' }, /^link must/],
    [{ type: 'open', link: `#${'a'.repeat(400_001)}` }, /^link must/],
  ])('%j is refused with why', (data, why) => {
    const read = readRequest({ daxpin: 1, ...data });
    expect(read !== undefined && 'problem' in read ? read.problem : '').toMatch(why);
  });

  test(`whatever comes is passed over, understood or refused in few words (seed ${SEED})`, () => {
    const field = fc.oneof(fc.anything(), fc.string({ maxLength: 200 }), fc.constantFrom(...TYPES));
    const message = fc.record({ daxpin: fc.constant(1), type: field, id: field, step: field, option: field, theme: field, link: field }, { requiredKeys: ['daxpin'] }); // prettier-ignore
    fc.assert(
      fc.property(fc.oneof(fc.anything(), message), (data) => {
        const read = readRequest(data);
        if (read === undefined) return;
        expect(String(read.id ?? '').length).toBeLessThanOrEqual(64);
        if ('problem' in read) expect(read.problem.length).toBeLessThan(300);
        else expect(TYPES).toContain(read.request.type);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });
});

test('the HTML of a frame: nothing in a title gets out of its quotes, and no frame is too small', () => {
  const code = embedCode('https://daxpin.example/#v=1&s=a&embed=1&z=abcdef', '"><script>alert(1)</script>', { width: 10, height: Number.NaN }); // prettier-ignore
  expect(code).toBe(
    '<iframe src="https://daxpin.example/#v=1&amp;s=a&amp;embed=1&amp;z=abcdef" width="480" height="320" title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" loading="lazy" style="border: 0; max-width: 100%"></iframe>',
  );
});
