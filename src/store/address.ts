/**
 * The address bar names what is shown: `#s=<scenario>&o=<option>&k=<kernel>&at=<position>`, a scenario of the user's own
 * as `own:<id>`, a run that the lab found as `trace:<number>`; the lab as `#lab=<world>&o=<option>&p=<property>`. It may
 * come from anybody, so it is read with bounds and what does not fit is left out, never guessed.
 */
import type { PresetName } from '../sim/model/knobs.ts';
import { PRESET_NAMES } from '../sim/model/knobs.ts';
import type { Kernel } from '../sim/model/program.ts';
import { KERNELS } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';

export type Address = {
  readonly scenario?: string;
  /** Absent: as the text has it. */
  readonly preset?: PresetName;
  readonly kernel?: Kernel;
  /** Counted in micro-steps. */
  readonly at?: number;
  /** The lab, with this world; then `preset` and `property` are of the selected cell. */
  readonly lab?: string;
  readonly property?: PropertyId;
};

const MAX_LENGTH = 400;
const SCENARIO = /^(?:own:[a-z0-9]{4,24}|trace:\d{1,6}|[\w.-]{1,100})$/;
const NUMBER = /^\d{1,9}$/;

function oneOf<T extends string>(names: readonly T[], value: string | null): T | undefined {
  return names.find((name) => name === value);
}

export function parseAddress(hash: string): Address {
  if (hash.length > MAX_LENGTH) return {};
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const scenario = fields.get('s') ?? '';
  const lab = fields.get('lab') ?? '';
  const at = fields.get('at') ?? '';
  const preset = oneOf(PRESET_NAMES, fields.get('o'));
  const kernel = oneOf(KERNELS, fields.get('k'));
  if (SCENARIO.test(lab)) {
    const property = oneOf(PROPERTY_IDS, fields.get('p'));
    return { lab, ...(preset === undefined ? {} : { preset }), ...(property === undefined ? {} : { property }) };
  }
  return {
    ...(SCENARIO.test(scenario) ? { scenario } : {}),
    ...(preset === undefined ? {} : { preset }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(NUMBER.test(at) ? { at: Number(at) } : {}),
  };
}

export function formatAddress({ scenario, preset, kernel, at, lab, property }: Address): string {
  const fields = new URLSearchParams();
  if (lab !== undefined) fields.set('lab', lab);
  if (scenario !== undefined) fields.set('s', scenario);
  if (preset !== undefined) fields.set('o', preset);
  if (property !== undefined) fields.set('p', property);
  if (kernel !== undefined) fields.set('k', kernel);
  if (at !== undefined && at > 0) fields.set('at', String(at));
  // A colon may stand in a fragment as it is.
  return `#${fields.toString().replace('%3A', ':')}`;
}
