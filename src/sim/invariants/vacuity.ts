/**
 * What each property speaks of. A property that no step of any run could have broken, because nothing of the kind was
 * ever there, holds only vacuously, and a verdict has to say so.
 */
import { runsCount } from '../../base/runs.ts';
import type { SimEvent } from '../model/event.ts';
import type { Verb } from '../model/op.ts';
import type { PropertyId } from '../model/property.ts';
import type { State } from '../model/state.ts';
import { holdsDioPin, holdsPipePin } from '../query/pins.ts';
import type { Doer } from './finding.ts';
import { isAlive } from './holders.ts';

/** A micro-step: the state after it, its facts, whose it was. */
export type Shown = { readonly state: State; readonly events: readonly SimEvent[]; readonly by: Doer };

const translates = ({ mrs }: State): boolean => mrs.some((mr) => mr.state === 'live' && runsCount(mr.mtt) > 0);
const pins = ({ mrs, dmas, pipes }: State): boolean =>
  mrs.some((mr) => runsCount(mr.pins) > 0) || dmas.some(holdsDioPin) || pipes.some(holdsPipePin);
const sleeps = ({ tasks, sleepers }: State, types: readonly string[]): boolean =>
  sleepers.some((task) => types.includes(tasks[task]?.wait.type ?? 'none'));
const moves = ({ events }: Shown, kind: 'rdma_read' | 'rdma_write'): boolean =>
  events.some((event) => event.type === 'transferred' && event.kind === kind);

const isFileRead = (event: SimEvent): boolean => event.type === 'read' && (event.by === 'load' || event.by === 'pread');

const CONTRACTS: ReadonlySet<Verb> = new Set<Verb>(['ftruncate', 'fallocate', 'reflink', 'pwrite', 'pwrite_direct']);

const SPEAKS_OF: { readonly [P in PropertyId]: (shown: Shown) => boolean } = {
  S1: ({ state }) => translates(state) || state.dmas.some(({ phase }) => phase === 'posted'),
  S2: ({ state }) => translates(state) || pins(state),
  S4: ({ events }) => events.some((event) => event.type === 'wrote' && event.by !== 'pwrite'),
  S5a: (shown) => moves(shown, 'rdma_write'),
  S5b: (shown) => moves(shown, 'rdma_read'),
  S6: ({ state }) => state.maps.some((map) => map.live && !map.private && runsCount(map.ptes) > 0),
  S7: ({ state, events }) => runsCount(state.device.unzeroed) > 0 && events.some(isFileRead),
  S8: (shown) => moves(shown, 'rdma_write'),
  S11: () => true,
  S12: ({ state }) => state.mrs.some((mr) => mr.state === 'destroyed' || (mr.state === 'revoked' && runsCount(mr.mtt) === 0)), // prettier-ignore
  L1: ({ state }) => sleeps(state, ['pin', 'write', 'evict', 'spin', 'lease']),
  L2: ({ state }) => state.sleepers.length > 0,
  L3: ({ state }) => sleeps(state, ['evict', 'spin']),
  L5: ({ events }) => events.some(({ type }) => type === 'freed' || type === 'extentsRemoved'),
  L6: ({ state }) => state.mrs.some((mr) => mr.state !== 'none' && !isAlive(state, mr.proc)) || state.pipes.some((pipe) => pipe.phase !== 'none' && !isAlive(state, pipe.proc)), // prettier-ignore
  L7: ({ events }) => events.some((event) => event.type === 'sacrificed' || event.type === 'slept' || event.type === 'refused' || (event.type === 'scanned' && event.busy !== undefined)), // prettier-ignore
  L8: ({ events, by }) => by.op !== undefined && CONTRACTS.has(by.op.verb) && events.some((event) => event.type === 'refused' || (event.type === 'returned' && event.result === 'EINTR')), // prettier-ignore
  F1: ({ events }) => events.some(({ type }) => type === 'refused'),
};

/** Something that the property is about was there. */
export const speaksOf = (id: PropertyId, shown: Shown): boolean => SPEAKS_OF[id](shown);
