import { describe, expect, test } from 'vitest';
import { findLinked, linkPlace } from '../../src/io/linkPlace.ts';
import { formatLink, parseAddress } from '../../src/store/address.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { runText } from '../support/runText.ts';

/** As long as a link may be that people copy by hand. */
const MOST = 200;
const BASE = 'https://daxpin.example/';

describe('every position of every scenario', () => {
  test.each(bundledTexts().map(({ id, text }) => [id, text] as const))('%s', (id, text) => {
    const { program, outline } = runText(text);
    for (let at = 0; at <= outline.length; at += 1) {
      const link = formatLink({ scenario: id, preset: 'lease-exclusive', kernel: '6.12', place: linkPlace(program, outline, at) }); // prettier-ignore
      expect(link).toMatch(/^#v=1&[\w.~:=&-]*&z=[\w-]{6}$/);
      expect((BASE + link).length).toBeLessThanOrEqual(MOST);
      const { place, ...rest } = parseAddress(link);
      expect(rest).toEqual({ scenario: id, preset: 'lease-exclusive', kernel: '6.12' });
      expect(place === undefined ? { at: 0 } : findLinked(place, program, outline)).toEqual({ at });
    }
  });
});

const OLD = 'file A ab\napp m = mmap A\napp store m 0 X\napp load m 0\napp load m 1\n';

function from(old: string, at: number, now: string) {
  const was = runText(old);
  const is = runText(now);
  return findLinked(linkPlace(was.program, was.outline, at), is.program, is.outline);
}

describe('a scenario that has changed since', () => {
  const { outline } = runText(OLD);

  test('a line that is another: what is before it is shown, and it is told', () => {
    const now = OLD.replace('store m 0 X', 'store m 1 X');
    const first = runText(now).outline.turns[0]?.to;
    expect(from(OLD, outline.length, now)).toEqual({ at: first, misfit: { turn: 1, line: 'app store m 1 X' } });
  });

  test('a line that is gone', () => {
    const now = OLD.replace('app load m 1\n', '');
    expect(from(OLD, outline.length, now)).toEqual({ at: runText(now).outline.length, misfit: { turn: 3 } });
  });

  test('a line more behind the place does no harm', () => {
    const third = outline.turns[2]?.to ?? 0;
    expect(from(OLD, third, `${OLD}app load m 0\n`)).toEqual({ at: third });
  });

  test('a micro-step of another number has the same name', () => {
    const now = OLD.replace('file A ab', 'file A ab\nfile B = reflink A');
    const { micros } = runText(now).outline;
    const unlock = outline.micros.findIndex(({ id }) => id === 'store.unlock') + 1;
    const there = micros.findIndex(({ id }) => id === 'store.unlock') + 1;
    expect(there).toBeGreaterThan(unlock);
    expect(from(OLD, unlock, now)).toEqual({ at: there });
  });

  test('of a long run, to a group of steps', () => {
    const loads = 'app load m 0\n'.repeat(60);
    const old = `file A ab\napp m = mmap A\n${loads}`;
    const now = `file A ab\napp m = mmap A\n${loads.replace(/(?:app load m 0\n){10}$/, 'app load m 1\n'.repeat(10))}`;
    const { misfit } = from(old, runText(old).outline.length, now);
    expect(misfit?.turn).toBeGreaterThan(45);
    expect(misfit?.turn).toBeLessThanOrEqual(51);
  });
});

/** Links as they were given away. None may ever be taken out. */
const GOLDEN: readonly (readonly [link: string, at: number])[] = [
  ['#v=1&s=01-read-mr-goes-stale&n=3&f=HQZRkL&z=vHaALV', 33],
  ['#v=1&s=01-read-mr-goes-stale&o=seed&n=3.store.c3&f=HQZRkL&z=jFIfek', 28],
  ['#v=1&s=18-truncate-three-users&n=19&f=LXxKpV2kPOqy86oWAqWKv7Sj6a6MYdfAPVHpqz&z=vcV7eU', 89],
];

test.each(GOLDEN)('kept: %s', (link, at) => {
  const { scenario, place } = parseAddress(link);
  const text = bundledTexts().find(({ id }) => id === scenario)?.text ?? '';
  const { program, outline } = runText(text);
  expect(place === undefined ? undefined : findLinked(place, program, outline)).toEqual({ at });
});
