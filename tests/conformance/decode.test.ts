// Anything may lie in a folder of recordings: what is none is told, quickly, and never thrown.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRecording } from '../../src/conformance/decodeRecording.ts';
import { judgeRecording } from '../../src/conformance/verdict.ts';
import { packedSources } from '../support/recordingPack.ts';

type Json = Record<string, unknown>;
const source = packedSources().find(({ file }) => file === '6.12.117__xfs-dax__P01.json')?.text ?? '';
const fresh = (): Json & { steps: (Json & { obs: Json })[] } => JSON.parse(source) as never;
const problemOf = (value: unknown): string => {
  const read = decodeRecording('x.json', typeof value === 'string' ? value : JSON.stringify(value));
  return read.ok ? 'none' : read.error.problem;
};

describe('what is no recording', () => {
  test.each<[string, (good: ReturnType<typeof fresh>) => unknown, string]>([
    ['no JSON', () => '{', 'no JSON'],
    ['a list', () => [], 'the file is not an object'],
    ['null', () => null, 'the file is not an object'],
    ['no steps', (good) => ({ ...good, steps: undefined }), 'steps is not a list'],
    ['a step without obs', (good) => ({ ...good, steps: [{ ...good.steps[0], obs: undefined }] }), 'steps[0].obs is not an object'],
    ['a name that breaks a line', (good) => ({ ...good, env: 'x\nfile A' }), 'env is not a name'],
    ['an actor with a space', (good) => ({ ...good, steps: [{ ...good.steps[0], actor: 'P1 exit' }] }), 'steps[0].actor is not a name'],
    ['a file of a petabyte', (good) => ({ ...good, steps: [{ ...good.steps[0], obs: { files: { A: { sizeBytes: 2 ** 50, extents: [] } } } }] }), 'sizeBytes is not a number of at most'],
    ['an extent without end', (good) => ({ ...good, steps: [{ ...good.steps[0], obs: { files: { A: { sizeBytes: 0, extents: [{ logical: 0, length: 1e9 }] } } } }] }), 'length is not a number of at most'],
    ['a negative step', (good) => ({ ...good, steps: [{ ...good.steps[0], n: -1 }] }), 'steps[0].n is not a number'],
    ['other blocks', (good) => ({ ...good, blockSize: 512 }), 'blockSize is not 4096'],
    ['too many steps', (good) => ({ ...good, steps: Array.from({ length: 2001 }, () => good.steps[0]) }), 'steps is not a list of at most 2000'],
  ])('%s', (_what, spoil, problem) => {
    expect(problemOf(spoil(fresh()))).toContain(problem);
  }); // prettier-ignore

  test('deep nesting ends in an answer', () => {
    expect(problemOf('['.repeat(200_000))).not.toBe('none');
    expect(problemOf(`{"steps": ${'['.repeat(5_000)}${']'.repeat(5_000)}}`)).not.toBe('none');
  });
});

describe('a recording of something that the model has not', () => {
  const judged = (change: (step: Json, i: number) => Json): ReturnType<typeof judgeRecording> => {
    const good = fresh();
    const read = decodeRecording('x.json', JSON.stringify({ ...good, steps: good.steps.map(change) }));
    if (!read.ok) throw new Error(read.error.problem);
    return judgeRecording(read.value);
  };

  test.each<[string, Json, string]>([
    ['an unknown operation', { op: 'mremap' }, 'mremap is no operation of the model'],
    ['an operation named as a method', { op: 'constructor' }, 'constructor is no operation of the model'],
    ['an argument that is missing', { op: 'store', args: {} }, "step 6, store: 'tags' are no letters"],
    ['an argument that is a line', { op: 'unlink', args: { file: 'A\nP1 exit' } }, "step 6, unlink: 'file' is no name"],
    ['a mode of fallocate', { op: 'fallocate', args: { file: 'A', mode: 'WRITE_ZEROES', block: 0, count: 1 } }, 'no fallocate mode of the model is WRITE_ZEROES'],
    ['a page past the mapping', { op: 'load', args: { map: 'm1', page: 9, count: 1 } }, 'past'],
    ['a load without end', { op: 'load', args: { map: 'm1', page: 0, count: 16_000 } }, 'more than 10000 operations'],
  ])('%s: out of scope from that step on', (_what, spoilt, reason) => {
    const verdict = judged((step, i) => (i === 5 ? { ...step, ...spoilt } : step));
    expect(verdict).toMatchObject({ status: 'out-of-scope', step: 6 });
    expect(verdict.reason).toContain(reason);
  }); // prettier-ignore

  test('what differs before is told all the same', () => {
    const verdict = judged((step, i) => (i === 5 ? { ...step, op: 'mremap' } : i === 4 ? { ...step, value: 'wxyz' } : step));
    expect(verdict).toMatchObject({ status: 'differs', step: 5 });
  }); // prettier-ignore

  test.each([
    ['fs', 'btrfs on a loop device', "the model has no file system 'btrfs on a loop device'"],
    ['kernel', '5.15.0', 'the model has no kernel 5.15.0'],
    ['kernel', 'of my own', 'the model has no kernel of my own'],
  ])('%s %s', (key, value, reason) => {
    const read = decodeRecording('x.json', JSON.stringify({ ...fresh(), [key]: value }));
    expect(read.ok && judgeRecording(read.value)).toMatchObject({ status: 'out-of-scope', reason });
  });
});

const SEED = 4_711;

test(`a recording spoilt anywhere gives an answer (seed ${SEED})`, () => {
  const spoil = fc.tuple(fc.constantFrom(...packedSources()), fc.nat(), fc.jsonValue());
  fc.assert(
    fc.property(spoil, ([{ file, text }, where, value]) => {
      const places = [...text.matchAll(/: ("[^"]*"|\d+|null|true|false)/g)];
      const place = places[where % places.length];
      if (place === undefined) return;
      const at = place.index + 2;
      const spoilt = text.slice(0, at) + JSON.stringify(value) + text.slice(at + (place[1]?.length ?? 0));
      const read = decodeRecording(file, spoilt);
      if (read.ok) expect(['reproduced', 'differs', 'out-of-scope']).toContain(judgeRecording(read.value).status);
      else expect(read.error.cure).not.toBe('');
    }),
    { seed: SEED, numRuns: 400 },
  );
});
