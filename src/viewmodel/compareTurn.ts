/**
 * What one turn came to, in words that mean the same in another run: pages are named by what owns them, never by their
 * numbers, so that two runs whose blocks lie elsewhere since an earlier step still have equal turns.
 */
import { changedBy } from '../explain/changes.ts';
import type { Stretch } from '../explain/differences.ts';
import { blockChanges, stretchesOf } from '../explain/differences.ts';
import { extentsOn } from '../explain/relations.ts';
import { runsGet } from '../base/runs.ts';
import type { SimEvent } from '../sim/model/event.ts';
import type { InodeId, Page } from '../sim/model/ids.ts';
import { blockOfPage, dramOfPage, extentBlock, extentWritten, isBlock, isDram, pageOfBlock, ptePage, pteWritable } from '../sim/model/ids.ts'; // prettier-ignore
import type { Program } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { Moment, Outline, Turn } from '../sim/outline.ts';

/** A whole run with its moments: at least the start, and the end of every turn that is compared. */
export type CompareRun = {
  readonly program: Program;
  readonly outline: Outline;
  readonly moments: ReadonlyMap<number, Moment>;
};

/** Each as one text, equal where the turns came to the same in that respect. */
export type TurnFacts = {
  readonly kind: string;
  readonly result: string;
  readonly sleep: string;
  readonly violations: string;
  readonly changes: string;
};

export const FACTS = ['kind', 'result', 'sleep', 'violations', 'changes'] as const satisfies readonly (keyof TurnFacts)[]; // prettier-ignore

/** Of a stretch longer than this, the first and the last tell as much. */
const MOST_OF_STRETCH = 256;

export function factsOfTurn(run: CompareRun, turn: Turn): TurnFacts {
  const moment = run.moments.get(turn.to);
  return {
    kind: turn.kind,
    result: moment === undefined ? '' : resultsOf(moment.turnEvents),
    sleep: sleepText(run, turn),
    violations: newViolations(run.outline, turn).map(({ id, refs }) => `${id} ${lastingKey(refs[0])}`).sort().join('; '), // prettier-ignore
    changes: moment === undefined ? '' : changesOf(run.program, moment).sort().join('; '),
  };
}

/** First broken in this turn. */
export const newViolations = ({ violations }: Outline, { from, to }: Turn): Outline['violations'] =>
  violations.filter(({ at }) => at > from && at <= to);

export const newProperties = (outline: Outline, turn: Turn): readonly PropertyId[] => [
  ...new Set(newViolations(outline, turn).map(({ id }) => id)),
];

/** Blocks and pages of DRAM lie elsewhere in another run. */
const lastingKey = (ref: EntityRef | undefined): string =>
  ref === undefined || ref.type === 'block' || ref.type === 'dram' ? '' : claimKey(ref);

const RESULTS: ReadonlySet<SimEvent['type']> = new Set(['returned', 'held', 'gone', 'void', 'nak']);

function resultsOf(events: readonly SimEvent[]): string {
  const told = events.filter(({ type }) => RESULTS.has(type));
  return told.map((event) => (event.type === 'returned' ? `${event.task} ${event.result} ${event.value ?? ''}` : event.type)).join('; '); // prettier-ignore
}

/** What the task of a turn sleeps on at its end; undefined: it is awake. */
export function sleepAt({ outline }: CompareRun, task: number, at: number): string | undefined {
  return outline.waits.findLast((wait) => wait.task === task && wait.from <= at && (wait.to ?? Infinity) > at)?.text;
}

const sleepText = (run: CompareRun, turn: Turn): string => withoutNumbers(sleepAt(run, turn.task, turn.to) ?? '');

const withoutNumbers = (text: string): string =>
  text.replaceAll(/\b([Bb])locks? \d+(?:-\d+)?/g, '$1lock').replaceAll(/\bDRAM pages? \d+(?:-\d+)?/g, 'DRAM page');

type World = { readonly before: State; readonly state: State };

function inodeWord({ before, state }: World, inode: InodeId): string {
  const { name, memfd } = state.inodes[inode]?.live === true ? (state.inodes[inode] ?? NAMELESS) : (before.inodes[inode] ?? NAMELESS); // prettier-ignore
  return `${name}/${memfd}`;
}
const NAMELESS = { name: -1, memfd: -1 };

