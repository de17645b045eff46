// What a menu offers, verb by verb: with its object there, without it, and once it is gone; a list takes all of it.
import { describe, expect, test } from 'vitest';
import { initialState } from '../../../src/sim/initial.ts';
import { VERBS, type Verb } from '../../../src/sim/model/op.ts';
import { isOffered, isVoid } from '../../../src/sim/query/offers.ts';
import { play } from '../../support/play.ts';
import { programOf } from '../../support/runText.ts';

const MAP = 'app m = mmap A';
const MR = `${MAP}; app mr = reg_mr m remote_read`;
const POST = `${MR}; peer q = post_read mr 0`;
const DIO = `${MAP}; app d = dio_write m 0`;
const PIPE = `${MAP}; app v = vmsplice m 0`;
const FORK = 'app fork child';

/** The entry, then the lines after which lines it is offered, and after which it is not. */
const ROWS: readonly (readonly [entry: string, offered: readonly string[], not: readonly string[]])[] = [
  ['app: m = mmap A', ['', `${MAP}; app munmap m`], [MAP]],
  ['app: munmap m', [MAP], ['', `${MAP}; app munmap m`]],
  ['app: load m 0', [MAP], ['', `${MAP}; app munmap m`]],
  ['app: store m 0 X', [MAP], ['', `${MAP}; app munmap m`]],
  ['app: pread A 0', ['', 'app unlink A'], ['app exit']],
  ['app: pwrite A 0 X', ['', 'app unlink A'], ['app exit']],
  ['app: pwrite_direct A 0 X', ['', 'app unlink A'], ['app exit']],
  ['app: ftruncate A 0', ['', 'app unlink A'], ['app exit']],
  ['app: fallocate A punch 0 1', ['', 'app unlink A'], ['app exit']],
  ['app: reflink A B', ['', 'app unlink A'], ['app exit']],
  ['app: dedupe A A2', ['', 'app unlink A'], ['app exit']],
  ['app: create C', ['', 'app create C'], ['app exit']],
  ['app: unlink A', ['', 'app unlink A'], ['app exit']],
  ['app: open A', ['', 'app open A'], ['app exit']],
  ['app: close A', ['', 'app open A'], ['app exit']],
  ['app: fsync A', ['', 'app unlink A'], ['app exit']],
  ['app: sync', [''], ['app exit']],
  ['app: msync m', [MAP], ['', `${MAP}; app munmap m`]],
  ['app: madvise m dontneed 0 1', [MAP], ['', `${MAP}; app munmap m`]],
  ['app: fork kid', [''], ['app exit']],
  ['app: exit', [''], ['app exit']],
  ['app: kill admin', [''], ['admin exit', 'app kill admin']],
  ['app: kill child', [FORK], ['', `${FORK}; child exit`]],
  ['app: signal admin', [''], ['admin exit', 'app kill admin']],
  ['app: share_uverbs admin', [''], ['admin exit']],
  ['app: mr = reg_mr m remote_read', [MAP, `${MR}; app dereg_mr mr`], ['', MR, `${MAP}; app munmap m`]],
  ['app: rereg_mr mr remote_read', [MR], ['', `${MR}; app dereg_mr mr`]],
  ['app: dereg_mr mr', [MR, `${MR}; app munmap m`], ['', `${MR}; app dereg_mr mr`]],
  ['peer: rdma_read mr 0', [MR], ['', `${MR}; app dereg_mr mr`, `${MR}; app exit`]],
  ['peer: rdma_write mr 0 X', [MR], ['', `${MR}; app dereg_mr mr`]],
  ['peer: q = post_read mr 0', [MR, `${POST}; peer complete q`], ['', POST, `${MR}; app dereg_mr mr`]],
  ['peer: q = post_write mr 0 X', [MR], ['', POST, `${MR}; app dereg_mr mr`]],
  ['peer: complete q', [POST, `${POST}; app dereg_mr mr`], ['', `${POST}; peer complete q`]],
  ['app: d = dio_write m 0', [MAP, `${DIO}; app dio_end d`], ['', DIO, `${MAP}; app munmap m`]],
  ['app: d = dio_read m 0 X', [MAP], ['', DIO, `${MAP}; app munmap m`]],
  ['app: dio_end d', [DIO, `${DIO}; app munmap m`], ['', `${DIO}; app dio_end d`]],
  ['app: v = vmsplice m 0', [MAP, `${PIPE}; app pipe_read v`], ['', PIPE]],
  ['app: peek v', [PIPE], ['', `${PIPE}; app pipe_read v`]],
  ['app: pipe_read v', [PIPE], ['', `${PIPE}; app pipe_read v`]],
  ['app: setlease A layout', ['', 'app unlink A'], ['app exit']],
  ['app: unlease A', [''], ['app exit']],
  ['app: set A immutable', [''], ['app exit']],
  ['app: wait', [''], ['app exit']],
];

