// What is worked out once for a core holds for every state that has it: as many states and transitions, as deep, and
// the same properties violated at the same depth as where every state is expanded for itself.
import { describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../../src/sim/model/program.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import type { State } from '../../src/sim/model/state.ts';
import { PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { makeWorld } from '../../src/sim/apply.ts';
import type { Doer } from '../../src/sim/invariants/finding.ts';
import { NOBODY } from '../../src/sim/invariants/finding.ts';
import { doerOf } from '../../src/sim/judge.ts';
import { setUp } from '../../src/sim/setup.ts';
import { stateKey } from '../../src/sim/stateKey.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { successorsOf } from '../../src/checker/successors.ts';
import { pathTo } from '../../src/checker/trace.ts';
import { FULL } from '../../src/checker/verdict.ts';
import { ALL, bitOf, CHECKED, createWatch } from '../../src/checker/watch.ts';
import { programOf } from '../support/runText.ts';
import { THOROUGH } from '../support/thorough.ts';

type Found = { states: number; transitions: number; depth: number; violated: Record<string, number> };

/** Every state for itself; the violations by the depth of the state out of which they lead. */
function oneByOne(program: Program, grain: Grain, before: number): Found {
  const world = makeWorld(program);
  const watch = createWatch(program);
  const { state: start } = setUp(world);
  const seen = new Set([stateKey(start)]);
  const found: Found = { states: 1, transitions: 0, depth: 0, violated: {} };
  let layer = [start];
  let open = ALL & ~bitOf('L1') & ~before;
  const close = (violated: number): void => {
    for (const id of CHECKED) if ((violated & open & bitOf(id)) !== 0) found.violated[id] = found.depth;
    open &= ~violated;
  };
  for (;;) {
    const next: State[] = [];
    for (const state of layer) {
      let by: Doer = NOBODY;
      successorsOf(world, grain, state, {
        begins: (step) => (by = doerOf(state, step)),
        micro: (after, events) => close(watch.judge(after, events, by, open)),
        ends(_, after) {
          found.transitions++;
          const key = stateKey(after);
          if (!seen.has(key)) next.push(after);
          seen.add(key);
        },
      });
    }
    found.states = seen.size;
    if (next.length === 0) return found;
    layer = next;
    found.depth++;
  }
}

function compare(program: Program, grain: Grain): void {
  const search = createSearch(program, { ...FULL, grain });
  while (!advanceSearch(search, 1000));
  const violated: Record<string, number> = {};
  // What the way to the start violates already is asked of nobody.
  for (const [k, from] of search.violatedFrom)
    if (from >= 0) violated[CHECKED[k] ?? ''] = pathTo(search, from).length - 1;
  const { states, transitions, depth } = search;
  expect({ states, transitions, depth, violated }).toEqual(oneByOne(program, grain, search.before));
}

const WORLDS: Record<string, string> = {
  menus: `device 4
alloc any
file A a
app m = mmap A
any app x2: store m 0 X | mr = reg_mr m local_write remote_write | dereg_mr mr
any admin x1: ftruncate A 0 | pwrite A 0 Y | reflink A B
any peer x1: rdma_write mr 0 Z
`,
  lists: `device 4
file A ab
app m = mmap A
app mr = reg_mr m remote_read
app store m 0 X
app dereg_mr mr
admin reflink A B
admin ftruncate A 1
admin pwrite A 0 Y
peer rdma_read mr 0
peer x = post_read mr 1
peer complete x
`,
  mixed: `device 4
file A ab
app m = mmap A
any app: store m 0 X | mr = reg_mr m remote_read | dereg_mr mr
admin reflink A B
admin fallocate A punch 0 1
any admin x1: pwrite A 0 Y
`,
  default: readFileSync(join(import.meta.dirname, '../../public/worlds/default.dax'), 'utf8'),
};

describe('worked out once for all states with a core', () => {
  const cases = Object.keys(WORLDS).flatMap((name) => PRESET_NAMES.map((preset) => [name, preset] as const));

  // Without time for all, some of the options in one world and others in the next.
  test.each(
    cases.filter(([name], i) => name !== 'default' && (THOROUGH || i % 8 === Object.keys(WORLDS).indexOf(name) % 8)),
  )('%s, %s', (name, preset) => {
    const program = programOf(WORLDS[name] ?? '', { preset });
    for (const grain of ['op', 'micro'] as const) compare(program, grain);
  });

  test.each(THOROUGH ? (['device-dax', 'seed', 'lease-exclusive', 'immutable-file'] as const) : (['seed'] as const))(
    'the default world, %s',
    (preset) => {
      const program = programOf(WORLDS['default'] ?? '', { preset });
      compare(program, 'op');
    },
  );
});
