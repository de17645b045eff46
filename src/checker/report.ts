/** What a search has found, told as data: at its end, or at any time before. */
import type { PropertyId } from '../sim/model/property.ts';
import type { Final } from '../sim/final.ts';
import { finalOf } from '../sim/final.ts';
import { L1 } from '../sim/invariants/liveness.ts';
import { taskName } from '../sim/query/naming.ts';
import { findHopeless } from './liveness.ts';
import type { RunPath } from './runs.ts';
import { judgeRuns } from './runs.ts';
import type { Search } from './search.ts';
import { bytesOf, isComplete, MOST_TASKS } from './search.ts';
import { shownBlocks } from './outcomes.ts';
import type { Walk } from './trace.ts';
import { pathTo, traceThrough, traceTo, walkAlong, walkRenamed } from './trace.ts';
import type {
  Bound,
  CheckReport,
  ClaimVerdict,
  Outcome,
  Pending,
  Progress,
  Trace,
  Verdict,
  Witness,
} from './verdict.ts';
import { bitOf, CHECKED } from './watch.ts';
import { mentions, MOST_MENTIONED } from './claims.ts';
import { finish, mapPieces, type Pieces } from './pieces.ts';
import type { Attempt } from './witnesses.ts';

/** Outcomes with a run told along; each costs a walk. */
const MOST_TRACES = 100;

/** What is known by now. A violation is told once it is found; the rest is decided at the end. */
export function progressOf(search: Search, known: Map<PropertyId, Verdict> = new Map()): Progress {
  for (const id of CHECKED)
    if (search.violatedFrom.has(CHECKED.indexOf(id)) && !known.has(id)) known.set(id, violation(search, id));
  const pending: Pending = { type: 'pending' };
  return {
    states: search.states,
    visited: search.visited.size(),
    transitions: search.transitions,
    depth: search.depth,
    frontier: search.visited.size() - search.next,
    bytes: bytesOf(search),
    properties: byProperty((id) => known.get(id) ?? pending),
  };
}

function byProperty<T>(of: (id: PropertyId) => T): { readonly [P in PropertyId]: T } {
  return Object.fromEntries(CHECKED.map((id) => [id, of(id)])) as { readonly [P in PropertyId]: T };
}

export const reportOf = (search: Search): CheckReport => finish(reportPieces(search));

/** The report piece by piece: each a walk, or a stretch of the graph. Nothing may be visited in between. */
export function* reportPieces(search: Search): Pieces<CheckReport> {
  const complete = isComplete(search);
  const bound: Bound | undefined = complete ? undefined : (search.bound ?? 'stopped');
  const verdicts = new Map<PropertyId, Verdict>();
  for (const id of CHECKED) verdicts.set(id, yield* verdictOf(search, id, bound));
  const claims = yield* judgeClaims(search, complete);
  const outcomes = yield* outcomesOf(search);
  const witnesses = yield* mapPieces(search.attempts.all, (attempt) => witnessOf(search, attempt));
  return {
    settings: search.settings,
    states: search.states,
    visited: search.visited.size(),
    transitions: search.transitions,
    depth: search.depth,
    complete,
    ...(bound === undefined ? {} : { bound }),
    bytes: bytesOf(search),
    properties: byProperty((id) => verdicts.get(id) ?? { type: 'unknown', bound: 'stopped' }),
    claims,
    finals: search.outcomes.finals(),
    outcomes,
    outcomesCut: search.outcomes.isCut(),
    witnesses,
  };
}

function outcomesOf(search: Search): Pieces<readonly Outcome[]> {
  let walk: { readonly id: number; readonly along: Walk } | undefined;
  return mapPieces(search.outcomes.all().entries(), ([k, { final, count, id }]) => {
    if (k >= MOST_TRACES) return { final, count };
    // Renamings of one state follow each other.
    if (walk?.id !== id) walk = { id, along: walkAlong(search, pathTo(search, id)) };
    return { final, count, trace: endingIn(search, walk.along, final) };
  });
}

/** The run, or the one like it whose blocks have the names that `final` shows. */
function endingIn(search: Search, walk: Walk, final: Final): Trace {
  if (search.settings.symmetry !== 'free' || search.naming === undefined) return walk.moves;
  const { program } = search.world;
  const pool = Array.from(search.naming.pool);
  const from = shownBlocks(finalOf(program, walk.state), pool);
  const to = shownBlocks(final, pool);
  const names = Array.from({ length: program.blocks }, (_, block) => block);
  const sources = [...from, ...pool.filter((block) => !from.includes(block))];
  const targets = [...to, ...pool.filter((block) => !to.includes(block))];
  sources.forEach((block, k) => (names[block] = targets[k] ?? block));
  return names.every((name, block) => name === block) ? walk.moves : walkRenamed(search, walk, names);
}

