// A run in the order that its text asks for: by operations and by micro-steps, with choices, to a word that cannot happen.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { microSentence, turnSentence } from '../../src/explain/sentences.ts';
import { finalOf } from '../../src/sim/final.ts';
import { momentAt, runToEnd } from '../../src/sim/run.ts';
import { chooser } from '../support/interleave.ts';
import { play } from '../support/play.ts';
import { programOf } from '../support/runText.ts';

const run = (text: string) => {
  const program = programOf(`title "t"\n${text.replaceAll(/\s*;\s*/g, '\n')}\n`);
  return { program, ...runToEnd(program) };
};

/** `1` begun, `1w` woke, `1a` went on, `1x` ended, `1d` completed, with how many micro-steps each took. */
const turnsOf = (text: string): string => {
  const marks = { begun: '', woke: 'w', again: 'a', held: 'h', exit: 'x', dma: 'd' };
  const { turns } = run(text).outline;
  return turns.map(({ step, kind, from, to }) => `${step + 1}${marks[kind]}*${to - from}`).join(' ');
};
/** The same without the lengths. */
const order = (text: string): string => turnsOf(text).replaceAll(/\*\d+/g, '');

const SLEEPER = 'option wait; file A ab; app m = mmap A; app mr = reg_mr m remote_read; admin ftruncate A 0; app dereg_mr mr'; // prettier-ignore

describe('operations', () => {
  test.each([
    ['lines in another order', `order op 1 3 2; ${SLEEPER}`, '1 3 2'],
    ['lines that never begin', `order op 1; ${SLEEPER}`, '1'],
    ['nobody wakes by itself', `order op 1-2 3 4; ${SLEEPER}`, '1 2 3 4'],
    ['a word wakes', `order op 1-2 3 4 admin; ${SLEEPER}`, '1 2 3 4 3w'],
    ['lines as written wake by themselves', `order op 1-4; ${SLEEPER}`, '1 2 3 4 3w'],
    ['without an order', SLEEPER, '1 2 3 4 3w'],
  ])('%s', (_, text, turns) => {
    expect(order(text)).toBe(turns);
  });

  test('a line that never begins has no result', () => {
    expect(play(`order op 1-2 3; ${SLEEPER}`).results).toBe('ok ok blocks -');
  });

  const POST = 'option wait; file A ab; app m = mmap A; app mr = reg_mr m remote_read; peer q = post_read mr 0; app store m 0 X; peer complete q'; // prettier-ignore
  test('the NIC completes by itself, told of the step that posted', () => {
    expect(play(`order op 1-3 dma:q 4-5; ${POST}`).results).toBe('ok ok ok ok a');
    expect(play(`order op 1-4 dma:q 5; ${POST}`).results).toBe('ok ok ok ok X');
    expect(order(`order op 1-3 dma:q 4-5; ${POST}`)).toBe('1 2 3 3d 4 5');
    expect(run(`order op 1-3 dma:q 4-5; ${POST}`).outline.steps[2]?.microsteps).toEqual(['dma.n1', 'dma.n2']);
  });

  const LEASE = 'option lease-revoke; file A ab; app setlease A layout; admin ftruncate A 0; app pread A 0; app unlease A'; // prettier-ignore
  test.each([
    ['a grace period ends at a word', `order op 1-2 3 grace:A admin; ${LEASE}`, '1 2 3 2w 2w', 'ok blocks,ok a -'],
    ['and not by itself', `order op 1-2 3; ${LEASE}`, '1 2 3', 'ok blocks a -'],
    ['as written it ends at last', LEASE.replace('; app unlease A', ''), '1 2 3 2w 2w', 'ok blocks,ok a'],
  ])('%s', (_, text, turns, results) => {
    expect(order(text)).toBe(turns);
    expect(play(text).results).toBe(results);
  });

  test('a line held back among lines may begin later', () => {
    const text = `option wait; file A ab; app m = mmap A; app mr = reg_mr m remote_read; admin ftruncate A 0; admin pread A 0; app dereg_mr mr`;
    expect(order(`order op 1-4 5 admin 4; ${text}`)).toBe('1 2 3 4h 5 3w 4');
    expect(play(`order op 1-4 5 admin 4; ${text}`).results).toBe('ok ok blocks,ok EOF ok');
  });

  test('choices are for the questions of the whole operation', () => {
    const text = 'device 6; alloc any; fs xfs; file A a; app fallocate A alloc 1 2';
    const blocks = (word: string) => {
      const { program, final } = run(`order op ${word}; ${text}`);
      return finalOf(program, final).files['A']?.blocks;
    };
    expect(blocks('1:0')).toEqual([0, 1, 2]);
    expect(blocks('1:2')).toEqual([0, 3, 1]);
    expect(blocks('1:2.1')).toEqual([0, 3, 2]);
    expect(blocks('1:99.99')).toEqual([0, 5, 4]);
  });
});

