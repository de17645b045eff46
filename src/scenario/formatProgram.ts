/** Resolved things back to canonical text: one spelling for each operation and condition. */
import { assertNever } from '../base/assert.ts';
import type { Op } from '../sim/model/op.ts';
import type { Claim, Condition, Program } from '../sim/model/program.ts';

/** The tables that ids are looked up in. */
export type Names = Pick<Program, 'files' | 'maps' | 'mrs' | 'dmas' | 'pipes' | 'tags' | 'actors' | 'procs'>;

const nameAt = (table: readonly { readonly name: string }[], id: number): string => table[id]?.name ?? `#${id}`;

/** The step without its actor and expectation: `m = mmap A`, `mr = reg_mr m 0 2 remote_read`. */
export function formatOp(names: Names, op: Op): string {
  return `${formatTarget(names, op)}${[op.verb, ...formatArgs(names, op)].join(' ')}`;
}

function formatTarget(names: Names, op: Op): string {
  switch (op.verb) {
    case 'mmap':
      return `${nameAt(names.maps, op.map)} = `;
    case 'reg_mr':
      return `${nameAt(names.mrs, op.mr)} = `;
    case 'post_read':
    case 'post_write':
    case 'dio_write':
    case 'dio_read':
      return `${nameAt(names.dmas, op.dma)} = `;
    case 'vmsplice':
      return `${nameAt(names.pipes, op.pipe)} = `;
    default:
      return '';
  }
}

type Words = readonly (string | number)[];

function formatArgs(names: Names, op: Op): Words {
  const tag = (id: number): string => names.tags[id] ?? '.';
  switch (op.verb) {
    case 'mmap':
      return formatMmap(names, op);
    case 'munmap':
    case 'msync':
      return [nameAt(names.maps, op.map)];
    case 'load':
    case 'dio_write':
    case 'vmsplice':
      return [nameAt(names.maps, op.map), op.index];
    case 'store':
    case 'dio_read':
      return [nameAt(names.maps, op.map), op.index, tag(op.tag)];
    case 'pread':
      return [nameAt(names.files, op.file), op.index];
    case 'pwrite':
    case 'pwrite_direct':
      return [nameAt(names.files, op.file), op.index, tag(op.tag)];
    case 'ftruncate':
      return [nameAt(names.files, op.file), op.size];
    case 'fallocate':
      return [nameAt(names.files, op.file), op.mode, op.off, op.len];
    case 'reflink':
    case 'dedupe': {
      const { range: part } = op;
      const where = part === undefined ? [] : [part.srcOff, part.dstOff, part.len];
      return [nameAt(names.files, op.src), nameAt(names.files, op.dst), ...where];
    }
    case 'create':
    case 'unlink':
    case 'open':
    case 'close':
    case 'fsync':
    case 'unlease':
      return [nameAt(names.files, op.file)];
    case 'sync':
    case 'exit':
    case 'wait':
      return [];
    case 'madvise':
      return [nameAt(names.maps, op.map), op.advice, op.off, op.len];
    case 'setlease':
      return [nameAt(names.files, op.file), op.kind];
    case 'set':
      return [nameAt(names.files, op.file), op.flag];
    case 'fork':
      return [nameAt(names.procs, op.child)];
    case 'kill':
    case 'signal':
    case 'share_uverbs':
      return [nameAt(names.actors, op.actor)];
    case 'reg_mr':
      return [nameAt(names.maps, op.map), ...range(op), ...op.access];
    case 'rereg_mr':
      return [nameAt(names.mrs, op.mr), ...op.access];
    case 'dereg_mr':
      return [nameAt(names.mrs, op.mr)];
    case 'rdma_read':
    case 'post_read':
      return [nameAt(names.mrs, op.mr), op.index];
    case 'rdma_write':
    case 'post_write':
      return [nameAt(names.mrs, op.mr), op.index, tag(op.tag)];
    case 'complete':
    case 'dio_end':
      return [nameAt(names.dmas, op.dma)];
    case 'peek':
    case 'pipe_read':
      return [nameAt(names.pipes, op.pipe)];
    default:
      return assertNever(op);
  }
}

/** Only what differs from the default: shared, or private where there is nothing else, and read-write. */
function formatMmap(names: Names, op: Extract<Op, { readonly verb: 'mmap' }>): Words {
  const prot = op.writable ? [] : ['ro'];
  if (op.source !== 'file') return [op.source, op.len ?? 0, ...prot];
  const flags = [...(op.private ? ['private'] : []), ...(op.sync ? ['sync'] : [])];
  return [nameAt(names.files, op.file), ...range(op), ...prot, ...flags];
}

const range = ({ off, len }: { readonly off: number; readonly len?: number }): Words =>
  len === undefined ? [] : [off, len];

export function formatClaim(names: Names, quantifier: Claim['quantifier'], condition: Condition): string {
  return `${quantifier} ${formatCondition(names, condition)}`;
}

/** How tightly a condition binds; a looser one inside a tighter one takes brackets. */
const binding = ({ type }: Condition): number => (type === 'or' ? 0 : type === 'and' ? 1 : 2);

function formatCondition(names: Names, condition: Condition): string {
  const inside = (inner: Condition, tighterThan: number): string => {
    const text = formatCondition(names, inner);
    return binding(inner) < tighterThan ? `(${text})` : text;
  };
  switch (condition.type) {
    case 'and':
      return condition.of.map((one) => inside(one, 2)).join(' and ');
    case 'or':
      return condition.of.map((one) => inside(one, 1)).join(' or ');
    case 'not':
      return `not ${inside(condition.of, 2)}`;
    default:
      return formatAtom(names, condition);
  }
}

type Atom = Exclude<Condition, { readonly type: 'and' | 'or' | 'not' }>;

function formatAtom(names: Names, atom: Atom): string {
  const file = (id: number): string => nameAt(names.files, id);
  switch (atom.type) {
    case 'property':
      return atom.id;
    case 'file':
      return `file ${file(atom.file)} = ${atom.tags.length === 0 ? '""' : atom.tags.join('')}`;
    case 'size':
      return `size ${file(atom.file)} = ${atom.size}`;
    case 'shared':
      return `shared ${file(atom.a)} ${atom.aIndex} ${file(atom.b)} ${atom.bIndex}`;
    case 'hole':
    case 'pinned':
      return `${atom.type} ${file(atom.file)} ${atom.index}`;
    case 'free':
    case 'zombie':
      return `${atom.type} = ${atom.count}`;
    case 'mr':
      return `${nameAt(names.mrs, atom.mr)} ${atom.state}`;
    case 'actor':
      return `${nameAt(names.actors, atom.actor)} ${atom.state}`;
    default:
      return assertNever(atom);
  }
}
