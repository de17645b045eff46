/** What became of one recording, in the words of `conformance --json`, and the table of many. */
import type { World } from '../sim/apply.ts';
import { compare, prepare, type Prepared } from './compare.ts';
import type { Recording } from './recording.ts';

export type Status = 'reproduced' | 'differs' | 'out-of-scope';

export type Verdict = {
  readonly file: string;
  readonly id: string;
  readonly env: string;
  readonly kernel: string;
  readonly status: Status;
  /** The first step that differs, or that is out of scope. */
  readonly step?: number;
  readonly want?: string;
  readonly got?: string;
  /** Why it is out of scope. */
  readonly reason?: string;
  /** Reproduced, but from this step on only in results and values: a large folio shows. */
  readonly statesTo?: number;
};

export const judgeRecording = (recording: Recording): Verdict => judge(prepare(recording));

export function judge(prepared: Prepared, plant?: (world: World) => World): Verdict {
  const { file, id, env, kernel } = prepared.recording;
  const base = { file, id, env, kernel };
  const compared = compare(prepared, plant);
  if (compared.status === 'reproduced') return { ...base, ...compared };
  if (compared.status === 'out-of-scope')
    return { ...base, status: 'out-of-scope', step: compared.from, reason: compared.reason };
  const [first] = compared.differences;
  const side = (held: string | undefined): string => `${first?.what ?? ''}: ${held ?? ''}`;
  return { ...base, status: 'differs', step: first?.n ?? 0, want: side(first?.want), got: side(first?.got) };
}

export type Row = {
  /** Kernel and environment: `6.12.117 xfs-dax`. */
  readonly name: string;
  readonly recordings: number;
  readonly outOfScope: number;
  /** In scope. */
  readonly of: number;
  readonly reproduced: number;
  /** Of these, from some step on only results and values. */
  readonly inPart: number;
};

/** `6.12.117+deb12-amd64` → `6.12.117`. */
const versionOf = (kernel: string): string => /^[\d.]+/.exec(kernel)?.[0] ?? kernel;

/** By environment, in the order of kernel versions. */
export function tabulate(verdicts: readonly Verdict[]): readonly Row[] {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const name = `${versionOf(verdict.kernel)} ${verdict.env}`;
    groups.set(name, [...(groups.get(name) ?? []), verdict]);
  }
  const rows = [...groups].map(([name, all]): Row => {
    const number = (status: Status): number => all.filter((verdict) => verdict.status === status).length;
    const outOfScope = number('out-of-scope');
    const inPart = all.filter(({ statesTo }) => statesTo !== undefined).length;
    return { name, recordings: all.length, outOfScope, of: all.length - outOfScope, reproduced: number('reproduced'), inPart }; // prettier-ignore
  });
  return rows.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
}

export const sumOf = (rows: readonly Row[]): Row =>
  rows.reduce(
    (sum, row) => ({
      name: 'all',
      recordings: sum.recordings + row.recordings,
      outOfScope: sum.outOfScope + row.outOfScope,
      of: sum.of + row.of,
      reproduced: sum.reproduced + row.reproduced,
      inPart: sum.inPart + row.inPart,
    }),
    { name: 'all', recordings: 0, outOfScope: 0, of: 0, reproduced: 0, inPart: 0 },
  );
