/** Sentences of a call that the machine refused: the errno, the rule, and the knob that decides it. */
import { sentence, zapCount } from './effects.ts';
import { pageName } from '../sim/query/naming.ts';
import { count } from './names.ts';
import { pinOwners } from './relations.ts';
import { pinsOf } from '../sim/query/pins.ts';
import { subjectOf } from './saySleep.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, fileOf, lastOf, returnedOf } from './told.ts';

/** What the call returned, if that is a failure. A NAK is an answer of the NIC and told with the transfer. */
export function failureOf(told: Told): string | undefined {
  const result = returnedOf(told)?.result ?? '';
  if (result === 'SIGBUS' || result === 'EFAULT') return result;
  const refused = lastOf(told.events, 'refused');
  return result === 'EINTR' || refused?.errno === result ? result : undefined;
}

export function sayFailure(told: Told, result: string): string {
  const who = subjectOf(told);
  const refused = lastOf(told.events, 'refused');
  if (result === 'EINTR') return sentence(`${who} returns EINTR: a signal ended its wait, and nothing was changed`);
  if (refused === undefined) return sentence(`${who} fails with ${result}`);
  const why = `${refused.why}${busyText(told)}${sizeText(told, refused)}${knobText(told, refused)}`;
  const gone = zappedAlready(told);
  if (refused.errno !== result)
    return sentence(`${who} fails with ${result}: its page fault got ${refused.errno}, ${why}`, gone);
  if (result === 'SIGBUS') return sentence(`${who} gets SIGBUS: ${why}`, gone);
  if (refused.knob === undefined) return sentence(`${who} fails with ${result}: ${why}`, gone);
  return sentence(`${who} is refused: ${result}, ${why}`, gone);
}

/** `(pin.longterm = refuse)`. */
function knobText(told: Told, { knob }: EventOf<'refused'>): string {
  return knob === undefined ? '' : ` (${knob} = ${told.program.option.knobs[knob]})`;
}

/** Which block the scan found, and who pins it. */
function busyText(told: Told): string {
  const busy = eventsOf(told.events, 'scanned').findLast((event) => event.busy !== undefined)?.busy;
  if (busy === undefined) return '';
  return `: ${pageName(busy)}, by ${pinOwners(told, pinsOf(told.state, busy))}`;
}

/** Where the file ends, for a fault past it. */
function sizeText(told: Told, refused: EventOf<'refused'>): string {
  const fault = lastOf(told.events, 'faulted');
  const mapping = fault === undefined ? undefined : told.state.maps[fault.map];
  const inode = mapping === undefined ? undefined : told.state.inodes[mapping.inode];
  if (fault === undefined || mapping === undefined || inode === undefined || refused.errno !== 'SIGBUS') return '';
  const index = mapping.off + fault.vpage;
  if (index < inode.size) return '';
  return ` (index ${index}, ${fileOf(told, mapping.inode)} has ${count(inode.size, 'block')})`;
}

/** The zap comes before the scan, so a refused operation has unmapped the file all the same. */
function zappedAlready(told: Told): string {
  const zapped = zapCount(told);
  return zapped === 0 ? '' : `${count(zapped, 'PTE')} ${zapped === 1 ? 'was' : 'were'} zapped all the same`;
}
