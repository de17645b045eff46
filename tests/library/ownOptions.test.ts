// What is read back from the browser may come from anybody: another version, a bug, another page of the same host.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOption, MAX_OPTIONS, optionShelf, type OwnOption } from '../../src/library/ownOptions.ts';
import { memoryStorage } from '../support/startLab.ts';

const mine: OwnOption = { id: 'own:k3j9x2', name: 'Mine', preset: 'wait', set: { 'hw.odp': 'off' } };
const kept = { format: 1, ...mine };

describe('a kept option', () => {
  test('is read back as it was written', () => {
    const shelf = optionShelf(memoryStorage());
    expect(shelf.put(mine)).toBe(true);
    expect(shelf.readAll()).toEqual({ options: [mine], setAside: 0 });
    shelf.remove(mine.id);
    expect(shelf.readAll()).toEqual({ options: [], setAside: 0 });
  });

  test.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [kept]],
    ['another format', { ...kept, format: 2 }],
    ['a format without words', { ...kept, format: { toString: 1 } }],
    ['a strange id', { ...kept, id: 'own:../x' }],
    ['an id of a preset', { ...kept, id: 'wait' }],
    ['an empty name', { ...kept, name: '' }],
    ['an untidy name', { ...kept, name: ' a\nb' }],
    ['a name without end', { ...kept, name: 'a'.repeat(1000) }],
    ['no preset', { ...kept, preset: '__proto__' }],
    ['no knobs', { ...kept, set: {} }],
    ['knobs that are none', { ...kept, set: { 'hw.odp': 'off', constructor: 'on' } }],
    ['a value that is none', { ...kept, set: { 'hw.odp': 'maybe' } }],
    ['a value of another kind', { ...kept, set: { 'hw.odp': { toString: 'off' } } }],
  ])('%s is refused', (_, value) => {
    expect(decodeOption(value).ok).toBe(false);
  });

  test('a broken one is set aside with its text, once; the others are read', () => {
    const broken = ['{', '"x"', JSON.stringify({ ...kept, preset: 'none' }), 'x'.repeat(5000)];
    const entries = Object.fromEntries(broken.map((text, k) => [`daxpin.option.own:broken${k}`, text]));
    const storage = memoryStorage({ ...entries, 'daxpin.theme': 'dark' });
    const shelf = optionShelf(storage);
    shelf.put(mine);
    expect(shelf.readAll()).toEqual({ options: [mine], setAside: 4 });
    expect(shelf.readAll()).toEqual({ options: [mine], setAside: 0 });
    broken.forEach((text, k) => expect(storage.getItem(`daxpin.optionAside.own:broken${k}`)).toBe(text));
    expect(storage.getItem('daxpin.theme')).toBe('dark');
  });

  test('one that is kept under the key of another is set aside', () => {
    const shelf = optionShelf(memoryStorage({ 'daxpin.option.own:other1': JSON.stringify(kept) }));
    expect(shelf.readAll()).toEqual({ options: [], setAside: 1 });
  });

  test('no more are read than the lab takes', () => {
    const storage = memoryStorage();
    for (let n = 0; n < MAX_OPTIONS + 20; n++) optionShelf(storage).put({ ...mine, id: `own:many${n}` });
    expect(optionShelf(storage).readAll().options).toHaveLength(MAX_OPTIONS);
  });

  test('a storage that is full refuses, and what cannot be set aside stays', () => {
    const storage = memoryStorage({ 'daxpin.option.own:broken': '{' });
    storage.setItem = () => {
      throw new Error('full');
    };
    const shelf = optionShelf(storage);
    expect(shelf.put(mine)).toBe(false);
    expect(shelf.readAll()).toEqual({ options: [], setAside: 1 });
    expect(storage.getItem('daxpin.option.own:broken')).toBe('{');
  });

  test('any JSON is an option or a reason, never thrown (seed 20240)', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('id', 'name', 'preset', 'set', 'format'), (value, field) => {
        for (const one of [value, { ...kept, [field]: value }]) {
          const decoded = decodeOption(one);
          if (decoded.ok) expect(decodeOption({ format: 1, ...decoded.value })).toEqual(decoded);
          else expect(decoded.error).not.toBe('');
        }
      }),
      { seed: 20240, numRuns: 500 },
    );
  });
});
