/** Sentences of layout leases and of marks of files: what the proposals add to fcntl(2) and to the inode. */
import type { FileFlag } from '../sim/model/op.ts';
import { sentence, wakeClause } from './effects.ts';
import { leaseKindName, listOf, procName } from './names.ts';
import { nameOfFile } from './sayFile.ts';
import type { EventOf, OpOf, Told } from './told.ts';
import { eventsOf, fileOf, lastOf } from './told.ts';

/** What the option does with a lease when another process changes the layout. */
const LEASE_USE = {
  none: 'no operation of another process looks at it',
  recall: 'an operation of another process will recall it and wait',
  exclusive: 'an operation of another process gets ETXTBSY',
} as const;

export function saySetlease(told: Told, op: OpOf<'setlease'>): string {
  const use = told.program.option.knobs['layout.lease'];
  const article = op.kind === 'layout' ? 'a' : 'an';
  return sentence(
    `${told.who} takes ${article} ${leaseKindName(op.kind)} on ${nameOfFile(told, op.file)}: ${LEASE_USE[use]} (layout.lease = ${use})`,
  );
}

export function sayUnlease(told: Told, op: OpOf<'unlease'>): string {
  const kind = lastOf(told.events, 'leaseGivenUp')?.kind ?? 'layout';
  return sentence(`${told.who} gives up its ${leaseKindName(kind)} on ${nameOfFile(told, op.file)}`, wakeClause(told));
}

/** `the grace period of app's layout lease on A is over, so it is removed`; empty if no lease was removed. */
export function graceClause(told: Told): string {
  const removed = eventsOf(told.events, 'leaseRemoved');
  if (removed.length === 0) return '';
  const names = listOf(removed.map((event) => leaseText(told, event)));
  return `the grace period is over, so ${names} ${removed.length === 1 ? 'is' : 'are'} removed`;
}

const leaseText = (told: Told, { inode, proc, kind }: EventOf<'leaseRemoved'>): string =>
  `${procName(told.program, proc)}'s ${leaseKindName(kind)} on ${fileOf(told, inode)}`;

export function sayWait(told: Told): string {
  const grace = graceClause(told);
  if (grace === '') return sentence(`${told.who} waits: nothing changes, a moment to look`);
  return sentence(`${told.who} waits: ${grace}`, wakeClause(told));
}

const FLAG_MEANS: { readonly [F in Exclude<FileFlag, 'none'>]: string } = {
  immutable: 'layout operations on it, and a clone into it, get ETXTBSY',
  swapfile: 'layout operations, clones to and from it, and a pwrite by another process get ETXTBSY; unlink gets EPERM',
};

export function saySet(told: Told, op: OpOf<'set'>): string {
  const name = nameOfFile(told, op.file);
  if (op.flag === 'none') return sentence(`${told.who} takes the mark off ${name}: its layout can change again`);
  const kind = op.flag === 'immutable' ? 'immutable' : 'as a swap file';
  return sentence(`${told.who} marks ${name} ${kind}: ${FLAG_MEANS[op.flag]}`);
}
