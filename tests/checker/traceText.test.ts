// Every run that the checker tells, as a text: it loads, is canonical, and its run violates the property at its end.
import { describe, expect, test } from 'vitest';
import { runsAsWritten } from '../../src/checker/replay.ts';
import { reportOf } from '../../src/checker/report.ts';
import { advanceSearch, createSearch } from '../../src/checker/search.ts';
import { FULL, type CheckReport, type Outcome, type Trace } from '../../src/checker/verdict.ts';
import { formatScenario } from '../../src/scenario/format.ts';
import { loadScenario } from '../../src/scenario/load.ts';
import { traceText } from '../../src/scenario/traceText.ts';
import type { Grain } from '../../src/sim/model/order.ts';
import { PRESET_NAMES, type PresetName } from '../../src/sim/model/knobs.ts';
import type { Program } from '../../src/sim/model/program.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { finalOf } from '../../src/sim/final.ts';
import { runToEnd } from '../../src/sim/run.ts';
import { programOf } from '../support/runText.ts';
import { runsOf, THOROUGH } from '../support/thorough.ts';

const MOST_ENDS = runsOf(40, 10);

function checked(program: Program, grain: Grain): CheckReport {
  const search = createSearch(program, { ...FULL, grain });
  while (!advanceSearch(search, 1000));
  return reportOf(search);
}

type World = { readonly text: string; readonly program: Program; readonly option: string };

const world = (text: string, option: string): World => {
  const program = programOf(text);
  return { text, program, option };
};

/** The text of a run to an outcome ends so; '' if it does. */
function otherEnd(from: World, grain: Grain, { final, trace: moves }: Outcome): string {
  if (moves === undefined) return '';
  const asWritten = runsAsWritten(from.program, grain, moves);
  const text = traceText(from, { grain, moves, asWritten }, { title: 'an end', option: from.option });
  const loaded = loadScenario(text);
  if (!loaded.ok) return `${loaded.error[0]?.message ?? ''}\n${text}`;
  const { program } = loaded.value;
  const end = finalOf(program, runToEnd(program).final);
  // An actor that does nothing in this run may not be in its text, nor a file that nobody made.
  const named = { ...final, actors: Object.fromEntries(Object.entries(final.actors).filter(([name]) => name in end.actors)) }; // prettier-ignore
  const [wanted, got] = [named, end].map(sorted);
  return wanted === got ? '' : `${got ?? ''} instead of ${wanted ?? ''}\n${text}`;
}

const sorted = ({ files, free, zombie, mrs, actors }: Outcome['final']): string =>
  JSON.stringify([free, zombie, ...[files, mrs, actors].map((table) => Object.entries(table).toSorted(([a], [b]) => (a < b ? -1 : 1)))]); // prettier-ignore

/** What is wrong with the text of a trace; '' if nothing. */
function problem(from: World, grain: Grain, moves: Trace, id: string): string {
  const asWritten = runsAsWritten(from.program, grain, moves);
  const text = traceText(from, { grain, moves, asWritten }, { title: `${id} "quoted"`, option: from.option });
  const formatted = formatScenario(text);
  if (!formatted.ok) return `${formatted.error[0]?.message ?? ''}\n${text}`;
  if (formatted.value !== text) return `not canonical\n${text}`;
  if (asWritten && text.includes('\norder')) return `an order for nothing\n${text}`;
  const program = programOf(text);
  const { outline, final } = runToEnd(program);
  if (outline.misfit !== undefined) return `${outline.misfit.why} at word ${outline.misfit.word}\n${text}`;
  const last = outline.turns.at(-1);
  if (id === 'L1') return final.sleepers.length > 0 ? '' : `nobody sleeps\n${text}`;
  const found = outline.violations.filter((violation) => violation.id === id);
  const from0 = moves.length === 0 ? 0 : (last?.from ?? 0) + 1;
  return found.some(({ at }) => at >= from0) ? '' : `${id} not in the last turn\n${text}`;
}

function problemsOf(from: World, grain: Grain): { readonly tried: number; readonly problems: readonly string[] } {
  const { properties, outcomes } = checked(from.program, grain);
  const problems = outcomes.slice(0, MOST_ENDS).flatMap((outcome) => otherEnd(from, grain, outcome).split('\0').filter((text) => text !== ''));
  let tried = Math.min(outcomes.length, MOST_ENDS);
  for (const id of PROPERTY_IDS) {
    const verdict = id in properties ? properties[id] : undefined;
    if (verdict?.type !== 'violated') continue;
    tried++;
    const found = problem(from, grain, verdict.trace, id);
    if (found !== '') problems.push(found);
  }
  return { tried, problems };
} // prettier-ignore

