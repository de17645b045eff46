/** What the pickers list: options with who proposed them, kernels with how they are known, scenarios by operation. */
import { kernelBadge } from '../explain/kernelBadge.ts';
import type { Option, PresetName } from '../sim/model/knobs.ts';
import { formatOption, PRESET_NAMES, PRESETS } from '../sim/model/knobs.ts';
import type { FileDecl, Kernel, Program } from '../sim/model/program.ts';
import { KERNELS } from '../sim/model/program.ts';

export type OptionChoice = {
  readonly preset: PresetName;
  readonly name: string;
  readonly from: string;
  readonly gist: string;
};

export const OPTION_CHOICES: readonly OptionChoice[] = PRESET_NAMES.map((preset) => ({
  preset,
  name: preset,
  from: PRESETS[preset].from,
  gist: PRESETS[preset].gist,
}));

/** What the text itself asks for: `wait pin.readonly=unshare`. */
export function writtenOption(option: Option): { readonly name: string; readonly isPreset: boolean } {
  return { name: formatOption(option), isPreset: Object.keys(option.changed).length === 0 };
}

export type KernelChoice = {
  readonly kernel: Kernel;
  readonly text: string;
  readonly title: string;
  readonly recorded: boolean;
};

export const KERNEL_CHOICES: readonly KernelChoice[] = KERNELS.map((kernel) => ({ kernel, ...kernelBadge(kernel) }));

export function kernelChoice(kernel: Kernel): KernelChoice {
  return { kernel, ...kernelBadge(kernel) };
}

type Listed = { readonly id: string; readonly program: Program | undefined };
export type ScenarioChoice = {
  readonly id: string;
  readonly title: string;
  readonly about: string;
};
export type ScenarioGroup = { readonly name: string; readonly scenarios: readonly ScenarioChoice[] };

/** The first that fits names the group; in what order the groups stand is for the texts. */
const GROUPS: readonly (readonly [name: string, fits: (program: Program) => boolean])[] = [
  ['Recorded on a real kernel', ({ about }) => about.some((line) => line.startsWith('Recorded on '))],
  ['Page cache, for contrast', ({ fs }) => fs.dax === 'never'],
  ['Reflink and COW', isAboutSharing],
  ['Punch hole', ({ steps }) => steps.some(({ op }) => op.verb === 'fallocate' && op.mode === 'punch')],
  ['Truncate', ({ steps }) => steps.some(({ op }) => op.verb === 'ftruncate')],
];

/** It clones, or starts from a clone and changes no layout. */
function isAboutSharing({ files, steps }: Program): boolean {
  const changesLayout = steps.some(({ op }) => op.verb === 'ftruncate' || op.verb === 'fallocate');
  return steps.some(({ op }) => op.verb === 'reflink') || (files.some(isClone) && !changesLayout);
}

const isClone = ({ init }: FileDecl): boolean => init.type === 'reflink';

/** Up to its first full stop: one line in the list. */
const firstSentence = (text: string): string => /^.*?\.(?= |$)/.exec(text)?.[0] ?? text;

function groupOf(program: Program | undefined): string {
  return GROUPS.find(([, fits]) => program !== undefined && fits(program))?.[0] ?? 'Other';
}

/** Groups in the order of their first scenario. */
export function scenarioGroups(list: readonly Listed[]): readonly ScenarioGroup[] {
  const groups = new Map<string, ScenarioChoice[]>();
  for (const { id, program } of list) {
    const name = groupOf(program);
    const scenarios = groups.get(name) ?? [];
    scenarios.push({
      id,
      title: program?.title ?? id,
      about: firstSentence(program?.about[0] ?? ''),
    });
    groups.set(name, scenarios);
  }
  return [...groups].map(([name, scenarios]) => ({ name, scenarios }));
}
