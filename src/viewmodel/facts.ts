/** What is true at one moment, before anything has a place: claims by page, what is broken, what lights up. */
import { count, listOf } from '../explain/names.ts';
import type { Program } from '../sim/model/program.ts';
import type { EntityRef, State } from '../sim/model/state.ts';
import type { Moment, Outline } from '../sim/outline.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import type { LiveBox } from './live.ts';
import { liveBoxes } from './live.ts';
import type { Mark } from './marks.ts';
import { marksOf } from './marks.ts';
import { pageBehind, related, subjectOf } from './related.ts';
import type { SlotRow } from './rows.ts';
import { pageKey, pageRef, slotRows } from './rows.ts';
import { spotlightOf } from './spotlight.ts';
import { slotTitle } from './stageBoxes.ts';
import type { BareCell } from './stageCells.ts';
import type { StagePlan } from './stageLayout.ts';

export type Facts = {
  readonly live: readonly LiveBox[];
  readonly rows: readonly SlotRow[];
  readonly marks: readonly Mark[];
  /** By claimKey: ids of the properties that the claim breaks. */
  readonly violated: ReadonlyMap<string, readonly string[]>;
  /** By claimKey of a page: the claims on it. */
  readonly onPage: ReadonlyMap<string, readonly SlotRow[]>;
  /** By claimKey: `A[1]`, `m[1]`. */
  readonly titles: ReadonlyMap<string, string>;
  /** How many slots point at something. */
  readonly claims: number;
  /** claimKeys of what lights up; undefined: nothing is faded. */
  readonly lit: ReadonlySet<string> | undefined;
  /** claimKey of the object in focus. */
  readonly ring: string;
};

/** Past so many links nobody can take in all of them: the subject stays, the rest fades. */
const CROWDED = 18;

/** The claim that a mark is drawn on: the first of its objects that is one. */
export function markedClaim({ refs }: Mark, known: (key: string) => boolean): string | undefined {
  const first = refs[0];
  if (first === undefined || first.type === 'task' || first.type === 'lock') return undefined;
  return refs.map(claimKey).find(known);
}

function violatedClaims(marks: readonly Mark[], rows: readonly SlotRow[]): Map<string, string[]> {
  const known = new Set(rows.map((row) => row.key));
  const found = new Map<string, string[]>();
  for (const mark of marks) {
    const key = mark.next ? undefined : markedClaim(mark, (other) => known.has(other));
    const ids = key === undefined ? [] : (found.get(key) ?? []);
    if (key !== undefined && !ids.includes(mark.id)) found.set(key, [...ids, mark.id]);
  }
  return found;
}

function rowsByPage(rows: readonly SlotRow[]): Map<string, SlotRow[]> {
  const found = new Map<string, SlotRow[]>();
  for (const row of rows) {
    for (const key of [pageKey(row.fact.page), pageKey(row.fact.cache)]) {
      if (key === undefined) continue;
      const others = found.get(key);
      if (others === undefined) found.set(key, [row]);
      else others.push(row);
    }
  }
  return found;
}

/** What is pointed at; else the one page that the scene is about, if it is one. */
function ringOf(focus: EntityRef | undefined, pages: readonly EntityRef[]): string {
  const keys = new Set((focus === undefined ? pages : [focus]).map(claimKey));
  const [only] = keys;
  return keys.size === 1 && only !== undefined ? only : '';
}

type FactsOf = {
  readonly program: Program;
  readonly outline: Outline;
  readonly moment: Moment;
  readonly focus: EntityRef | undefined;
  /** Only what the step is about stays lit. */
  readonly spotlight?: boolean;
};

/** A task has no place on the stage; what it waits for has. */
function withWait(state: State, ref: EntityRef): readonly EntityRef[] {
  const wait = ref.type === 'task' ? state.tasks[ref.task]?.wait : undefined;
  if (wait === undefined || wait.type === 'none' || wait.type === 'threads') return [ref];
  if (wait.type === 'lock' || wait.type === 'lease') return [ref, { type: 'file', inode: wait.inode }];
  const page = pageRef(wait.page);
  return page === undefined ? [ref] : [ref, page];
}