const DEFAULT = `title "The default world"
device 6
alloc any
option mainline
file A ab
app m = mmap A
app setlease A layout
app set A immutable
any app x3: store m 0 X | store m 1 X | mr = reg_mr m local_write remote_read | mr = reg_mr m local_write remote_write | mr = reg_mr m local_write remote_read remote_write on_demand | dereg_mr mr
any admin x2: ftruncate A 0 | ftruncate A 2 | fallocate A punch 0 1 | reflink A B | pwrite A 1 X
any peer x2: rdma_read mr 0 | rdma_write mr 1 X
`;
/** All that is done there, or once each where there is no time for more. */
const fewer = (text: string): string => text.replace('app x3', 'app x2').replace('peer x2', 'peer x1');
const withOption = (option: string): string =>
  (THOROUGH ? DEFAULT : fewer(DEFAULT)).replace(/^option .*$/m, `option ${option}`);

const FEW: readonly PresetName[] = ['lease-revoke', 'lease-kill', 'seed']; // prettier-ignore

test.each(THOROUGH ? PRESET_NAMES : FEW)('the default world under %s', { timeout: 60_000 }, (option) => {
  expect(problemsOf(world(withOption(option), option), 'op').problems).toEqual([]);
});

const SMALL: readonly (readonly [name: string, option: string, text: string])[] = [
  ['kill', 'wait', 'device 3; file A ab; app m = mmap A; any app x2: mr = reg_mr m local_write | pwrite A 0 X; any admin x2: ftruncate A 0 | kill app | pread A 0'],
  ['leases', 'lease-revoke', 'device 3; file A ab; app m = mmap A; app setlease A layout; any app x2: mr = reg_mr m remote_read | unlease A; any admin x2: ftruncate A 0 | pwrite A 0 X; any peer x1: rdma_read mr 0'],
  ['posts', 'unprotected', 'device 3; file A a; app m = mmap A; app mr = reg_mr m local_write remote_read remote_write; any admin x2: ftruncate A 0 | pwrite B 0 X | create B; any peer x2: q = post_read mr 0 | q = post_write mr 0 Z | complete q'],
  ['posts on demand', 'mainline', 'device 3; alloc any; file A .; app m = mmap A; app mr = reg_mr m local_write remote_write on_demand; any peer x1: q = post_write mr 0 Z; any admin x1: pwrite A 0 X | ftruncate A 0'],
  ['forks', 'wait', 'device 4; file A a; file B = reflink A; app m = mmap A; any app x2: fork child | mr = reg_mr m remote_read local_write | store m 0 X; any child x1: store m 0 Y | exit; any admin x1: ftruncate A 0'],
  ['short pins', 'mainline', 'device 3; file A a; app m = mmap A; any app x3: d = dio_read m 0 X | dio_end d | v = vmsplice m 0 | munmap m | m = mmap A; any admin x2: ftruncate A 0 | pwrite B 0 Z | create B'],
  ['lists', 'unprotected', 'device 3; file A ab; app m = mmap A; app mr = reg_mr m remote_read local_write; peer rdma_read mr 0; admin ftruncate A 0; admin create B; admin pwrite B 0 X; app dereg_mr mr'],
  ['lists and menus', 'wait', 'device 4; file A ab; app m = mmap A; admin ftruncate A 1; any app x2: mr = reg_mr m remote_read | store m 0 X; admin ftruncate A 0; any peer x1: rdma_read mr 0'],
  ['held back above the menu', 'wait', 'device 4; file A ab; app m = mmap A; app mr = reg_mr m remote_read; admin ftruncate A 0; admin pwrite A 0 Z; any app x1: dereg_mr mr | store m 0 X; any peer x1: rdma_read mr 0'],
  ['spin and evict', 'wait', 'device 4; file A a; file B b; app m = mmap B; app mr = reg_mr m remote_read; any admin x2: reflink A B | unlink B; any app x2: munmap m | kill admin | dereg_mr mr'],
  ['violated at the start', 'wait', 'device 4; file A a; app m = mmap A; app mr = reg_mr m local_write; app ftruncate A 0; any peer x1: wait'],
]; // prettier-ignore

describe.each(THOROUGH ? (['op', 'micro'] as const) : (['op'] as const))('small worlds at %s grain', (grain) => {
  test.each(SMALL)('%s', (_, option, lines) => {
    const text = `title "t"\noption ${option}\n${lines.replaceAll(/\s*;\s*/g, '\n')}\n`;
    const { tried, problems } = problemsOf(world(text, option), grain);
    expect(problems).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  });
});
