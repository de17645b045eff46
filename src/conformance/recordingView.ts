/**
 * A recording as a small plain table, for people: what the page shows behind the badge of a scenario that comes from one.
 * `public/recordings/<id>.json` holds these tables; a test holds the files against the packed recordings.
 */
import { BLOCK_BYTES, cellsOf, wordArg, countArg, type Observation, type RecordedCell, type RecordedStep, type Recording } from './recording.ts'; // prettier-ignore

/** One operation that somebody did under the real kernel. */
export type RecordingViewStep = {
  readonly n: number;
  /** P1 the process, T1, T2, … its threads, P2 a forked child, main the recorder itself. */
  readonly actor: string;
  /** In the recorder's words: `ftruncate A newSizeBlocks=0`. */
  readonly op: string;
  /** ok, an errno, SIGBUS, BLOCKED, KILLED. */
  readonly result: string;
  /** The tags that were read, one letter a block. */
  readonly value?: string;
  /** How long it had been asleep when looked at; absent: it was not. */
  readonly blockedMs?: number;
  /** Asleep: in which function of the kernel, and in which task state. */
  readonly asleepIn?: string;
  /** What the look afterwards showed otherwise than the look before: `A size: 4 → 1`, `m1 page 0: B1 → no PTE`. */
  readonly changed: readonly string[];
  readonly note?: string;
};

export type RecordingView = {
  readonly id: string;
  readonly title: string;
  /** As uname gave it: `6.12.117+deb12-amd64`. */
  readonly kernel: string;
  readonly env: string;
  readonly fs: string;
  readonly steps: readonly RecordingViewStep[];
};

/** How a scenario says that it is a recording: `Recorded on Linux 6.12: P03 (xfs-dax)`. */
export type NamedRecording = { readonly kernel: string; readonly id: string; readonly env: string };

export function recordingNamedIn(about: readonly string[]): NamedRecording | undefined {
  const [, kernel, id, env] = /Recorded on Linux (\d+\.\d+): (\w+) \(([\w-]+)\)/.exec(about.join('\n')) ?? [];
  return kernel === undefined || id === undefined || env === undefined ? undefined : { kernel, id, env };
}

/** Where the page finds the table, below its own address. */
export const recordingPath = ({ id }: Pick<NamedRecording, 'id'>): string => `recordings/${id}.json`;

const NOTHING: Observation = { files: new Map(), mmapFrames: new Map(), blockContent: new Map() };

export function viewRecording({ id, title, kernel, env, fs, steps }: Recording): RecordingView {
  const rows = steps.map((step, i) => viewStep(step, steps[i - 1]?.obs ?? NOTHING));
  return { id, title, kernel, env, fs, steps: rows };
}

function viewStep(step: RecordedStep, before: Observation): RecordingViewStep {
  const { n, actor, result, value, blockedMs, taskState, kernelStack, note } = step;
  const asleepIn = taskState === undefined ? {} : { asleepIn: `${kernelStack?.[0] ?? '?'} (state ${taskState})` };
  return {
    n,
    actor,
    op: opText(step),
    result,
    ...(value === undefined ? {} : { value }),
    ...(blockedMs === 0 ? {} : { blockedMs }),
    ...asleepIn,
    changed: changesBetween(before, step.obs),
    ...(note === undefined ? {} : { note }),
  };
}

function opText(step: RecordedStep): string {
  const of = countArg(step, 'of');
  if (of !== undefined) return `${step.op} of step ${of}, ${wordArg(step, 'op') ?? '?'}`;
  const words = [...step.args].map(([key, held]) => (typeof held === 'number' ? `${key}=${held}` : held));
  return [step.op, ...words].join(' ');
}

export function changesBetween(before: Observation, after: Observation): readonly string[] {
  return [...fileChanges(before, after), ...mapChanges(before, after), ...contentChanges(before, after)];
}

function fileChanges(before: Observation, after: Observation): readonly string[] {
  const gone = [...before.files.keys()].filter((name) => !after.files.has(name)).map((name) => `${name}: not open any more`); // prettier-ignore
  const changed = [...after.files].flatMap(([name, file]) => {
    const was = before.files.get(name);
    const blocks = (bytes: number): string => String(bytes / BLOCK_BYTES);
    const size = was?.sizeBytes === file.sizeBytes ? [] : [`${name} size: ${was === undefined ? '' : `${blocks(was.sizeBytes)} → `}${blocks(file.sizeBytes)}`]; // prettier-ignore
    if (file.extents === undefined)
      return [...size, ...(was !== undefined && was.extents === undefined ? [] : [`${name}: locked, its extents cannot be looked at`])]; // prettier-ignore
    const old = was?.extents === undefined ? [] : cellsOf(was).map(cellText);
    return [...size, ...runsOfChange(`${name} block`, old, cellsOf(file).map(cellText), 'hole')];
  });
  return [...gone, ...changed];
}

function cellText(cell: RecordedCell | undefined): string {
  if (cell === undefined) return 'hole';
  return `${cell.block ?? 'delayed'}${cell.unwritten ? ' unwritten' : ''}${cell.shared ? ' shared' : ''}`;
}

function mapChanges(before: Observation, after: Observation): readonly string[] {
  const gone = [...before.mmapFrames.keys()].filter((name) => !after.mmapFrames.has(name)).map((name) => `${name}: unmapped`); // prettier-ignore
  const changed = [...after.mmapFrames].flatMap(([name, { pages }]) => {
    const texts = (list: readonly (string | undefined)[]): readonly string[] => list.map((page) => page ?? 'no PTE');
    const was = before.mmapFrames.get(name);
    const made = was === undefined ? [`${name}: mapped`] : [];
    return [...made, ...runsOfChange(`${name} page`, texts(was?.pages ?? []), texts(pages), 'no PTE')];
  });
  return [...gone, ...changed];
}

function contentChanges(before: Observation, after: Observation): readonly string[] {
  return [...after.blockContent].flatMap(([block, tag]) => {
    const was = before.blockContent.get(block);
    return was === tag ? [] : [`${block} holds: ${was === undefined ? '' : `${was} → `}${tag}`];
  });
}

/** Neighbours that changed are one line: `m1 page 0–3: no PTE → B1 B2 B3 B4`. */
function runsOfChange(what: string, old: readonly string[], now: readonly string[], none: string): readonly string[] {
  const found: string[] = [];
  const end = Math.max(old.length, now.length);
  const differs = (i: number): boolean => i < end && (old[i] ?? none) !== (now[i] ?? none);
  for (let from = 0; from < end; from++) {
    if (!differs(from)) continue;
    let to = from;
    while (differs(to + 1)) to++;
    const part = (side: readonly string[]): string => together(Array.from({ length: to - from + 1 }, (_, i) => side[from + i] ?? none)); // prettier-ignore
    found.push(`${what} ${from === to ? from : `${from}–${to}`}: ${part(old)} → ${part(now)}`);
    from = to;
  }
  return found;
}

const together = (texts: readonly string[]): string =>
  new Set(texts).size === 1 ? (texts[0] ?? '') : texts.join(texts.some((text) => text.includes(' ')) ? ', ' : ' ');
