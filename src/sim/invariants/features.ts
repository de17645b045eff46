/** F1: what today's kernel offers and the option takes away, as a list, and the moment at which somebody misses it. */
import type { SimEvent } from '../model/event.ts';
import type { Program } from '../model/program.ts';
import type { State } from '../model/state.ts';
import { taskName } from '../query/naming.ts';
import type { Doer } from './finding.ts';
import { momentProperty } from './finding.ts';

export const FEATURES = {
  reflink: 'reflink',
  punch: 'punch',
  shrink: 'shrink',
  mrs: 'non-ODP MRs on anonymous memory',
  names: 'names and permissions',
} as const;
export type Feature = keyof typeof FEATURES;

type Refused = Extract<SimEvent, { type: 'refused' }>;

const isDeviceOnly = (program: Program): boolean => program.option.preset === 'device-dax';

/** The list of an option; a file system made without reflink has none to lose. */
export function featuresRefused(program: Program): readonly Feature[] {
  const { knobs } = program.option;
  const device = isDeviceOnly(program);
  const refused: { readonly [F in Feature]: boolean } = {
    reflink: device || (knobs['fs.reflink'] === 'off' && program.fs.type === 'xfs' && program.fs.reflink),
    punch: device || knobs['fs.punch'] === 'off',
    shrink: device || knobs['fs.shrink'] !== 'on',
    mrs: knobs['pin.longterm'] === 'never',
    names: device,
  };
  return (Object.keys(FEATURES) as Feature[]).filter((feature) => refused[feature]);
}

export const F1 = momentProperty('F1', ['refused'], (program, state, event, by) => {
  const missed = missedFeature(program, state, event, by);
  if (missed === undefined) return undefined;
  const refused = featuresRefused(program);
  if (!refused.includes(missed)) return undefined;
  const list = refused.map((feature) => FEATURES[feature]).join(', ');
  const message = `${by.op?.verb ?? ''} of ${taskName(program, by.task)} is refused, which mainline offers (${FEATURES[missed]}); this option refuses: ${list}`; // prettier-ignore
  return { id: 'F1', key: missed, message, refs: [{ type: 'task', task: by.task }] };
});

function missedFeature(program: Program, state: State, event: Refused, by: Doer): Feature | undefined {
  if (by.op === undefined) return undefined;
  if (isDeviceOnly(program)) return missedOnDevice(event.errno, by);
  switch (event.knob) {
    case 'fs.reflink':
      return 'reflink';
    case 'fs.punch':
      return 'punch';
    case 'fs.shrink':
      return 'shrink';
    case 'pin.longterm':
      return by.op.verb === 'reg_mr' && state.maps[by.op.map]?.source !== 'file' ? 'mrs' : undefined;
    default:
      return undefined;
  }
}

const UNSUPPORTED: ReadonlySet<string> = new Set(['EOPNOTSUPP', 'EINVAL', 'EPERM']);

/** A character device has no file system: whatever call of one it refuses was one of these. */
function missedOnDevice(errno: string, { op }: Doer): Feature | undefined {
  if (!UNSUPPORTED.has(errno)) return undefined;
  switch (op?.verb) {
    case 'reflink':
    case 'dedupe':
      return 'reflink';
    case 'fallocate':
      return op.len === 0 ? undefined : 'punch';
    case 'ftruncate':
      return 'shrink';
    case 'create':
    case 'unlink':
    case 'pread':
    case 'pwrite':
    case 'pwrite_direct':
    case 'set':
    case 'setlease':
      return 'names';
    default:
      return undefined;
  }
}
