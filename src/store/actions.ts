/** Everything a user can do, as functions: called by views and shortcuts, writing to the one store. */
import type { PresetName } from '../sim/model/knobs.ts';
import type { Kernel } from '../sim/model/program.ts';
import type { EntityRef } from '../sim/model/state.ts';
import { loadScenario } from '../scenario/load.ts';
import { renderDiagnostic, sourceLines } from '../scenario/diagnostic.ts';
import type { Address } from './address.ts';
import { catalogue, entryOf } from './catalogue.ts';
import { back, forward, nextViolation, placeAt } from './places.ts';
import { askFor, isBusy, retry, startRun, type Opening } from './session.ts';
import type { Grain, Speed, Theme } from './store.ts';
import { page, setPage } from './store.ts';

type Choice = {
  readonly scenario: string;
  readonly preset: PresetName | undefined;
  readonly kernel: Kernel | undefined;
};

/** Parses the text under the choice and runs it; a text that is refused leaves the last good picture. */
function run(choice: Choice, opening: Opening): void {
  const entry = entryOf(choice.scenario);
  if (entry === undefined) {
    setPage({ notice: { text: `There is no scenario named '${choice.scenario}'.`, tone: 'problem' } });
    return;
  }
  const loaded = loadScenario(entry.text, {
    ...(choice.preset === undefined ? {} : { preset: choice.preset }),
    ...(choice.kernel === undefined ? {} : { kernel: choice.kernel }),
  });
  if (!loaded.ok) {
    const lines = sourceLines(entry.text);
    const detail = loaded.error.map((item) => renderDiagnostic(item, lines, `${entry.id}.dax`)).join('\n');
    setPage({ playing: false, notice: { text: 'The text is not a scenario that can run.', detail, tone: 'problem' } });
    return;
  }
  setPage({ ...choice, playing: false, notice: undefined });
  startRun(choice.scenario, loaded.value.program, opening);
}

/** Another scenario starts under its own option and kernel: its expectations are true there. */
export function openScenario(id: string): void {
  setPage({ hovered: undefined, selected: undefined });
  run({ scenario: id, preset: undefined, kernel: undefined }, { at: 0 });
}

/** undefined: as the text has it. The same line of the text stays in view. */
export function setOption(preset: PresetName | undefined): void {
  const { scenario, kernel } = page();
  run({ scenario, preset, kernel }, sameLine());
}

export function setKernel(kernel: Kernel | undefined): void {
  const { scenario, preset } = page();
  run({ scenario, preset, kernel }, sameLine());
}

function sameLine(): Opening {
  const { shown, scenario } = page();
  return { place: shown?.scenario === scenario ? placeAt(shown.outline, shown.moment.at) : undefined };
}

/** What the address names; without a scenario the first one, ready to be stepped. */
export function openAddress({ scenario, preset, kernel, at = 0 }: Address): void {
  const first = catalogue()[0]?.id;
  const known = scenario !== undefined && entryOf(scenario) !== undefined;
  if (!known) {
    if (first !== undefined) openScenario(first);
    if (scenario !== undefined) {
      setPage({ notice: { text: `There is no scenario named '${scenario}': this is the first one.`, tone: 'info' } });
    }
    return;
  }
  const now = page();
  const same = now.scenario === scenario && now.preset === preset && now.kernel === kernel;
  if (same && now.shown !== undefined) seek(at);
  else run({ scenario, preset, kernel }, { at });
}

/** Any position; out of range is the nearest end. Playing stops: two hands on one wheel. */
export function seek(at: number): void {
  setPage({ playing: false });
  go(at);
}

function go(at: number): void {
  const { shown } = page();
  if (shown === undefined || isBusy()) return;
  const within = Math.max(0, Math.min(shown.outline.length, Math.round(at)));
  if (within !== page().at) askFor(within);
}

export function stepForward(grain: Grain = page().grain): void {
  const { shown, at } = page();
  const to = shown && forward(shown.outline, at, grain);
  if (to !== undefined) seek(to);
}

export function stepBack(grain: Grain = page().grain): void {
  const { shown, at } = page();
  const to = shown && back(shown.outline, at, grain);
  if (to !== undefined) seek(to);
}

export function first(): void {
  seek(0);
}

export function last(): void {
  seek(page().shown?.outline.length ?? 0);
}

export function goToNextViolation(): void {
  const { shown, at, grain } = page();
  const to = shown && nextViolation(shown.outline, at, grain);
  if (to !== undefined) seek(to);
}

/** One tick of playing; false when there is nothing more to play. */
export function playOn(): boolean {
  const { shown, at, grain } = page();
  const to = shown && forward(shown.outline, at, grain);
  if (to === undefined) return false;
  go(to);
  return true;
}

export function setGrain(grain: Grain): void {
  setPage({ grain });
}

export function toggleGrain(): void {
  setGrain(page().grain === 'step' ? 'micro' : 'step');
}

export function setSpeed(speed: Speed): void {
  setPage({ speed });
}

export function setTheme(theme: Theme | undefined): void {
  setPage({ theme });
}

export function hover(ref: EntityRef | undefined): void {
  setPage({ hovered: ref });
}

export function select(ref: EntityRef | undefined): void {
  setPage({ selected: ref });
}

export function dismissNotice(): void {
  setPage({ notice: undefined });
}

export function retryWorker(): void {
  retry();
}
