/** Sentences of a call that the machine refused: the errno, the rule, and the knob that decides it. */
import { sentence, zapCount } from './effects.ts';
import { mapName, pageName } from '../sim/query/naming.ts';
import { count, listOf } from './names.ts';
import { pinOwners } from './relations.ts';
import { pageOfBlock } from '../sim/model/ids.ts';
import { extentAt } from '../sim/query/inodes.ts';
import type { Pin } from '../sim/query/pins.ts';
import { eachPin, pinsOf } from '../sim/query/pins.ts';
import { subjectOf } from './saySleep.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, extentOf, fileOf, lastOf, returnedOf } from './told.ts';

/** What the call returned, if that is a failure. A NAK is an answer of the NIC and told with the transfer. */
export function failureOf(told: Told): string | undefined {
  const result = returnedOf(told)?.result ?? '';
  if (result === 'SIGBUS' || result === 'EFAULT') return result;
  const refused = lastOf(told.events, 'refused');
  return result === 'EINTR' || refused?.errno === result ? result : undefined;
}

export function sayFailure(told: Told, result: string, who = subjectOf(told)): string {
  const refused = lastOf(told.events, 'refused');
  if (result === 'EINTR') return sentence(`${who} returns EINTR: a signal ended its wait, and the file is as it was`);
  if (refused === undefined) return sentence(`${who} fails with ${result}`);
  const why = `${refused.why}${busyText(told)}${shrinkText(told, refused)}${leaveText(told, refused)}${sizeText(told, refused)}${knobText(told, refused)}`;
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

/** `: A[1] is block 1, pinned by mr[1]`: the block that a write must not leave. */
function leaveText(told: Told, { knob }: EventOf<'refused'>): string {
  if (knob !== 'write.onPin') return '';
  const fault = lastOf(told.events, 'faulted');
  const mapping = fault === undefined ? undefined : told.state.maps[fault.map];
  const inode = mapping?.inode ?? eventsOf(told.events, 'locked')[0]?.inode;
  const index =
    mapping !== undefined && fault !== undefined
      ? mapping.off + fault.vpage
      : told.op.verb === 'pwrite' || told.op.verb === 'pwrite_direct'
        ? told.op.index
        : undefined;
  const record = inode === undefined ? undefined : told.state.inodes[inode];
  const extent = record === undefined || index === undefined ? undefined : extentAt(record, index);
  if (inode === undefined || index === undefined || extent === undefined) return '';
  const page = pageOfBlock(extent.block);
  return `: ${extentOf(told, inode, index)} is ${pageName(page)}, pinned by ${pinOwners(told, pinsOf(told.state, page))}`;
}

/** `: A is mapped as m and pinned by mr[0..3]`. */
function shrinkText(told: Told, { knob }: EventOf<'refused'>): string {
  const inode = eventsOf(told.events, 'locked')[0]?.inode;
  if (knob !== 'fs.shrink' || inode === undefined) return '';
  const maps = told.state.maps.flatMap((m, id) => (m.live && m.inode === inode ? [mapName(told.program, id)] : []));
  const pins: Pin[] = [];
  eachPin(told.state, (pin) => void (pin.inode === inode && pins.push(pin)));
  const why = [
    maps.length === 0 ? '' : `mapped as ${listOf(maps)}`,
    pins.length === 0 ? '' : `pinned by ${pinOwners(told, pins)}`,
  ];
  return `: ${fileOf(told, inode)} is ${why.filter((text) => text !== '').join(' and ')}`;
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

/** The zap comes before the scan, and the punch of `zero` before its allocation: a call that fails has done them. */
function zappedAlready(told: Told): string {
  const zapped = zapCount(told);
  const removed = eventsOf(told.events, 'extentsRemoved')[0];
  if (removed !== undefined)
    return `${fileOf(told, removed.inode)} lost ${count(removed.blocks, 'block')} all the same`;
  return zapped === 0 ? '' : `${count(zapped, 'PTE')} ${zapped === 1 ? 'was' : 'were'} zapped all the same`;
}