describe('micro-steps', () => {
  const TWO = 'file A ab; app m = mmap A; app store m 0 X; admin pread A 1; admin pwrite A 1 Y';
  test('a turn is a stretch of one step', () => {
    const whole = turnsOf(`order op 1 2 3 4; ${TWO}`);
    const count = (step: number): number => Number(new RegExp(`(?:^| )${step}\\*(\\d+)`).exec(whole)?.[1]);
    const goOn = (who: string, n: number): string => Array.from({ length: n }, () => who).join(' ');
    const words = `1 2 app 3 ${goOn('admin', count(3) - 1)} ${goOn('app', count(2) - 2)} 4 ${goOn('admin', count(4) - 1)}`;
    expect(turnsOf(`order micro ${words}; ${TWO}`)).toBe(`1*1 2*2 3*${count(3)} 2a*${count(2) - 2} 4*${count(4)}`);
  });

  test('the end is in the midst of a step, if the words end there', () => {
    const { outline, final } = run(`order micro 1 2 app; ${TWO}`);
    expect(outline.length).toBe(3);
    expect(outline.steps[1]?.result).toBe('');
    expect(final.tasks[0]?.frames.length).toBeGreaterThan(0);
  });
});

describe('a word that cannot happen', () => {
  test.each([
    ['who does nothing', 'admin', 'admin is in the midst of nothing'],
    ['who sleeps on', '1-3 admin', 'admin is asleep, and what it waits for has not come'],
    ['no such DMA in flight', '1 dma:q', 'q is not in flight'],
    ['no lease', '1 grace:A', 'nobody recalls a lease on A'],
    ['a line of a sleeper', '1-3 5', 'admin is asleep'],
  ])('%s', (_, words, why) => {
    const text = `order op ${words}; ${SLEEPER}; admin pread A 0; peer q = post_read mr 0`;
    const { outline } = run(text);
    expect(outline.misfit?.why).toBe(why);
    expect(outline.misfit?.word).toBe(words.split(' ').length - 1);
    // From there on as written, every line once.
    expect(outline.steps.every(({ result }) => result !== '')).toBe(true);
  });

  test('at micro grain everybody comes to an end first', () => {
    const text = 'file A ab; app m = mmap A; app store m 0 X; admin pwrite A 0 Y; admin pread A 0';
    const { outline } = run(`order micro 1 2 app 3 peer; ${text}; peer wait`);
    expect(outline.misfit?.why).toBe('peer is in the midst of nothing');
    expect(outline.steps.map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'Y', 'ok']);
  });

  test('an order that fits has no misfit', () => {
    expect(run(`order op 1-2 3 4 admin; ${SLEEPER}`).outline).not.toHaveProperty('misfit');
  });
});

test('any words, seed 190206: the run ends, every position is told', () => {
  const text = 'option wait; alloc any; file A ab; file B = reflink A; app m = mmap A; app mr = reg_mr m remote_read local_write; peer q = post_read mr 0; app store m 0 X; admin ftruncate A 0; app.2 pwrite A 1 Z; app dereg_mr mr; peer complete q; admin kill app; peer rdma_read mr 0'; // prettier-ignore
  const lists = [[1, 2, 4, 7], [6], [3, 8, 10], [5, 9]];
  const others = ['app', 'app.2', 'peer', 'admin', 'dma:q', 'app:1', 'app:2'];
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('op', 'micro'), (seed, grain) => {
      const choose = chooser(seed);
      const left = lists.map((list) => [...list]);
      const words = Array.from({ length: 40 }, () => {
        const next = choose(3) === 0 ? left[choose(4)]?.shift() : undefined;
        return next === undefined ? (others[choose(others.length)] ?? '') : String(next);
      });
      const { program, run: ran, outline } = run(`order ${grain} 1-2 ${words.filter((w) => w !== '1' && w !== '2').join(' ')}; ${text}`);
      let at = 0;
      for (const turn of outline.turns) {
        expect(turn.from).toBe(at);
        at = turn.to;
        expect(turn.to).toBeGreaterThan(turn.from);
      }
      expect(at).toBe(outline.length);
      for (let i = 0; i <= outline.length; i++) {
        const moment = momentAt(ran, i);
        expect(turnSentence(program, outline, moment)).toMatch(/\.$/);
        expect(microSentence(program, outline, moment)).toMatch(/\.$/);
      }
    }),
    { seed: 190206, numRuns: 40 },
  );
}); // prettier-ignore
