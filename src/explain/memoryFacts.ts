/** What the events of one micro-step say of anonymous memory, of processes, and of what options take and give. */
import type { SimEvent } from '../sim/model/event.ts';
import { ZERO_PAGE } from '../sim/model/ids.ts';
import { mapName, pageName } from '../sim/query/naming.ts';
import { leaseKindName, mrName, procName, pteName } from './names.ts';
import type { Told } from './told.ts';
import { extentOf, fileOf, tagName } from './told.ts';

/** A clause that begins with its verb is marked by `verb`. Nothing for an event that another one tells. */
export function memoryFact(told: Told, event: SimEvent, verb: string): readonly string[] {
  const { program } = told;
  switch (event.type) {
    case 'anonCopied': {
      const what =
        event.from === ZERO_PAGE ? 'the zero page' : `${tagName(program, event.tag)} from ${pageName(event.from)}`;
      return [`${verb}copies ${what} into anonymous DRAM page ${event.to} for ${pteName(program, event.map, event.vpage)}`]; // prettier-ignore
    }
    case 'anonMapped':
      return [`${verb}takes DRAM page ${event.dram}, of zeroes, for ${pteName(program, event.map, event.vpage)}`];
    case 'anonFreed':
      return [`DRAM page ${event.dram} is given back`];
    case 'forked':
      return [`${procName(program, event.child)} is a copy of ${procName(program, event.proc)}, without its pins`];
    case 'handleShared':
      return [`${procName(program, event.to)} holds the uverbs handle of ${procName(program, event.from)} too`];
    case 'reregistered':
      return [`${mrName(program, event.mr)} has another access now`];
    case 'advised':
      return event.advice === 'remove' ? [`${verb}punches the file behind ${mapName(program, event.map)}`] : [];
    default:
      return grantFact(told, event, verb);
  }
}

function grantFact(told: Told, event: SimEvent, verb: string): readonly string[] {
  const { program } = told;
  switch (event.type) {
    case 'shifted': {
      const from = extentOf(told, event.inode, event.index);
      return [`${verb}shifts what was at ${from} and above ${event.by < 0 ? 'down' : 'up'} by ${Math.abs(event.by)}`];
    }
    case 'compared':
      return [`${verb}finds the contents ${event.equal ? 'equal' : 'different'}`];
    case 'leaseSet':
      return [`${procName(program, event.proc)} has ${event.kind === 'layout' ? 'a' : 'an'} ${leaseKindName(event.kind)} on ${fileOf(told, event.inode)}`]; // prettier-ignore
    case 'leaseBreaking':
      return [`the ${leaseKindName(event.kind)} of ${procName(program, event.proc)} on ${fileOf(told, event.inode)} is recalled`]; // prettier-ignore
    case 'leaseGivenUp':
      return [`${procName(program, event.proc)} gives up its ${leaseKindName(event.kind)} on ${fileOf(told, event.inode)}`]; // prettier-ignore
    case 'leaseRemoved':
      return [`the grace period is over: the ${leaseKindName(event.kind)} of ${procName(program, event.proc)} on ${fileOf(told, event.inode)} is removed`]; // prettier-ignore
    case 'flagSet':
      return [event.flag === 'none' ? `${fileOf(told, event.inode)} has no mark now` : `${fileOf(told, event.inode)} is marked ${event.flag}`]; // prettier-ignore
    case 'sacrificed':
      return [sacrificed(told, event)];
    default:
      return [];
  }
}

function sacrificed({ program }: Told, { victim, knob }: Extract<SimEvent, { type: 'sacrificed' }>): string {
  const why = `(${knob} = ${program.option.knobs[knob]})`;
  return 'mr' in victim ? `the option revokes ${mrName(program, victim.mr)} ${why}` : `the option sends SIGKILL to ${procName(program, victim.proc)} ${why}`; // prettier-ignore
}
