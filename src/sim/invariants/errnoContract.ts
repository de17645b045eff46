/** L8: a call answers with an errno that its man page does not know, so no program is prepared for it. */
import type { SimEvent } from '../model/event.ts';
import { manPageOf } from '../model/manPages.ts';
import type { Program } from '../model/program.ts';
import type { EntityRef } from '../model/state.ts';
import { taskName } from '../query/naming.ts';
import type { Doer } from './finding.ts';
import { momentProperty } from './finding.ts';

export const L8 = momentProperty('L8', ['refused', 'returned'], (program, _state, event, by) => {
  const page = by.op === undefined ? undefined : manPageOf(by.op.verb);
  const errno = errnoOf(event);
  if (page === undefined || errno === undefined || page.errnos.includes(errno)) return undefined;
  if (errno === 'ETXTBSY' && page.swapfile && isSwapfile(program, event)) return undefined;
  const why = event.type === 'refused' ? `: ${event.why}` : '';
  const only = errno === 'ETXTBSY' && page.swapfile ? ' for this cause' : '';
  const message = `${by.op?.verb ?? ''} of ${taskName(program, by.task)} returns ${errno}${why}; ${page.man} does not list it${only}`; // prettier-ignore
  return { id: 'L8', key: `${by.task}:${errno}`, message, refs: [...refsOf(by)] };
});

/** A refusal says its cause; an interrupted wait only shows in what comes back. */
function errnoOf(event: SimEvent): string | undefined {
  if (event.type === 'refused') return event.errno === 'ENOENT' || event.errno === 'EINTR' ? undefined : event.errno;
  return event.type === 'returned' && event.result === 'EINTR' ? event.result : undefined;
}

const isSwapfile = (program: Program, event: SimEvent): boolean =>
  event.type === 'refused' && event.knob === 'file.immutable' && program.option.knobs['file.immutable'] === 'swapfile'; // prettier-ignore

const refsOf = ({ task }: Doer): readonly EntityRef[] => [{ type: 'task', task }];
