/**
 * The words for a move of a trace: `app m = mmap A`, `admin wakes`, `dma d1 completes`, `grace of A ends`. The command
 * line prints them, the lab lists them.
 */
import type { Grain, Move } from '../sim/model/order.ts';
import type { Program } from '../sim/model/program.ts';
import { taskName } from '../sim/query/naming.ts';

/** `app store m 0 X, taking the 3rd free block`. */
export function moveText(program: Program, move: Move, grain: Grain): string {
  const answer = answerText(move);
  return answer === undefined ? deed(program, move, grain) : `${deed(program, move, grain)}, ${answer}`;
}

/** The same as a line of a scenario: what is no line of the language stands in a comment. */
export function moveLine(program: Program, move: Move, grain: Grain): string {
  const text = deed(program, move, grain);
  const answer = answerText(move);
  if (move.type !== 'step' && move.type !== 'entry') return `# ${moveText(program, move, grain)}`;
  return answer === undefined ? text : `${text}  # ${answer}`;
}

function deed(program: Program, move: Move, grain: Grain): string {
  switch (move.type) {
    case 'step':
      return `${taskName(program, move.task)} ${program.steps[move.step]?.text ?? '?'}`;
    case 'entry': {
      const menu = program.menus.find(({ actor }) => actor === move.task);
      return `${taskName(program, move.task)} ${menu?.entries[move.entry]?.text ?? '?'}`;
    }
    case 'run':
      return `${runner(program, move.task)} ${grain === 'op' ? 'wakes' : 'goes on'}`;
    case 'dma':
      return `${dmaText(program, move.dma)} completes`;
    case 'grace':
      return `grace of ${program.files[move.file]?.name ?? 'a memfd'} ends`;
  }
}

/** An actor; past them, a DMA that completes by itself and had to wait. */
const runner = (program: Program, task: number): string =>
  task < program.actors.length ? taskName(program, task) : dmaText(program, task - program.actors.length);

/** What rdma_read and rdma_write post has no name: it is their actor's. */
function dmaText(program: Program, dma: number): string {
  const named = program.dmas.length - program.actors.length;
  return dma < named ? `dma ${program.dmas[dma]?.name ?? '?'}` : `dma of ${taskName(program, dma - named)}`;
}

/** What the allocator answered, where it did not take the first free block. */
function answerText(move: Move): string | undefined {
  const choices = 'choices' in move ? (move.choices ?? []) : [];
  if (choices.length === 0) return undefined;
  const blocks = choices.map((choice) => `the ${ordinal(choice + 1)}`);
  const last = blocks.pop() ?? '';
  return `taking ${blocks.length === 0 ? last : `${blocks.join(', ')} and ${last}`} free block`;
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${suffix}`;
}
