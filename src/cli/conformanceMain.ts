/** `conformance DIR [--json]` without its process: the model held against every recording of a folder. */
import { decodeRecording } from '../conformance/decodeRecording.ts';
import { judgeRecording, sumOf, tabulate, type Row, type Verdict } from '../conformance/verdict.ts';
import type { Source, Unreadable } from './recordingFiles.ts';

export const CONFORMANCE_USAGE = `usage:
  conformance DIR [--json]
DIR is a folder of recordings, one recording, or a pack of them (.jsonl.gz). Exit status: 0 no recording differs; 1 some do; 2 the call or a file is wrong.
`;

type Io = {
  /** Throws what the system says. */
  readonly open: (path: string) => Iterable<Source | Unreadable>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

type ExitStatus = 0 | 1 | 2;
type Call = { readonly path: string; readonly json: boolean };

function readCall(argv: readonly string[]): Call | string {
  const unknown = argv.find((word) => word.startsWith('-') && word !== '--json');
  if (unknown !== undefined) return `there is no option '${unknown}'`;
  const [path, second] = argv.filter((word) => word !== '--json');
  if (path === undefined) return 'DIR is missing';
  return second === undefined ? { path, json: argv.includes('--json') } : `one DIR, not also '${second}'`;
}

export function conformance(argv: readonly string[], io: Io): ExitStatus {
  if (argv.includes('--help') || argv.includes('-h')) {
    io.out(CONFORMANCE_USAGE);
    return 0;
  }
  const call = readCall(argv);
  if (typeof call === 'string') return wrongCall(`${call}\n${CONFORMANCE_USAGE}`, io);
  let sources: Iterable<Source | Unreadable>;
  try {
    sources = io.open(call.path);
  } catch (error) {
    return wrongCall(`cannot read ${call.path}: ${error instanceof Error ? error.message : String(error)}\n`, io);
  }
  const { verdicts, errors } = judgeAll(sources, io);
  if (verdicts.length === 0 && errors === 0) return wrongCall(`${call.path} holds no recording (.json)\n`, io);
  io.out(call.json ? `${JSON.stringify({ traces: verdicts.map(jsonOf) })}\n` : report(verdicts));
  if (errors > 0) return 2;
  return verdicts.some(({ status }) => status === 'differs') ? 1 : 0;
}

function wrongCall(text: string, io: Io): ExitStatus {
  io.err(`conformance: ${text}`);
  return 2;
}

function judgeAll(sources: Iterable<Source | Unreadable>, io: Io) {
  const verdicts: Verdict[] = [];
  let errors = 0;
  const tell = (file: string, problem: string, cure: string): void => {
    errors++;
    io.err(`${file}: ${problem}\n  ${cure}\n`);
  };
  for (const source of sources) {
    if ('problem' in source) {
      tell(source.file, source.problem, source.cure);
      continue;
    }
    const decoded = decodeRecording(source.file, source.text);
    if (!decoded.ok) {
      tell(source.file, decoded.error.problem, decoded.error.cure);
      continue;
    }
    try {
      verdicts.push(judgeRecording(decoded.value));
    } catch (error) {
      // A fault of the model's own in one recording does not hide what it makes of the others.
      tell(source.file, `the model failed: ${error instanceof Error ? error.message : String(error)}`, 'report it with this file'); // prettier-ignore
    }
  }
  return { verdicts: verdicts.sort((a, b) => (a.file < b.file ? -1 : 1)), errors };
}

/** Field names, order and `null` for "absent" are a format that scripts read. */
function jsonOf({ file, id, env, kernel, status, step, want, got, reason }: Verdict) {
  const orNull = <T>(value: T | undefined): T | null => value ?? null;
  const [at, why] = [{ step: orNull(step), want: orNull(want), got: orNull(got) }, orNull(reason)];
  return { file, id, env, kernel, status, ...at, reason: why };
}

function report(verdicts: readonly Verdict[]): string {
  const rows = tabulate(verdicts);
  const names = Math.max(...[...rows, sumOf(rows)].map(({ name }) => name.length));
  const table = [...rows, sumOf(rows)].map((row) => rowText(row, names));
  const differing = verdicts.filter(({ status }) => status === 'differs').flatMap(differenceText);
  return [...table, ...section('differs', differing), ...section('out of scope', outOfScopeText(verdicts)), ''].join(
    '\n',
  );
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines];

function rowText({ name, reproduced, of, outOfScope, inPart }: Row, width: number): string {
  const notes = [...(inPart === 0 ? [] : [`${inPart} past a large folio in results only`]), ...(outOfScope === 0 ? [] : [`${outOfScope} out of scope`])]; // prettier-ignore
  return [`${name.padEnd(width)}  ${reproduced} of ${of} reproduced`, ...notes].join(', ');
}

function differenceText({ file, step, want, got }: Verdict): readonly string[] {
  return [`  ${file}, step ${step}`, `    want  ${want}`, `    got   ${got}`];
}

function outOfScopeText(verdicts: readonly Verdict[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { status, file, step, reason } of verdicts) {
    if (status !== 'out-of-scope' || reason === undefined) continue;
    byReason.set(reason, [...(byReason.get(reason) ?? []), `    ${file}, from step ${step}`]);
  }
  return [...byReason].flatMap(([reason, files]) => [`  ${reason}: ${files.length}`, ...files]);
}
