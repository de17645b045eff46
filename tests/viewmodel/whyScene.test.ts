import { describe, expect, test } from 'vitest';
import { plain } from '../../src/explain/parts.ts';
import { refusalAt } from '../../src/explain/refusal.ts';
import { CHECKS, checksOf } from '../../src/sim/model/check.ts';
import { KNOBS, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { VERBS } from '../../src/sim/model/op.ts';
import { oneKnobAway } from '../../src/sim/oneKnob.ts';
import type { KnobRun } from '../../src/sim/outline.ts';
import { existsIn } from '../../src/sim/query/exists.ts';
import { whyScene, type KnobsKnown, type WhyScene } from '../../src/viewmodel/whyScene.ts';
import { bundledTexts } from '../support/bundledTexts.ts';
import { READ_MR, TWO_SLEEPERS } from '../support/caseTexts.ts';
import { runText, type Ran } from '../support/runText.ts';
import { THOROUGH } from '../support/thorough.ts';

type Overrides = Parameters<typeof runText>[1];

const played = new Map<string, readonly KnobRun[]>();

function knobsOf({ program }: Ran, key: string): readonly KnobRun[] {
  const known = played.get(key);
  if (known !== undefined) return known;
  const going = oneKnobAway(program, 100_000);
  for (;;) {
    const next = going.next();
    if (next.done !== true) continue;
    played.set(key, next.value);
    return next.value;
  }
}

/** `n`: after that step, counted from 1. */
function why(text: string, n: number, overrides?: Overrides, withKnobs = false): WhyScene {
  const ran = runText(text, overrides);
  const { program, outline } = ran;
  const knobs: KnobsKnown = withKnobs ? knobsOf(ran, `${text}${JSON.stringify(overrides)}`) : undefined;
  return whyScene({ program, outline, moment: ran.momentAt(ran.endOf(n)) }, undefined, knobs);
}

/** `order`: the check that said no between slashes. */
function told({ refusal }: WhyScene) {
  const order = refusal?.order.map(({ name, state }) => (state === 'here' ? `/${name}/` : name)).join(' ');
  return {
    title: refusal?.title,
    rule: plain(refusal?.rule ?? []),
    knob: refusal?.knob === undefined ? '' : `${refusal.knob.name} = ${refusal.knob.value}`,
    way: refusal?.inTheWay.map(plain),
    order,
    man: refusal?.man,
  };
}

describe('why a step was refused', () => {
  test('a longterm pin under mainline', () => {
    expect(told(why(READ_MR, 2, { preset: 'mainline' }))).toEqual({
      title: 'Why EOPNOTSUPP',
      rule: 'A longterm pin of fsdax is refused.',
      knob: 'pin.longterm = refuse',
      way: ['m maps A, a file on a DAX file system.'],
      order: 'name arguments on-demand paging longterm pins mapping /fsdax admission/ writable mapping end of file pins free blocks faults', // prettier-ignore
      man: '',
    });
  });

  const PINNED = 'device 8\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_write\nadmin ftruncate A 2\n';

  test('a shrink under a pin: which block, whose pin, since when, and what the man page says', () => {
    const scene = why(PINNED, 3, { preset: 'etxtbsy' });
    expect(told(scene)).toEqual({
      title: 'Why ETXTBSY',
      rule: 'A block in range is pinned.',
      knob: 'layout.onPin = etxtbsy',
      way: ['block 2 (A[2]), pinned by mr[2] of app (longterm, write), since step 2.'],
      order: 'name features leases i_rwsem flag fs.shrink /pins/',
      man: 'ftruncate(2) lists ETXTBSY for what is executed or a swap file, not for this cause.',
    });
    expect(scene.refusal).toMatchObject({ proposed: true, repeats: false });
    expect(scene.refusal?.inTheWay[0]).toContainEqual({ text: 'step 2', step: 1 });
    expect(scene.refusal?.inTheWay[0]).toContainEqual({ text: 'mr[2]', ref: { type: 'mtt', mr: 0, slot: 2 } });
  });

  test.each<[name: string, text: string, n: number, overrides: Overrides, way: readonly string[], here: string]>([
    ['fs.shrink', PINNED, 3, { preset: 'static-fs' }, ['A is mapped as m, since step 1.', 'A is pinned by mr[0] and 3 more, since step 2.'], 'fs.shrink'],
    ['no lease', PINNED, 2, { preset: 'lease-revoke' }, ['m maps A, on which app has no layout lease.'], 'fsdax admission'],
    ['a lease of another', 'device 8\nfile A ab\napp setlease A layout\nadmin ftruncate A 1\n', 2, { preset: 'lease-exclusive' }, ["app's layout lease on A, since step 1."], 'leases'],
    ['a flag', 'device 8\nfile A ab\napp set A immutable\nadmin ftruncate A 1\n', 2, { preset: 'immutable-file' }, ['A is flagged immutable by app, since step 1.'], 'flag'],
    ['no flag, and a share', READ_MR, 2, { preset: 'immutable-file' }, ['A has no flag.', 'A[0] shares block 0 with another file.'], 'fsdax admission'],
    ['past the end', 'device 8\nfile A ab\napp m = mmap A\nadmin ftruncate A 1\napp load m 1\n', 3, undefined, ['A has 1 block, since step 2.'], 'end of file'],
    ['unmapped', 'device 8\nfile A ab\napp m = mmap A\napp munmap m\napp load m 1\n', 3, undefined, ['m is unmapped, since step 2.'], 'mapping'],
    ['no space', 'device 2\nfile A ab\nadmin pwrite A 2 X\n', 1, undefined, ['0 of 2 blocks are free: 2 owned.'], 'free blocks'],
    ['a dead rkey', 'device 8\noption wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\napp dereg_mr mr\npeer rdma_read mr 0\n', 4, undefined, ['mr is destroyed, 2 pages, pinned read-only, since step 3.'], 'rkey'],
    ['a READ MR written', 'device 8\noption wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\npeer rdma_write mr 0 X\n', 3, undefined, ['mr is live, 2 pages, pinned read-only, since step 2.'], 'access'],
  ])('%s', (_, text, n, overrides, way, here) => {
    const scene = why(text, n, overrides);
    expect(told(scene).way).toEqual(way);
    expect(scene.refusal?.order.find(({ state }) => state === 'here')?.name).toBe(here);
  }); // prettier-ignore

  test('a store under write.onPin=fail: the block that it must not leave', () => {
    const scene = why(READ_MR, 3, { preset: 'wait', knobs: { 'write.onPin': 'fail' } });
    expect(told(scene)).toMatchObject({
      title: 'Why SIGBUS',
      knob: 'write.onPin = fail',
      way: ['block 1 (A[1]), pinned by mr[1] of app (longterm, read-only), since step 2.'],
    });
  });

  test('a signal: who sent it', () => {
    const text = `${PINNED}log signal admin\n`;
    expect(told(why(text, 3, { preset: 'wait' }))).toMatchObject({
      title: 'Why EINTR',
      rule: 'A signal ended its wait, sent by step 4; this wait is interruptible, and the file is as it was.',
      man: 'ftruncate(2) lists EINTR.',
    });
  });

  test('a step without its object, and one whose actor sleeps, lead to the step that is to blame', () => {
    const nothing = why(READ_MR, 4, { preset: 'mainline' }).refusal;
    expect(nothing?.title).toBe('Why nothing happens');
    expect(nothing?.repeats).toBe(true);
    expect(nothing?.rule).toContainEqual({ text: 'step 2', step: 1 });
    const held = why('device 8\noption wait\nfile A ab\napp m = mmap A\napp mr = reg_mr m remote_read\napp ftruncate A 0\napp dereg_mr mr\n', 4).refusal; // prettier-ignore
    expect(held?.title).toBe('Why it is held back');
    expect(held?.rule).toContainEqual({ text: 'step 3', step: 2 });
  });
});

describe('which value would let it pass', () => {
  const passes = (scene: WhyScene): readonly string[] => {
    const found = scene.refusal?.passes;
    if (found?.type !== 'found') throw new Error('not played');
    return found.rows.map(({ knob, values, result, because }) => `${knob}=${values.map(({ value }) => value).join('|')} ${result} ${because}`.trim()); // prettier-ignore
  };

  test('a refused longterm pin: allow alone; the others of the knob refuse as well', () => {
    const scene = why(READ_MR, 2, { preset: 'mainline' }, true);
    expect(passes(scene)).toEqual(['pin.longterm=allow ok']);
    const found = scene.refusal?.passes;
    expect(found?.type === 'found' ? found.also.map(({ value, result }) => `${value} ${result}`) : []).toEqual(['lease EPERM', 'immutable EOPNOTSUPP', 'never EOPNOTSUPP']); // prettier-ignore
  });

  test('a shrink under a pin: the deciding knob first, then what would have kept the pin away', () => {
    const text = 'device 8\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_write\nadmin ftruncate A 2\n';
    expect(passes(why(text, 3, { preset: 'etxtbsy' }, true))).toEqual([
      'layout.onPin=wait|kill sleeps',
      'layout.onPin=ignore|revoke|rewrite ok',
      'pin.longterm=refuse|immutable|never ok step 2: EOPNOTSUPP',
      'pin.longterm=lease ok step 2: EPERM',
    ]);
  });

  test('before they are played, and where the run is too long, that is said', () => {
    expect(why(READ_MR, 2, { preset: 'mainline' }).refusal?.passes).toEqual({ type: 'asked' });
    const { program, outline, momentAt, endOf } = runText(READ_MR, { preset: 'mainline' });
    const scene = whyScene({ program, outline, moment: momentAt(endOf(2)) }, undefined, 4096);
    expect(scene.refusal?.passes).toEqual({ type: 'tooLong', most: 4096 });
  });
});

describe('why a property broke', () => {
  test('causes lead to steps and objects; which knob lets it happen; until when', () => {
    const [card] = why(READ_MR, 3, undefined, true).cards;
    expect(card?.id).toBe('S2');
    expect(card?.causes.map(({ label, line }) => `${label}: ${plain(line)}`)).toEqual([
      'step 2: mr[1] pins block 1 read-only',
      'step 3: A[1] moves from block 1 to block 4; no pin is looked at',
    ]);
    expect(card?.causes[0]?.line).toContainEqual({ text: 'mr[1]', ref: { type: 'mtt', mr: 0, slot: 1 } });
    expect(card?.causes[1]?.line).toContainEqual({ text: 'block 4', ref: { type: 'block', block: 4 } });
    expect(plain(card?.until ?? [])).toBe('Stands to the end of the run.');
    const holds = card?.holds.type === 'found' ? card.holds.rows : [];
    expect(holds.map(({ knob, values, because }) => `${knob}=${values.map(({ value }) => value).join('|')} ${because}`.trim())).toEqual([
      'pin.readonly=unshare step 4: X',
      'write.onPin=revoke step 4: NAK',
      'write.onPin=wait step 3: sleeps',
      'write.onPin=fail step 3: SIGBUS',
      'pin.longterm=refuse|immutable|never step 2: EOPNOTSUPP',
      'pin.longterm=lease step 2: EPERM',
    ]);
    expect(holds[0]?.values[0]?.option).toBe('wait pin.readonly=unshare');
  }); // prettier-ignore

  test('what was broken before is told with its steps', () => {
    const healed = why(READ_MR, 5).healed;
    expect(healed.map(({ id, line }) => `${id} ${plain(line)}`)).toEqual(['S5b step 4']);
  });
});

test('a wait: since when, what ends it, what it holds, who else sleeps', () => {
  const { program, outline, momentAt } = runText(TWO_SLEEPERS);
  const scene = whyScene({ program, outline, moment: momentAt(outline.waits[1]?.from ?? -1) }, undefined, undefined);
  expect(scene.wait?.links.map(({ name, since }) => `${name} ${plain(since)}`.trim())).toEqual([
    'log since step 4',
    'i_rwsem of A since step 3',
    'admin since step 3',
    'block 0',
    'db since step 2',
  ]);
  expect(scene.wait?.facts.map(plain)).toEqual([
    'Uninterruptible: neither a signal nor SIGKILL ends it; what is sent stays pending.',
    'It holds no lock.',
  ]);
});

test('the order of checks names each check once, and every check is of some call', () => {
  for (const verb of VERBS) expect(new Set(checksOf(verb)).size).toBe(checksOf(verb).length);
  expect(new Set(VERBS.flatMap(checksOf))).toEqual(new Set(CHECKS));
});

const FINE = /^(ok|blocks|[^E].*)$/;
const isAnswer = (result: string): boolean => FINE.test(result) && !/^(NAK|SIGBUS|void|gone|differs|EOF)$/.test(result);
const KERNELS = ['7.0', '6.12', '6.1'] as const;

describe('every step that was not answered with ok or a value has a card', () => {
  test.each(bundledTexts())('$id under every option', ({ text }) => {
    // Without much time, half of the options on each text; all of them on one text or another.
    PRESET_NAMES.forEach((preset, nth) => {
      if (!THOROUGH && (nth + text.length) % 2 === 1) return;
      for (const kernel of THOROUGH ? KERNELS : [KERNELS[(nth + text.length) % 3] ?? '7.0']) {
        const { program, outline, momentAt } = runText(text, { preset, kernel });
        for (const { step, to, kind, task } of outline.turns) {
          const moment = momentAt(to);
          const returned = moment.turnEvents.findLast((event) => event.type === 'returned' && event.task === task);
          const result = returned?.type === 'returned' ? returned.result : kind === 'held' ? 'void' : 'ok';
          const card = refusalAt(program, outline, moment);
          const where = `${preset} ${kernel}, step ${step + 1} (${program.steps[step]?.text ?? ''}): ${result}`;
          if (isAnswer(result)) continue;
          expect(card, where).toBeDefined();
          expect(plain(card?.rule ?? []), where).toMatch(/^\S.*[^.]\.$/);
          expect(plain(card?.rule ?? []), where).not.toMatch(/undefined|NaN|\bMR is not there/);
          if (moment.turnEvents.some(({ type }) => type === 'refused' || type === 'nak')) {
            expect(
              card?.order.filter(({ state }) => state === 'here'),
              where,
            ).toHaveLength(1);
            if (card?.knob !== undefined) expect(KNOBS[card.knob.name], where).toContain(card.knob.value);
          }
          for (const part of card?.inTheWay.flat() ?? [])
            if (typeof part !== 'string' && 'ref' in part) expect(existsIn(moment.state, part.ref), where).toBe(true);
        }
      }
    });
  });
});
