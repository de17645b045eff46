/** Who can give a pin up: an MR belongs to every process that holds its uverbs handle, other pins to their process. */
import type { ProcId } from '../model/ids.ts';
import type { Mr, State } from '../model/state.ts';
import type { Pin } from '../query/pins.ts';

/** Not dead yet, and born. */
export function isAlive(state: State, proc: ProcId): boolean {
  const at = state.procs[proc]?.state;
  return at === 'running' || at === 'dying';
}

/** The living processes that hold the handle of an MR. */
export function holdersOf(state: State, { handle }: Mr): readonly ProcId[] {
  return state.procs.flatMap(({ handles }, id) => (isAlive(state, id) && handles.includes(handle) ? [id] : []));
}

/** The living processes that can release a pin by a step of theirs, or by their death. */
export function releasersOf(state: State, pin: Pin): readonly ProcId[] {
  const mr = pin.owner.type === 'mr' ? state.mrs[pin.owner.mr] : undefined;
  if (mr !== undefined) return holdersOf(state, mr);
  return isAlive(state, pin.proc) ? [pin.proc] : [];
}
