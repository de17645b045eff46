/** Sentences of short pins: O_DIRECT with a mapped page as its buffer, and vmsplice into a pipe. */
import { freedClause, sentence, wakeClause } from './effects.ts';
import { pageName } from '../sim/query/naming.ts';
import { dmaKindName, dmaName, pipeName, pteName } from './names.ts';
import { movesOf, nowAt } from './shareBreak.ts';
import { lostText, transferText } from './sayRdma.ts';
import type { OpOf, Told } from './told.ts';
import { lastOf, tagName } from './told.ts';

/** The fault that GUP took moved the file. */
function brokeFirst(told: Told): string {
  const moves = movesOf(told);
  return moves.length === 0 ? '' : `The share broke first, ${nowAt(told, moves)}; `;
}

export function sayDioStart(told: Told, op: OpOf<'dio_write' | 'dio_read'>): string {
  const pin = lastOf(told.events, 'pinned');
  const name = dmaName(told.program, told.state, op.dma);
  if (pin === undefined) return sentence(`${name} pins nothing`);
  const what =
    op.verb === 'dio_read' ? `the device will write ${tagName(told.program, op.tag)} into it` : 'the device reads it';
  const pte = pteName(told.program, op.map, op.index);
  return sentence(
    `${brokeFirst(told)}${name}, an ${dmaKindName(op.verb)}, pins ${pageName(pin.page)} through ${pte} for a short time: ${what} until dio_end`,
  );
}

export function sayDioEnd(told: Told, op: OpOf<'dio_end'>): string {
  const moved = lastOf(told.events, 'transferred');
  const name = dmaName(told.program, told.before, op.dma);
  if (moved === undefined) return sentence(`${name} has ended`);
  const tag = tagName(told.program, moved.tag);
  const where = transferText(told, moved);
  const text =
    moved.kind === 'dio_read'
      ? `${name} ends: it wrote ${tag} into ${where}${lostText(told, moved)}`
      : `${name} ends: ${tag} went out from ${where}`;
  return sentence(text, 'its pin is gone', freedClause(told), wakeClause(told));
}

export function sayVmsplice(told: Told, op: OpOf<'vmsplice'>): string {
  const pin = lastOf(told.events, 'pinned');
  const pipe = pipeName(told.program, op.pipe);
  if (pin === undefined) return sentence(`vmsplice puts nothing into ${pipe}`);
  return sentence(
    `${brokeFirst(told)}vmsplice puts ${pageName(pin.page)} into ${pipe}: a reference (FOLL_GET), held until pipe_read`,
  );
}

export function sayPipe(told: Told, op: OpOf<'peek' | 'pipe_read'>): string {
  const pipe = pipeName(told.program, op.pipe);
  const read = lastOf(told.events, 'read');
  if (read === undefined) return sentence(`${pipe} is empty`);
  const tag = tagName(told.program, read.tag);
  const page = pageName(read.page);
  if (op.verb === 'peek') return sentence(`peek finds ${tag} in ${pipe}, from ${page}, and leaves the reference there`);
  return sentence(
    `pipe_read takes ${tag} out of ${pipe}, from ${page}, and drops the reference`,
    freedClause(told),
    wakeClause(told),
  );
}
