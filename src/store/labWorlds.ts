/** The worlds of the lab: those that come with the page, and any text of the user's. */
import { textBehind } from './actions.ts';
import { textsOf } from './bundle.ts';
import { page } from './store.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { Diagnostic } from '../scenario/diagnostic.ts';
import { loadScenario } from '../scenario/load.ts';
import { readOverrides } from '../scenario/overrides.ts';
import { KNOB_NAMES } from '../sim/model/knobs.ts';
import type { Kernel, Program } from '../sim/model/program.ts';
import type { LabOption, LabWorld } from '../viewmodel/labState.ts';

const files: Record<string, string> = import.meta.glob('/public/worlds/*.dax', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const FIRST = 'default';

function world(source: LabWorld['source'], id: string, text: string): LabWorld {
  const loaded = loadScenario(text);
  const program = loaded.ok ? loaded.value.program : undefined;
  const title = program === undefined || program.title === '' ? id : program.title;
  return { source, id, title, text, ...(program === undefined ? {} : { program }) };
}

/** The default one first, the others in the order of their file names. */
export const WORLDS: readonly LabWorld[] = textsOf(files)
  .map(({ id, text }) => world('bundled', id, text))
  .sort((a, b) => Number(b.id === FIRST) - Number(a.id === FIRST));

/** A scenario as a world: what is open with what was typed last, or another by its id. */
export function worldOf(scenario: string): LabWorld | undefined {
  const text = scenario === page().scenario && scenario !== '' ? page().text : textBehind(scenario);
  return text === undefined ? undefined : world('own', scenario, text);
}

export function programUnder(text: string, { preset, set }: LabOption, kernel: Kernel | undefined): Result<Program, readonly Diagnostic[]> {
  const words = KNOB_NAMES.flatMap((knob) => (set[knob] === undefined ? [] : [`${knob}=${set[knob]}`]));
  const overrides = readOverrides({ option: preset, set: words, ...(kernel === undefined ? {} : { kernel }) });
  if (!overrides.ok) return err(overrides.error);
  const loaded = loadScenario(text, overrides.value);
  return loaded.ok ? ok(loaded.value.program) : err(loaded.error);
} // prettier-ignore