/** Who owns a page now; where nobody does any more, who did before the turn. */
function pageWord(world: World, page: Page): string {
  if (isBlock(page)) return ownersWord(world, page);
  if (!isDram(page)) return 'zero';
  const dram = world.state.dram[dramOfPage(page)];
  if (dram === undefined || dram.anon) return 'anon';
  return dram.inode < 0 ? 'orphan' : `cache ${inodeWord(world, dram.inode)}[${dram.index}]`;
}

function ownersWord(world: World, page: Page): string {
  const block = blockOfPage(page);
  const on = (state: State): string => extentsOn(state, block).map(({ inode, index }) => `${inodeWord(world, inode)}[${index}]`).join('+'); // prettier-ignore
  const owners = on(world.state);
  return owners === '' ? `was ${on(world.before)}` : owners;
}

function changesOf(program: Program, moment: Moment): string[] {
  const stretches = moment.before === moment.state ? [] : stretchesOf(moment);
  return [
    ...stretches.flatMap((stretch) => stretchWords(moment, stretch)),
    ...(moment.before === moment.state ? [] : blockWords(moment)),
    ...otherWords(program, moment),
    ...dataWords(moment),
  ];
}

function stretchWords(world: Moment, { kind, id, at, len, was, wasStep, now, nowStep }: Stretch): string[] {
  const words: string[] = [];
  for (let i = 0; i < len; i++) {
    if (i >= MOST_OF_STRETCH && i < len - 1) continue;
    const old = was === undefined ? undefined : was + i * wasStep;
    const value = now === undefined ? undefined : now + i * nowStep;
    words.push(`${kind} ${kind === 'extent' ? inodeWord(world, id) : id}[${at + i}] ${valueWord(world, kind, old, value)}`); // prettier-ignore
  }
  return words;
}

function valueWord(world: Moment, kind: Stretch['kind'], was: number | undefined, now: number | undefined): string {
  if (now === undefined) return was === undefined ? '' : 'gone';
  if (kind === 'mtt') return pageWord(world, now);
  if (kind === 'pte') return `${pageWord(world, ptePage(now))} ${pteWritable(now) ? 'rw' : 'ro'}`;
  const block = extentBlock(now);
  const moved = was !== undefined && extentBlock(was) !== block ? 'moved ' : '';
  const tag = extentWritten(now) ? `tag ${runsGet(world.state.device.tags, block) ?? 0}` : 'unwritten';
  return `${moved}${ownersWord(world, pageOfBlock(block))} ${tag}`;
}

/** One that was just taken tells nothing by what it held before. */
function blockWords(moment: Moment): string[] {
  return blockChanges(moment).map(({ block, was, now }) => {
    const taken = was.use <= 0 && now.use > 0;
    const tag = taken || was.tag === now.tag ? '' : ` tag ${was.tag} to ${now.tag}`;
    return `block ${ownersWord(moment, pageOfBlock(block))} use ${taken ? 'taken' : was.use} to ${now.use}${tag} pins ${was.pins} to ${now.pins}`; // prettier-ignore
  });
}

const TOLD_ABOVE: ReadonlySet<EntityRef['type']> = new Set(['extent', 'pte', 'mtt', 'block']);

/** Sizes, names, leases, mappings, MRs, transfers, processes, locks: as the page tells them. */
const otherWords = (program: Program, moment: Moment): string[] =>
  changedBy(program, moment)
    .filter(({ ref }) => !TOLD_ABOVE.has(ref.type))
    .map(({ text }) => withoutNumbers(text));

/** Whose page was read or written. */
const dataWords = (moment: Moment): string[] =>
  moment.turnEvents.flatMap((event) => {
    if (event.type === 'read' || event.type === 'wrote')
      return [`${event.type} ${event.tag} ${event.by} ${pageWord(moment, event.page)}`];
    if (event.type === 'transferred') return [`transferred ${event.tag} ${event.kind} ${pageWord(moment, event.page)}`];
    return event.type === 'refused' ? [`refused ${event.errno} ${event.knob ?? ''}`] : [];
  });
