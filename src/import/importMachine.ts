/** The door: outputs of tools → a scenario in the state of that machine, with all that was assumed and left out. */
import { loadScenario } from '../scenario/load.ts';
import { joinFacts } from './join.ts';
import { createNames } from './names.ts';
import type { Machine } from './machine.ts';
import type { Problem } from './problem.ts';
import { readSources, type Facts, type ReadPiece, type Source } from './read.ts';
import { kindWords, type PieceKind } from './recognise.ts';
import { writeScenario, type BlockRow } from './scenarioText.ts';

export type PieceReport = {
  readonly kind: PieceKind;
  /** `filefrag -v`. */
  readonly command: string;
  readonly source: string;
  readonly line: number;
  /** What it is of, and how much of it: `/mnt/f: 3 extents`. */
  readonly said: string;
  readonly problem?: Problem;
};

export type ImportReport = {
  readonly pieces: readonly PieceReport[];
  readonly assumed: readonly string[];
  readonly misfits: readonly string[];
  readonly table: readonly BlockRow[];
  /** Absent: no file could be placed. */
  readonly text?: string;
  /** Steps that lead to the state. */
  readonly steps: number;
};

/** More sentences than anybody reads are a sign of garbage. */
const MAX_SENTENCES = 500;

export function importMachine(sources: readonly Source[], { hidden }: { readonly hidden: boolean }): ImportReport {
  const read = readSources(sources);
  const assumed = new Set<string>();
  const misfits = new Set<string>();
  const keep = (list: Set<string>) => (text: string): void => void (list.size < MAX_SENTENCES && list.add(text)); // prettier-ignore
  const told = { assume: keep(assumed), misfit: keep(misfits) };
  const names = createNames();
  const facts = read.flatMap((piece) => (piece.read.ok ? [piece.read.value] : []));
  const machine = joinFacts(facts, { hidden, names, told });
  const sentences = () => ({ assumed: [...assumed], misfits: [...misfits] });
  const written = writeScenario(machine, { hidden, freeName: names.free, told, sentences });
  const checked = written === undefined ? undefined : check(written.text, told.misfit);
  return {
    pieces: read.map((piece) => reportOf(piece, machine, hidden)),
    ...sentences(),
    table: written?.table ?? [],
    steps: written?.steps ?? 0,
    ...(checked === undefined ? {} : { text: checked }),
  };
}

/** What this room writes must be of the language; where a limit of it is passed, that is told, not cut. */
function check(text: string, misfit: (text: string) => void): string | undefined {
  const loaded = loadScenario(text);
  if (loaded.ok) return text;
  misfit(`The text is not one that can run: ${loaded.error[0]?.message ?? 'it is wrong'}. Import fewer files.`);
  return undefined;
}

function reportOf({ kind, source, line, read }: ReadPiece, machine: Machine, hidden: boolean): PieceReport {
  const piece = { kind, command: kindWords[kind], source: hidden ? '' : source, line };
  if (read.ok) return { ...piece, said: saidOf(read.value, machine, hidden) };
  const { error } = read;
  // A line that is quoted back may hold what is to be hidden.
  const problem = hidden ? { ...error, text: error.text.replace(/“[^]*”/, '…') } : error;
  return { ...piece, said: '', problem };
}

const count = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

function saidOf(facts: Facts, machine: Machine, hidden: boolean): string {
  const of = (name: string | undefined, what: string): string => (name === undefined ? what : `${name}: ${what}`);
  const proc = (pid: string | undefined): string | undefined => {
    if (pid === undefined) return undefined;
    const { name = '' } = machine.procs.find((one) => one.pid === pid) ?? {};
    return !hidden ? `pid ${pid}` : name === '' ? undefined : name;
  };
  switch (facts.type) {
    case 'extents':
      return of(machine.calledOf(facts.file.path), count(facts.file.extents.length, 'extent'));
    case 'maps':
      return of(proc(facts.pid), count(facts.rows.length, 'mapping'));
    case 'pages':
      return of(proc(facts.range.pid), `${count(facts.range.pages.length, 'page')}, ${facts.range.pages.filter(({ present }) => present).length} mapped`); // prettier-ignore
    case 'mrs':
      return count(facts.rows.length, 'MR');
    case 'pinned':
      return `${count(facts.pages, 'page')} pinned`;
  }
}