function* verdictOf(search: Search, id: PropertyId, bound: Bound | undefined): Pieces<Verdict> {
  yield;
  if (search.violatedFrom.has(CHECKED.indexOf(id))) return violation(search, id);
  if (id === 'L1' && !isCounted(search)) return { type: 'unknown', bound: 'actors' };
  const hopeless = id === 'L1' ? yield* hopelessWait(search) : undefined;
  if (hopeless !== undefined) return hopeless;
  if (bound !== undefined) return { type: 'unknown', bound };
  return (search.silent & bitOf(id)) === 0 ? { type: 'holds' } : { type: 'vacuous' };
}

function violation(search: Search, id: PropertyId): Verdict {
  const from = search.violatedFrom.get(CHECKED.indexOf(id)) ?? -1;
  if (from < 0) return { type: 'violated', trace: [], message: 'violated by the lines above the first menu' };
  const bit = bitOf(id);
  const { moves, last } = traceThrough(search, from, bit, ({ violated }) => violated !== 0);
  return { type: 'violated', trace: moves, message: last?.message ?? '' };
}

/** A bit for every task that may sleep, the NIC's among them. */
const isCounted = ({ start }: Search): boolean => start.tasks.length <= MOST_TASKS;

function* hopelessWait(search: Search): Pieces<Verdict | undefined> {
  const found = yield* findHopeless(search.graph);
  if (found === undefined) return undefined;
  const { program } = search.world;
  const { moves, state } = walkAlong(search, pathTo(search, found.id));
  const told = L1.check(program, state).find(({ key }) => key.startsWith(`${found.task}:`));
  const message = told?.message ?? `${taskName(program, found.task)} waits, and no run ends that without a step that somebody has to volunteer for`; // prettier-ignore
  return { type: 'violated', trace: moves, message };
}

/** herd7 counts final states; where a condition speaks of runs, a final state counts once for each set of properties. */
function* judgeClaims(search: Search, complete: boolean): Pieces<readonly ClaimVerdict[]> {
  const { tallies, ids } = search.claims;
  const tooMany = ids.length > MOST_MENTIONED;
  const runs = ids.length === 0 || tooMany ? [] : yield* judgeRuns(search);
  let nextRun = 0;
  return yield* mapPieces(tallies, ({ claim, tally, ofRuns }) => {
    const run = ofRuns ? runs[nextRun++] : undefined;
    const { positive, negative } = run ?? tally;
    const along = (path: RunPath | undefined, id: number | undefined) =>
      path !== undefined ? walkAlong(search, path.ids, search.mentioned, path.labels).moves : id === undefined ? undefined : traceTo(search, id); // prettier-ignore
    const witness = along(run?.witnessPath, tally.witness);
    const counterexample = along(run?.counterexamplePath, tally.counterexample);
    const decided = complete && !(ofRuns && tooMany);
    // A wait is known to be hopeless only when all is known that could end it, so a run without L1 may still have it.
    const open = mentions(claim.condition).includes('L1') && !(complete && isCounted(search));
    const verdict = open ? 'unknown' : claimVerdict(claim.quantifier, { positive, negative, decided });
    return {
      text: claim.text, verdict, positive, negative,
      ...(witness === undefined ? {} : { witness }),
      ...(counterexample === undefined ? {} : { counterexample }),
    }; // prettier-ignore
  });
}

type Count = { readonly positive: number; readonly negative: number; readonly decided: boolean };

function claimVerdict(quantifier: 'exists' | 'forbid' | 'always', { positive, negative, decided }: Count): ClaimVerdict['verdict'] {
  switch (quantifier) {
    case 'exists':
      return positive > 0 ? 'holds' : decided ? 'violated' : 'unknown';
    case 'forbid':
      return positive > 0 ? 'violated' : decided ? 'holds' : 'unknown';
    case 'always':
      return negative > 0 ? 'violated' : decided ? 'holds' : 'unknown';
  }
} // prettier-ignore

function witnessOf(search: Search, { line, text, op, results }: Attempt): Witness {
  return {
    line,
    text,
    results: [...results].map(([result, from]) => ({
      result,
      trace: traceThrough(search, from, 0, (taken) => taken.by.op === op && taken.result === result).moves,
    })),
  };
}
