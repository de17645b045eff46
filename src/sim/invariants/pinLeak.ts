/** L6: pins that nobody is left to drop. The kernel's order of death makes it unreachable: a handle's last close unpins. */
import { runsCount, runsEach } from '../../base/runs.ts';
import type { ProcId } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef, Mr, State } from '../model/state.ts';
import { ownerName } from '../query/naming.ts';
import { holdsDioPin, holdsPipePin } from '../query/pins.ts';
import type { Finding, StateProperty } from './finding.ts';
import { holdersOf, isAlive } from './holders.ts';

/** The pins of an MR outlive its process and every holder of its uverbs handle; of O_DIRECT and a pipe, their process. */
export const L6: StateProperty = {
  kind: 'state',
  id: 'L6',
  inputs: ['procs', 'mrs', 'dmas', 'pipes'],
  isBroken: (_, state) =>
    state.mrs.some((mr) => isLeft(state, mr)) ||
    state.dmas.some((dma) => holdsDioPin(dma) && isGone(state, dma.proc)) ||
    state.pipes.some((pipe) => holdsPipePin(pipe) && isGone(state, pipe.proc)),
  check(program, state) {
    const found: Finding[] = [];
    state.mrs.forEach((mr, id) => {
      if (!isLeft(state, mr)) return;
      const slot = firstSlot(mr.pins);
      const who = `${procName(program, mr.proc)} and every holder of its uverbs handle are gone`;
      found.push(leak(`mr:${id}`, `${ownerName(program, { type: 'mr', mr: id, slot })} still pins its page, but ${who}`, { type: 'mtt', mr: id, slot })); // prettier-ignore
    });
    const short = (proc: ProcId, name: string, ref: EntityRef): void => {
      if (isGone(state, proc))
        found.push(leak(name, `${name} still pins its page, but ${procName(program, proc)} is gone`, ref));
    };
    state.dmas.forEach((dma, id) => {
      if (holdsDioPin(dma)) short(dma.proc, ownerName(program, { type: 'dma', dma: id }), { type: 'dma', dma: id });
    });
    state.pipes.forEach((pipe, id) => {
      if (holdsPipePin(pipe)) short(pipe.proc, ownerName(program, { type: 'pipe', pipe: id }), { type: 'pipe', pipe: id }); // prettier-ignore
    });
    return found;
  },
};

/** Pins of an MR that nobody is left to deregister. */
const isLeft = (state: State, mr: Mr): boolean =>
  runsCount(mr.pins) > 0 && !isAlive(state, mr.proc) && holdersOf(state, mr).length === 0;
const isGone = (state: State, proc: ProcId): boolean => proc >= 0 && !isAlive(state, proc);

const leak = (key: string, message: string, ref: EntityRef): Finding => ({ id: 'L6', key, message, refs: [ref] });
const procName = (program: Program, proc: ProcId): string => program.procs[proc]?.name ?? 'its process';

function firstSlot(pins: State['mrs'][number]['pins']): number {
  let first = 0;
  runsEach(pins, 0, Infinity, (at) => {
    first = at;
    return true;
  });
  return first;
}
