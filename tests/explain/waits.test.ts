// The chain from a sleeper to who can end its wait: box, verb, box.
import { expect, test } from 'vitest';
import { waitChain, waitText } from '../../src/explain/waits.ts';
import { play } from './support.ts';

const QUEUE =
  'device 8\noption wait\nfile A abcd\ndb m = mmap A\ndb mr1 = reg_mr m remote_write\nadmin ftruncate A 2\nlog pwrite A 0 Q\nlog2 pread A 1\ndb dereg_mr mr1';
const SELF = 'device 8\noption wait\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_write\napp ftruncate A 2';
const DIO = 'device 8\nfile A abcd\napp m = mmap A\napp d = dio_write m 1\nadmin ftruncate A 0';
const PIPE = 'device 8\nfile A abcd\napp m = mmap A\napp p = vmsplice m 1\napp q = vmsplice m 1\nadmin ftruncate A 0';
const EVICT =
  'device 8\noption wait\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_read\napp munmap m\nadmin unlink A';
const SPIN =
  'device 8\noption wait\nfile A ab\nfile B cd\napp m = mmap B\napp mr = reg_mr m remote_read\nadmin reflink A B';
const COW =
  'device 8\noption wait write.onPin=wait\nfile A ab\nfile B = reflink A\napp m = mmap A\napp mr = reg_mr m remote_read\nadmin pwrite A 1 X';
const THREADS =
  'device 8\noption wait\nproc app threads=2\nfile A abcd\napp m = mmap A\napp mr = reg_mr m remote_read\napp.2 ftruncate A 0\napp exit';

const LEASE =
  'device 8\noption lease-revoke\nfile A abcd\napp setlease A layout\ndb setlease A layout\nadmin ftruncate A 2\napp unlease A';

/** `app [ftruncate A 2] ‹waits for pin› block 0 [4 pins] …`, then how it ends. */
function chain(text: string, turn: number, name: string): string {
  const { program, after } = play(text);
  const { state } = after(turn);
  const task = program.actors.findIndex((actor) => actor.name === name);
  const { links, cycle, end } = waitChain(program, state, task);
  const boxes = links.map((link) => `${link.verb === '' ? '' : ` ‹${link.verb}› `}${link.name} [${link.detail}]`);
  return `${boxes.join('')} ${cycle ? '↺' : '→'} ${end}`;
}

test.each<[what: string, text: string, turn: number, name: string, expected: string]>([
  [
    'pin',
    QUEUE,
    3,
    'admin',
    'admin [ftruncate A 2] ‹waits for pin› block 0 [1 pin] ‹held by› db [mr1[0], until dereg_mr] → It goes on at dereg_mr, if db calls it.',
  ],
  [
    'lock, then pin',
    QUEUE,
    4,
    'log',
    'log [pwrite A 0 Q] ‹waits for lock› i_rwsem of A [exclusive] ‹held by› admin [ftruncate A 2] ‹waits for pin› block 0 [1 pin] ‹held by› db [mr1[0], until dereg_mr] → It goes on at dereg_mr, if db calls it.',
  ],
  [
    'shared lock',
    QUEUE,
    5,
    'log2',
    'log2 [pread A 1] ‹waits for lock› i_rwsem of A [shared] ‹held by› admin [ftruncate A 2] ‹waits for pin› block 0 [1 pin] ‹held by› db [mr1[0], until dereg_mr] → It goes on at dereg_mr, if db calls it.',
  ],
  [
    'what it waited for has come',
    QUEUE,
    6,
    'admin',
    'admin [ftruncate A 2] → admin can go on: what it waited for has come.',
  ],
  [
    'its own pin',
    SELF,
    3,
    'app',
    'app [ftruncate A 2] ‹waits for pin› block 0 [1 pin] ‹held by› app [mr[0], until dereg_mr] ↺ app waits for itself: nobody else can end this.',
  ],
  [
    'O_DIRECT ends by itself',
    DIO,
    3,
    'admin',
    'admin [ftruncate A 0] ‹waits for pin› block 1 [1 pin] ‹held by› app [d, until dio_end] → It goes on at dio_end, which comes by itself.',
  ],
  [
    'two pipes',
    PIPE,
    4,
    'admin',
    'admin [ftruncate A 0] ‹waits for pin› block 1 [2 pins] ‹held by› app [pipe p and 1 more, until pipe_read] → It goes on at pipe_read, if app calls it.',
  ],
  [
    'evict',
    EVICT,
    4,
    'admin',
    'admin [unlink A] ‹waits for pin› block 0 [1 pin] ‹held by› app [mr[0], until dereg_mr] → It goes on at dereg_mr, if app calls it.',
  ],
  [
    'spin',
    SPIN,
    3,
    'admin',
    'admin [reflink A B] ‹spins on pin› block 2 [1 pin] ‹held by› app [mr[0], until dereg_mr] → It goes on at dereg_mr, if app calls it.',
  ],
  [
    'COW break',
    COW,
    3,
    'admin',
    'admin [pwrite A 1 X] ‹waits for pin› block 1 [1 pin] ‹held by› app [mr[1], until dereg_mr] → It goes on at dereg_mr, if app calls it.',
  ],
  [
    'leases',
    LEASE,
    3,
    'admin',
    'admin [ftruncate A 2] ‹waits for lease› layout lease on A [recalled] ‹held by› app and 1 more [until unlease or the end of the grace period] → It goes on at unlease, or when the grace period ends: as written, at the next wait step or when nobody else can move.',
  ],
  ['awake', QUEUE, 1, 'db', 'db [idle] → db is awake.'],
])('%s', (_, text, turn, name, expected) => {
  expect(chain(text, turn, name)).toBe(expected);
});

test('a killable sleeper among the threads of an exit does not hold it up', () => {
  const { program, outline, after } = play(THREADS);
  const last = after(outline.turns.length);
  expect(last.state.procs[0]?.state).toBe('exited');
  expect(program.actors.map((_, task) => last.state.tasks[task]?.wait.type)).toEqual(['none', 'none']);
});

test.each<[text: string, turn: number, name: string, expected: string]>([
  [QUEUE, 3, 'admin', 'waits for the pin of block 0, held by mr1[0]'],
  [QUEUE, 4, 'log', 'waits for i_rwsem of A, exclusive, held by admin'],
  [EVICT, 4, 'admin', 'waits in evict for the pin of block 0, held by mr[0]'],
  [SPIN, 3, 'admin', 'spins on the pin of block 2, held by mr[0]'],
  [COW, 3, 'admin', 'waits, before the COW break, for the pin of block 1, held by mr[1]'],
  [QUEUE, 6, 'admin', 'waits for the pin of block 0, gone by now'],
  [LEASE, 3, 'admin', 'waits for the leases of app and db on A'],
  [LEASE, 4, 'admin', "waits for db's layout lease on A"],
  [QUEUE, 1, 'db', 'not waiting'],
])('%s', (text, turn, name, expected) => {
  const { program, after } = play(text);
  const { state } = after(turn);
  const task = state.tasks[program.actors.findIndex((actor) => actor.name === name)];
  expect(waitText(program, state, task?.wait ?? { type: 'none' })).toBe(expected);
});