/** Everything that an entry may name is made somewhere, in a menu that a run as written passes over. */
const ALL = 'any maker: d = dio_write m 0 | v = vmsplice m 0 | m = mmap A | mr = reg_mr m remote_read; any poster: q = post_read mr 0'; // prettier-ignore
const HEAD = 'option wait; file A ab; file A2 ab; proc app; proc admin';

function offered(entry: string, lines: string): boolean {
  const own = entry.startsWith('peer') ? 'peer' : 'app';
  const names = ALL.replaceAll('maker', 'app').replaceAll('poster', 'peer');
  const [appMenu = '', peerMenu = ''] = names.split('; ');
  const text = entry.split(': ')[1] ?? '';
  const menus = own === 'peer' ? [appMenu, `${peerMenu} | ${text}`] : [`${appMenu} | ${text}`, peerMenu];
  const forks = entry.includes('child') && !lines.includes('fork child') ? ['any admin: fork child'] : [];
  const source = [HEAD, ...(lines === '' ? [] : [lines]), ...menus, ...forks].join('; ');
  const program = programOf(`title "t"\n${source.replaceAll(/\s*;\s*/g, '\n')}\n`);
  const task = program.actors.findIndex(({ name }) => name === own);
  const op = program.menus.find(({ actor }) => actor === task)?.entries.at(-1)?.op;
  if (op === undefined) throw new Error(`no entry in ${source}`);
  return isOffered(program, play(source).final, task, op);
}

describe.each(ROWS)('%s', (entry, yes, no) => {
  test.each([...yes.map((lines) => [lines, true] as const), ...no.map((lines) => [lines, false] as const)])(
    'after %j: %s',
    (lines, expected) => {
      expect(offered(entry, lines)).toBe(expected);
    },
  );
});

test('every verb has a row', () => {
  const verbs = new Set(ROWS.map(([entry]) => /: (?:\S+ = )?(\S+)/.exec(entry)?.[1]));
  expect(VERBS.filter((verb: Verb) => !verbs.has(verb))).toEqual([]);
});

test('a child is born once', () => {
  const program = programOf('title "t"\nproc app\nany app: fork child\n');
  const op = program.menus[0]?.entries[0]?.op;
  const { initial, forked } = { initial: initialState(program), forked: play('app fork child').final };
  expect(op === undefined ? [] : [initial, forked].map((state) => isOffered(program, state, 0, op))).toEqual([
    true,
    false,
  ]);
});

test('in a list only what was never made is void', () => {
  const program = programOf('title "t"\noption wait\nfile A ab\napp m = mmap A\napp munmap m\napp load m 0\n');
  const { results, final } = play('option wait; file A ab; app m = mmap A; app munmap m; app load m 0');
  const op = program.steps[2]?.op;
  expect(results).toBe('ok ok EFAULT');
  expect(op === undefined ? undefined : isVoid(program, final, op)).toBe(false);
});
