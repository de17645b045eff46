/** What a search has found, told as data: at its end, or at any time before. */
import type { PropertyId } from '../sim/model/property.ts';
import { L1 } from '../sim/invariants/liveness.ts';
import { taskName } from '../sim/query/naming.ts';
import { findHopeless } from './liveness.ts';
import type { RunPath } from './runs.ts';
import { judgeRuns } from './runs.ts';
import type { Search } from './search.ts';
import { bytesOf, isComplete } from './search.ts';
import { pathTo, traceThrough, traceTo, walkAlong } from './trace.ts';
import type { Bound, CheckReport, ClaimVerdict, Outcome, Pending, Progress, Verdict, Witness } from './verdict.ts';
import { bitOf, CHECKED } from './watch.ts';
import { MOST_MENTIONED } from './claims.ts';

/** Outcomes with a run told along; each costs a walk. */
const MOST_TRACES = 100;

/** What is known by now. A violation is told once it is found; the rest is decided at the end. */
export function progressOf(search: Search, known: Map<PropertyId, Verdict> = new Map()): Progress {
  for (const id of CHECKED)
    if (search.violatedFrom.has(CHECKED.indexOf(id)) && !known.has(id)) known.set(id, violation(search, id));
  const pending: Pending = { type: 'pending' };
  return {
    states: search.visited.size(),
    visited: search.visited.size(),
    transitions: search.transitions,
    depth: search.depth,
    frontier: search.layer.length - search.at + search.coming.length,
    bytes: bytesOf(search),
    properties: byProperty((id) => known.get(id) ?? pending),
  };
}

function byProperty<T>(of: (id: PropertyId) => T): { readonly [P in PropertyId]: T } {
  return Object.fromEntries(CHECKED.map((id) => [id, of(id)])) as { readonly [P in PropertyId]: T };
}

export function reportOf(search: Search): CheckReport {
  const complete = isComplete(search);
  const bound: Bound | undefined = complete ? undefined : (search.bound ?? 'stopped');
  return {
    settings: search.settings,
    states: search.visited.size(),
    visited: search.visited.size(),
    transitions: search.transitions,
    depth: search.depth,
    complete,
    ...(bound === undefined ? {} : { bound }),
    bytes: bytesOf(search),
    properties: byProperty((id) => verdictOf(search, id, bound)),
    claims: judgeClaims(search, complete),
    finals: search.outcomes.finals(),
    outcomes: search.outcomes.all().map(({ final, count, id }, k): Outcome => (k < MOST_TRACES ? { final, count, trace: traceTo(search, id) } : { final, count })), // prettier-ignore
    outcomesCut: search.outcomes.isCut(),
    witnesses: witnessesOf(search),
  };
}

function verdictOf(search: Search, id: PropertyId, bound: Bound | undefined): Verdict {
  if (search.violatedFrom.has(CHECKED.indexOf(id))) return violation(search, id);
  const hopeless = id === 'L1' ? hopelessWait(search) : undefined;
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

function hopelessWait(search: Search): Verdict | undefined {
  const found = search.world.program.actors.length > 31 ? undefined : findHopeless(search.graph);
  if (found === undefined) return undefined;
  const { program } = search.world;
  const { moves, state } = walkAlong(search, pathTo(search, found.id));
  const told = L1.check(program, state).find(({ key }) => key.startsWith(`${found.task}:`));
  const message = told?.message ?? `${taskName(program, found.task)} waits, and no run ends that without a step that somebody has to volunteer for`; // prettier-ignore
  return { type: 'violated', trace: moves, message };
}

/** herd7 counts final states; where a condition speaks of runs, a final state counts once for each set of properties. */
function judgeClaims(search: Search, complete: boolean): readonly ClaimVerdict[] {
  const { tallies, ids } = search.claims;
  const tooMany = ids.length > MOST_MENTIONED;
  const runs = ids.length === 0 || tooMany ? [] : judgeRuns(search);
  let nextRun = 0;
  return tallies.map(({ claim, tally, ofRuns }) => {
    const run = ofRuns ? runs[nextRun++] : undefined;
    const { positive, negative } = run ?? tally;
    const along = (path: RunPath | undefined, id: number | undefined) =>
      path !== undefined ? walkAlong(search, path.ids, search.mentioned, path.labels).moves : id === undefined ? undefined : traceTo(search, id); // prettier-ignore
    const witness = along(run?.witnessPath, tally.witness);
    const counterexample = along(run?.counterexamplePath, tally.counterexample);
    const decided = complete && !(ofRuns && tooMany);
    const verdict = claimVerdict(claim.quantifier, { positive, negative, decided });
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

function witnessesOf(search: Search): readonly Witness[] {
  return search.attempts.all.map(({ line, text, op, results }) => ({
    line,
    text,
    results: [...results].map(([result, from]) => ({
      result,
      trace: traceThrough(search, from, 0, (taken) => taken.by.op === op && taken.result === result).moves,
    })),
  }));
}
