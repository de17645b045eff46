/** Labels, explanations and kernel functions of micro-steps. */
import type { MrId } from '../sim/model/ids.ts';
import type { Op } from '../sim/model/op.ts';
import type { Program } from '../sim/model/program.ts';
import type { Wait } from '../sim/model/state.ts';
import type { MicroId } from '../sim/outline.ts';
import { MICROS, WAIT_FUNCTIONS } from './micro.data.ts';
import type { KernelFunction, MicroRow } from './microRow.ts';
import { functionsIn } from './microRow.ts';

export type MicroInfo = {
  readonly label: string;
  readonly what: string;
  readonly functions: readonly KernelFunction[];
};

const NO_FUNCTIONS: readonly KernelFunction[] = [];

/** Whether the MR is registered on demand, as the text has it. */
function isOnDemand(program: Program, mr: MrId): boolean {
  return program.steps.some(({ op }) => op.verb === 'reg_mr' && op.mr === mr && op.access.includes('on_demand'));
}

/** The words that may follow `id:` in the table, the most telling first. */
function variantsOf(program: Program, op: Op): readonly string[] {
  switch (op.verb) {
    case 'ftruncate':
      return ['ftruncate'];
    case 'mmap':
      return op.source === 'file' ? [] : ['memory'];
    case 'fallocate':
      return [op.mode];
    case 'madvise':
      return op.advice === 'remove' ? ['remove', 'punch'] : [op.advice];
    case 'dedupe':
      return ['dedupe'];
    case 'reg_mr':
      return op.access.includes('on_demand') ? ['odp'] : [];
    case 'rdma_read':
    case 'post_read':
      return isOnDemand(program, op.mr) ? ['odp', 'rdma_read'] : ['rdma_read'];
    case 'rdma_write':
    case 'post_write':
      return isOnDemand(program, op.mr) ? ['odp', 'rdma_write'] : ['rdma_write'];
    case 'complete':
      return variantsOfPost(program, op.dma);
    default:
      return [];
  }
}

/** A completion is of the kind of its post. */
function variantsOfPost(program: Program, dma: number): readonly string[] {
  const post = program.steps.find(({ op }) => (op.verb === 'post_read' || op.verb === 'post_write') && op.dma === dma);
  return post === undefined ? [] : variantsOf(program, post.op);
}

function rowOf(program: Program, op: Op, id: MicroId): MicroRow | undefined {
  for (const variant of variantsOf(program, op)) {
    const row = MICROS[`${id}:${variant}`];
    if (row !== undefined) return row;
  }
  return MICROS[id];
}

/** A page-cache file never gets to the DAX functions. */
function functionsOf(program: Program, row: MicroRow): readonly KernelFunction[] {
  const functions = functionsIn(row, program.kernel, program.fs.type);
  if (program.fs.dax === 'always') return functions;
  return row.dax === true ? NO_FUNCTIONS : functions.filter(({ name }) => !name.includes('dax'));
}

/** An id that the table does not know is its own label. */
export function microInfo(program: Program, op: Op, id: MicroId): MicroInfo {
  const row = rowOf(program, op, id);
  if (row === undefined) return { label: id, what: id, functions: NO_FUNCTIONS };
  return { label: row.label, what: row.what, functions: functionsOf(program, row) };
}

/** The functions in which a sleeper sits; `asked` is the micro-step that it sleeps in. */
export function waitFunctions(program: Program, wait: Wait, asked: MicroInfo): readonly KernelFunction[] {
  switch (wait.type) {
    case 'none':
    case 'lock':
      return asked.functions;
    default:
      return functionsIn(WAIT_FUNCTIONS[wait.type], program.kernel, program.fs.type);
  }
}

/** `dax_insert_entry()`; from memory: `do_mmap() (unverified)`. */
export function formatFunction({ name, evidence }: KernelFunction): string {
  return evidence === 'mem' ? `${name}() (unverified)` : `${name}()`;
}