/** An object that a step took away while it was pointed at is pointed at no longer. */
function isThere(ref: EntityRef, rows: readonly SlotRow[], live: readonly LiveBox[]): boolean {
  if (ref.type === 'block' || ref.type === 'dram' || ref.type === 'task' || ref.type === 'lock' || ref.type === 'lease')
    return true;
  const key = claimKey(ref);
  return rows.some((row) => row.key === key) || live.some((box) => claimKey(box.ref) === key);
}

/** A process has no place on the stage: with it alone everything would fade. */
function isLit(lit: ReadonlySet<string>, rows: readonly SlotRow[], live: readonly LiveBox[]): boolean {
  const pages = [...lit].some((key) => key.startsWith('block:') || key.startsWith('dram:'));
  return pages || rows.some((row) => lit.has(row.key)) || live.some((box) => lit.has(claimKey(box.ref)));
}

export function factsOf(
  { program, outline, moment, focus: wanted, spotlight = false }: FactsOf,
  plan: StagePlan,
): Facts {
  const { state, before } = moment;
  const live = liveBoxes(program, outline, moment, plan);
  const rows = slotRows(state, before, live);
  const marks = marksOf(outline, moment.at).map((mark) => ({
    ...mark,
    refs: mark.refs.flatMap((ref) => withWait(state, ref)),
  }));
  const focus = wanted !== undefined && isThere(wanted, rows, live) ? wanted : undefined;
  const claims = rows.filter((row) => row.fact.page !== undefined).length;
  const told = spotlight
    ? spotlightOf(
        { program, outline, moment },
        marks,
        (ref) => isThere(ref, rows, live) && (ref.type !== 'dram' || state.dram[ref.dram]?.live === true),
      )
    : [];
  const subject = focus !== undefined ? [focus] : told.length > 0 ? told : subjectOf(state, marks, rows);
  const fades = subject.length > 0 && (focus !== undefined || spotlight || claims > CROWDED);
  const lit = related(program, state, rows, fades ? subject : []);
  return {
    live,
    rows,
    marks,
    claims,
    violated: violatedClaims(marks, rows),
    onPage: rowsByPage(rows),
    titles: new Map(rows.map((row) => [row.key, slotTitle(program, state, row.live, row.index)])),
    lit: !fades || (spotlight && !isLit(lit, rows, live)) ? undefined : lit,
    ring: ringOf(
      focus,
      subject.flatMap((ref) => pageBehind(state, ref, rows) ?? []),
    ),
  };
}

const LOOK_WORDS = { owned: '', free: 'free', busy: 'freed, until the log commits', zombie: 'zombie, kept by its pins', orphan: 'out of the page cache, kept by its pins', fold: '' } as const; // prettier-ignore

/** `block 1, tag b, owned by B[1], 1 pin, mr[1] disagrees (S2)`. */
export function cellName(cell: BareCell, { onPage, titles, violated }: Facts): string {
  if (cell.look === 'fold') return `${cell.tag} blocks, ${cell.number}, ${cell.word}`;
  const rows = onPage.get(cell.key) ?? [];
  const title = (row: SlotRow): string => titles.get(row.key) ?? '';
  const owners = rows.filter(({ live }) => live.type === 'file');
  const mapped = rows.filter(({ live }) => live.type === 'map');
  const broken = rows.flatMap((row) =>
    violated.has(row.key) ? [`${title(row)} disagrees (${(violated.get(row.key) ?? []).join(', ')})`] : [],
  );
  const dram = cell.ref.type === 'dram';
  const said = LOOK_WORDS[cell.look];
  const words = [
    cell.ref.type === 'dram'
      ? `DRAM page ${cell.ref.dram}`
      : cell.ref.type === 'block'
        ? `block ${cell.ref.block}`
        : '',
    cell.tag === '' ? '' : `tag ${cell.tag}`,
    said,
    owners.length === 0 ? '' : `${dram ? 'cache of' : 'owned by'} ${listOf(owners.map(title), 6)}`,
    mapped.length === 0 ? '' : `mapped by ${listOf(mapped.map(title), 6)}`,
    cell.pinCount === 0 ? '' : count(cell.pinCount, 'pin'),
    cell.sleeper === '' ? '' : `${cell.sleeper} waits for it`,
    cell.word === '' || cell.hourglass || said.startsWith(cell.word) ? '' : cell.word,
    ...broken,
  ];
  return words.filter((text) => text !== '').join(', ');
}
