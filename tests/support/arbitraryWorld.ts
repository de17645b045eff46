// Small worlds for the checker: menus, lists and both, on a device that fills up, with every way to sleep and to pin.
import fc from 'fast-check';
import { loadScenario } from '../../src/scenario/load.ts';
import { KNOB_NAMES, KNOBS, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { KERNELS } from '../../src/sim/model/program.ts';

type Text = fc.Arbitrary<string>;

const one = (...words: readonly string[]): Text => fc.constantFrom(...words);

/**
 * Entries that come together, so that no name is used that nothing makes. An MR is as long whenever it is made: what is
 * left of a destroyed one is no state, but an outcome tells its length.
 */
const APP: readonly (readonly string[])[] = [
  ['mr = reg_mr m remote_read', 'dereg_mr mr'],
  ['mr = reg_mr m remote_write', 'dereg_mr mr'],
  ['one = reg_mr m 0 1 remote_write', 'rereg_mr one remote_read'],
  ['mr = reg_mr m on_demand remote_write', 'munmap m'],
  ['d = dio_write m 0', 'dio_end d'],
  ['d = dio_read m 0 D', 'dio_end d'],
  ['d = dio_read m 1 D', 'dio_end d', 'munmap m'],
  ['p = vmsplice m 0', 'pipe_read p'],
  ['p = vmsplice m 1', 'munmap m'],
  ['store m 0 X'],
  ['store m 1 X', 'load m 1'],
  ['ftruncate A 1', 'setlease A layout'],
  ['unlease A', 'store m 0 Y'],
  ['madvise m remove 0 1'],
  ['exit'],
];

const ADMIN: readonly (readonly string[])[] = [
  ['ftruncate A 0'],
  ['ftruncate A 1', 'pread A 0'],
  ['ftruncate B 0', 'unlink B'],
  ['fallocate A punch 0 1'],
  ['fallocate A zero 0 2'],
  ['fallocate A collapse 0 1'],
  ['fallocate A unshare 0 2'],
  ['reflink A B'],
  ['reflink B A'],
  ['dedupe A B 0 0 1'],
  ['pwrite A 0 Z', 'sync'],
  ['pwrite A 1 Z'],
  ['unlink A'],
  ['set A immutable'],
  ['setlease A exclusive', 'unlease A'],
];

const OTHER: readonly (readonly string[])[] = [
  ['signal admin'],
  ['kill admin'],
  ['kill app'],
  ['fallocate A punch 1 1'],
  ['pwrite A 0 W'],
  ['pread A 1'],
  ['reflink B A'],
];

/** Of an MR that the lines above make. */
const PEER: readonly (readonly string[])[] = [
  ['rdma_read mr 0'],
  ['rdma_write mr 0 W'],
  ['x = post_write mr 0 W'],
  ['x = post_read mr 0', 'complete x'],
];

/** As a menu, or as a list in this order. */
function actor(name: string, bundles: readonly (readonly string[])[], most: number): Text {
  return fc
    .record({
      entries: fc
        .uniqueArray(fc.constantFrom(...bundles), { minLength: 1, maxLength: most })
        .map((some) => some.flat()),
      form: one('menu', 'menu', 'list'),
      times: one('x1', 'x2', 'x2'),
    })
    .map(({ entries, form, times }) =>
      form === 'menu'
        ? `any ${name} ${times}: ${[...new Set(entries)].join(' | ')}`
        : entries.map((entry) => `${name} ${entry}`).join('\n'),
    );
}

const KNOB = fc.constantFrom(...KNOB_NAMES).chain((knob) => {
  const values: readonly string[] = KNOBS[knob];
  return fc.constantFrom(...values).map((value) => `${knob}=${value}`);
});

const OPTION = fc
  .tuple(
    fc.constantFrom(...PRESET_NAMES),
    fc.uniqueArray(KNOB, { maxLength: 2, selector: (knob) => knob.split('=')[0] }),
  )
  .map(([preset, knobs]) => ['option', preset, ...knobs].join(' '));

const HEAD = fc
  .record({
    blocks: fc.integer({ min: 3, max: 4 }),
    alloc: one('lowest', 'any', 'any'),
    kernel: fc.constantFrom(...KERNELS),
    log: one('sync', 'sync', 'async'),
    option: OPTION,
    a: one('ab', 'ab', 'a.', 'a_'),
    b: one('= reflink A', '= reflink A 0 1', 'c', ''),
  })
  .map(({ blocks, alloc, kernel, log, option, a, b }) =>
    [
      'title "w"',
      `device ${blocks}`,
      `fs xfs log=${log}`,
      `alloc ${alloc}`,
      `kernel ${kernel}`,
      option,
      `file A ${a}`,
      `file B ${b}`,
    ].join('\n'),
  );

const ATOM = one('S1', 'S2', 'S4', 'S5a', 'S5b', 'L1', 'L2', 'L5', 'L7', 'size A = 0', 'size A = 2', 'free = 1', 'pinned A 0', 'hole A 0', 'shared A 0 B 0', 'admin blocked', 'app idle', 'mr live'); // prettier-ignore

const CLAIM = fc
  .record({
    quantifier: one('exists', 'forbid', 'always'),
    first: ATOM,
    glue: one('', ' and ', ' or ', ' and not '),
    then: ATOM,
  })
  .map(({ quantifier, first, glue, then }) => `${quantifier} ${first}${glue === '' ? '' : glue + then}`);

const SETUP = one('app mr = reg_mr m remote_read', 'app mr = reg_mr m remote_write', 'app mr = reg_mr m on_demand remote_write', 'app setlease A layout\napp mr = reg_mr m remote_write', 'app set A immutable\napp mr = reg_mr m remote_read'); // prettier-ignore

/** With a list for the app there may be no menu at all: then every line interleaves with the others. */
export const arbitraryWorld: Text = fc
  .record({
    head: HEAD,
    setup: SETUP,
    app: actor('app', APP, 2),
    admin: actor('admin', ADMIN, 2),
    other: fc.option(actor('other', OTHER, 1), { nil: '' }),
    peer: fc.option(actor('peer', PEER, 1), { nil: '' }),
    claims: fc.array(CLAIM, { maxLength: 3 }),
  })
  .map(({ head, setup, app, admin, other, peer, claims }) =>
    [head, 'app m = mmap A', setup, app, admin, other, peer, ...claims].filter((line) => line !== '').join('\n'),
  )
  // A character device of three blocks has no room for two files, and none to share.
  .filter((text) => loadScenario(text).ok);
