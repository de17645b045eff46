/** Sentences of what processes pass on: fork, and the uverbs handle. */
import { sentence } from './effects.ts';
import { count, listOf, mrName, procName } from './names.ts';
import { pinOwners } from './relations.ts';
import { pinsOf } from '../sim/query/pins.ts';
import { mapOf } from '../sim/model/program.ts';
import type { OpOf, Told } from './told.ts';
import { eventsOf } from './told.ts';

export function sayFork(told: Told, op: OpOf<'fork'>): string {
  const { program, state } = told;
  const child = procName(program, op.child);
  const maps = state.maps.flatMap((map, id) => {
    const own = program.maps[id];
    return map.live && own?.proc === op.child ? [own.name] : [];
  });
  const has =
    maps.length === 0
      ? 'it has no mapping'
      : `it has ${listOf(maps)} too, ${maps.length === 1 ? 'a copy' : 'copies'} under the same ${maps.length === 1 ? 'name' : 'names'}`;
  return sentence(`${told.who} forks ${child}: ${has}, and no pins`, copiedClause(told, child), handleClause(told, op));
}

/** Pinned anonymous pages stay with the parent: `child gets a copy of m[0], which mr[0] pins`. */
function copiedClause(told: Told, child: string): string {
  const copied = eventsOf(told.events, 'anonCopied');
  if (copied.length === 0) return '';
  const pages = copied.map(({ map, vpage }) => `${mapOf(told.program, map).name}[${vpage}]`);
  const owners = pinOwners(
    told,
    copied.flatMap(({ from }) => pinsOf(told.state, from)),
  );
  const why =
    owners === ''
      ? ''
      : `, as ${owners} ${/ and |, /.test(owners) ? 'pin' : 'pins'} ${copied.length === 1 ? 'it' : 'them'}`;
  return `${child} gets ${copied.length === 1 ? 'a copy' : 'copies'} of ${listOf(pages)} at once${why}`;
}

/** MRs that live until the child has closed the handle too. */
function handleClause(told: Told, { child }: OpOf<'fork'>): string {
  const handles = told.state.procs[child]?.handles ?? [];
  const mrs = told.state.mrs.flatMap((mr, id) =>
    (mr.state === 'live' || mr.state === 'revoked') && handles.includes(mr.handle) ? [mrName(told.program, id)] : [],
  );
  return mrs.length === 0 ? '' : `it holds the uverbs handle of ${listOf(mrs)} too`;
}

export function sayShareUverbs(told: Told): string {
  const event = eventsOf(told.events, 'handleShared')[0];
  if (event === undefined) return sentence(`${told.who} shares no uverbs handle`);
  const [from, to] = [procName(told.program, event.from), procName(told.program, event.to)];
  const live = told.state.mrs.filter((mr) => mr.state === 'live' && mr.handle === event.from).length;
  const has = live === 0 ? '' : `, with ${count(live, 'MR')}`;
  return sentence(
    `${from} passes its uverbs handle to ${to}${has}: an MR made with it lives until both have closed it`,
  );
}
