/** Everything a user can do, as functions: called by views and shortcuts, writing to the one store. */
import { formatOption, makeOption, type PresetName } from '../sim/model/knobs.ts';
import type { Kernel } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { EntityRef } from '../sim/model/state.ts';
import { textOf } from '../library/ownScenario.ts';
import { readOverrides } from '../scenario/overrides.ts';
import { refOfKey } from '../sim/query/claimKey.ts';
import { existsIn } from '../sim/query/exists.ts';
import { formatAddress, type Address } from './address.ts';
import { bundledText, catalogue, mayCome, openCatalogue } from './catalogue.ts';
import { clockNow } from './clock.ts';
import { back, findPlace, forward, nextViolation, placeAt, previousViolation, viewOf } from './places.ts';
import { runText, type Choice } from './running.ts';
import { askFor, isBusy, placeOfLink, retry, whenShown, type Opening } from './session.ts';
import type { ComparePlace, DialogName, Grain, LabPlace, Menu, Shown, Speed, Tab, Theme } from './store.ts';
import { OWN, page, setPage, TRACE } from './store.ts';
import { traceOf } from './traces.ts';

/** The text behind an id: bundled, or of the user's own; undefined if there is none of that id. */
export function textBehind(scenario: string): string | undefined {
  const trace = traceOf(scenario);
  if (trace !== undefined) return trace.text;
  const own = page().own.find(({ id }) => isOwn(scenario, id));
  return own === undefined ? bundledText(scenario) : textOf(own);
}

const isOwn = (scenario: string, id: string): boolean => scenario === OWN + id;

/** Another scenario starts under its own option and kernel: its expectations are true there. */
export function openScenario(id: string, opening: Opening = { at: 0 }): void {
  const { screen, comparePlace } = page();
  const stays = screen === 'compare' && comparePlace !== undefined;
  const choice = { scenario: id, preset: undefined, kernel: undefined };
  openAs(choice, opening, stays ? { other: comparePlace.other, at: 0 } : undefined);
}

/** `beside`: compared with another option; told of after the text, so that no place is looked for in the run before. */
function openAs(choice: Choice, opening: Opening, beside?: ComparePlace): void {
  const text = textBehind(choice.scenario);
  if (text === undefined) {
    setPage({ notice: { text: `There is no scenario named '${choice.scenario}'.`, tone: 'problem' } });
    return;
  }
  setPage({ hovered: undefined, selected: undefined, notice: undefined, hidden: [], opened: page().opened + 1 });
  // Nobody can put right a text that they do not see.
  if (!runText(choice, text, opening)) setPage({ script: true, tab: 'script', screen: 'player' });
  else setPage(beside === undefined ? { screen: 'player' } : { screen: 'compare', comparePlace: beside });
}

/** undefined: as the text has it. The same line of the text stays in view. */
export function setOption(preset: PresetName | undefined): void {
  const { scenario, kernel, text } = page();
  runText({ scenario, preset, kernel }, text, sameLine());
}

export function setKernel(kernel: Kernel | undefined): void {
  const { scenario, preset, text } = page();
  runText({ scenario, preset, kernel }, text, sameLine());
}

function sameLine(): Opening {
  const { shown, scenario } = page();
  return { place: shown?.scenario === scenario ? placeAt(shown.outline, shown.moment.at) : undefined };
}

/** What the address names; without a scenario the first one, ready to be stepped. */
export function openAddress(address: Address): void {
  const { scenario, preset, kernel, at = 0, place, selected, grain = 'step', script = false, view = 'picture', hidden = [], compare } = address; // prettier-ignore
  awaited = undefined;
  if (address.lab !== undefined) {
    const { lab: world, property } = address;
    void openLab({
      world,
      ...(preset === undefined ? {} : { preset }),
      ...(property === undefined ? {} : { property }),
    });
    return;
  }
  if (address.room === true && address.talk !== undefined) {
    void openTalk(address.talk, address.slide);
    return;
  }
  if (scenario !== undefined && isOnItsWay(scenario)) {
    void openLater(address, scenario);
    return;
  }
  if (scenario === undefined || textBehind(scenario) === undefined) {
    openFirst();
    if (scenario !== undefined) setPage({ notice: { text: missing(scenario), tone: 'info' } });
    return;
  }
  const now = page();
  const same = now.scenario === scenario && now.preset === preset && now.kernel === kernel;
  const beside = compare === undefined ? undefined : placeToCompare(compare, address);
  if (same && now.shown?.scenario === scenario) {
    setPage({ notice: undefined, ...(beside === undefined ? { screen: 'player' } : { screen: 'compare', comparePlace: beside }) }); // prettier-ignore
    if (beside === undefined) seek(place === undefined ? at : placeOfLink(place, now.shown));
  } else openAs({ scenario, preset, kernel }, place === undefined ? { at } : { linked: place }, beside);
  if (beside !== undefined) void bringCompare();
  else if (compare !== undefined) setPage({ notice: { text: `The address compares with '${compare}', which is no option: this is the run alone.`, tone: 'info' } }); // prettier-ignore
  setPage({ grain, view, hidden: [...new Set(hidden)].sort(), ...(script ? { script, tab: 'script' } : {}) });
  if (address.room === true) setPage({ screen: 'room', room: undefined });
  selectNamed(selected);
}

/** A talk of an address; its code comes with the first presentation. */
async function openTalk(talk: string, slide = 1): Promise<void> {
  setPage({ screen: 'room', room: { talk, slide }, playing: false });
  const room = await import('./room.ts').catch(() => undefined);
  if (room === undefined) tellNotLoaded();
  else await room.presentTalk(talk, slide);
}

/** What a link selects. Until its run is here nobody knows whether it has that; the run looks when it comes. */
function selectNamed(key: string | undefined): void {
  const ref = key === undefined ? undefined : refOfKey(key);
  const { shown } = page();
  const known = isBusy() || shown === undefined || ref === undefined || existsIn(shown.moment.state, ref);
  setPage({ selected: known ? ref : undefined });
}

function placeToCompare(compare: string, { at = 0, place, row, inRow }: Address): ComparePlace | undefined {
  const other = readOption(compare);
  return other === undefined ? undefined : { other, at, ...(place === undefined ? {} : { link: place }), ...(row === undefined ? {} : { row }), ...(inRow === undefined ? {} : { inRow }) }; // prettier-ignore
}

/** As a text would write it, whole; undefined: it is none. */
function readOption(words: string): string | undefined {
  const read = readOverrides({ option: words, set: [] });
  return read.ok ? formatOption(makeOption(read.value.preset ?? 'mainline', read.value.knobs)) : undefined;
}

/** Asked for before its text was here. What is opened afterwards is wanted more. */
let awaited: { readonly address: Address; readonly opened: number } | undefined;

function isOnItsWay(scenario: string): boolean {
  if (scenario.startsWith(TRACE)) return false;
  return scenario.startsWith(OWN) ? !page().libraryOpen : mayCome(scenario);
}

async function openLater(address: Address, scenario: string): Promise<void> {
  const asked = { address, opened: page().opened };
  awaited = asked;
  const here = scenario.startsWith(OWN) ? await openLibrary().then(() => true) : await openOthers();
  if (awaited !== asked || page().opened !== asked.opened) return;
  const { notice } = page();
  if (here) openAddress(address);
  else openFirst();
  // What went wrong on the way says more than what came of it.
  if (notice?.tone === 'problem') setPage({ notice });
  if (!here) awaited = { address, opened: page().opened };
}

function openFirst(): void {
  const first = catalogue()[0]?.id;
  if (first !== undefined) openScenario(first);
}

/** The other scenarios that come with the page; false: they cannot be fetched, and the user is told. */
export function openOthers(): Promise<boolean> {
  return openCatalogue().then(
    () => true,
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      const text = `Only the first scenario is here: the others could not be fetched (${why}). Check the connection, then try again.`;
      setPage({ notice: { text, tone: 'problem', action: 'fetch' } });
      return false;
    },
  );
}

/** From the start, where the address had led: browsers do not ask twice for a module that they could not get. */
export function fetchOthers(): void {
  if (awaited?.opened === page().opened) location.hash = formatAddress(awaited.address);
  location.reload();
}

function missing(scenario: string): string {
  if (scenario.startsWith(TRACE)) return 'This address is of a run that the lab found in another visit: this is the first scenario. Open the lab to find it again.'; // prettier-ignore
  return scenario.startsWith(OWN)
    ? 'This address is of a scenario that another browser keeps (or that was deleted here): this is the first one. Ask its owner for the .dax file.'
    : `There is no scenario named '${scenario}': this is the first one.`;
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
  const clock = clockNow();
  if (clock !== undefined) return void clock.by(1, grain);
  seekTo(({ outline }) => forward(outline, page().at, grain));
}

export function stepBack(grain: Grain = page().grain): void {
  const clock = clockNow();
  if (clock !== undefined) return void clock.by(-1, grain);
  seekTo(({ outline }) => back(outline, page().at, grain));
}

/** To a place of the run that is on the screen, or is about to be. */
function seekTo(find: (shown: Shown) => number | undefined): void {
  whenShown(() => {
    const { shown } = page();
    const to = shown && find(shown);
    if (to !== undefined) seek(to);
  });
}

export function first(): void {
  const clock = clockNow();
  if (clock !== undefined) clock.to(0);
  else seekTo(() => 0);
}

export function last(): void {
  const clock = clockNow();
  if (clock !== undefined) clock.to(clock.length());
  else seekTo(({ outline }) => outline.length);
}

export function goToNextViolation(): void {
  const clock = clockNow();
  if (clock !== undefined) return clock.toNextBroken();
  seekTo(({ outline }) => nextViolation(outline, page().at, page().grain));
}

/** Of two runs side by side. */
export function goToFirstDifference(): void {
  clockNow()?.toFirstDifference();
}

export function goToPreviousViolation(): void {
  seekTo(({ outline }) => previousViolation(outline, page().at, page().grain));
}

/** Where a property broke first; a property that held has no place. */
export function goToProperty(id: PropertyId): void {
  const { shown, grain } = page();
  const found = shown?.outline.violations.find((violation) => violation.id === id);
  if (shown !== undefined && found !== undefined) seek(viewOf(shown.outline, found, grain));
}

/** The end of a step of the text, by its index; −1: the beginning. */
export function goToStep(step: number): void {
  const { shown } = page();
  if (shown !== undefined) seek(step < 0 ? 0 : findPlace(shown.outline, { step, kind: 'begun' }));
}

/** One tick of playing; false when there is nothing more to play. */
export function playOn(): boolean {
  const clock = clockNow();
  if (clock !== undefined) return clock.tick();
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

/** Opens the script, goes to its tab, or puts it away if it is what is looked at. */
export function toggleScript(): void {
  const { script, tab } = page();
  setPage(script && tab === 'script' ? { script: false, tab: 'now' } : { script: true, tab: 'script' });
}

export function setTab(tab: Tab): void {
  setPage({ tab });
}

/** The pictures, or tables that say the same. */
export function toggleView(): void {
  setPage({ view: page().view === 'picture' ? 'table' : 'picture' });
}

/** Boxes of the stage, by their keys, out of the picture or back in it. */
export function setHidden(hidden: readonly string[]): void {
  setPage({ hidden: [...new Set(hidden)].sort() });
}

export function showAll(): void {
  setHidden([]);
}

/** Opens the user's library, once; the code for it comes with the first call. */
export async function openLibrary(): Promise<void> {
  await (await import('./keeping.ts')).openLibrary();
}

export function openMenu(menu: Menu): void {
  setPage({ menu, ...(menu.ref === undefined ? {} : { selected: menu.ref }) });
}

export function closeMenu(): void {
  setPage({ menu: undefined });
}

export function openDialog(dialog: DialogName): void {
  setPage({ dialog, playing: false });
}

export function closeDialog(): void {
  setPage({ dialog: undefined });
}

export function setNotice(text: string): void {
  setPage({ notice: { text, tone: 'info' } });
}

export function dismissNotice(): void {
  setPage({ notice: undefined });
}

/**
 * The options lab, as it was left; `world`: a bundled one, or a scenario by its id. Its code comes with the first call.
 */
export async function openLab(place?: LabPlace): Promise<void> {
  setPage({ screen: 'lab', playing: false, ...(place === undefined ? {} : { labPlace: place }) });
  const lab = await import('./lab.ts').catch(() => undefined);
  if (lab === undefined) return tellNotLoaded();
  const world = place?.world ?? '';
  if (!lab.knowsWorld(world) && isOnItsWay(world)) await (world.startsWith(OWN) ? openLibrary() : openOthers());
  // Somebody who went back to the player in the meantime stays there.
  if (page().screen === 'lab') lab.openLab(place);
}

/** The open text as the world of the lab. */
export async function checkInLab(): Promise<void> {
  const lab = await import('./lab.ts').catch(() => undefined);
  if (lab === undefined) tellNotLoaded();
  else lab.worldFromText();
}

/** Back to the player, as it was; one who came to the lab first finds the first scenario. */
export function openPlayer(): void {
  if (page().scenario === '') openFirst();
  else setPage({ screen: 'player' });
}

/**
 * Two runs side by side: the open one, and the same text under another option. Without one: the option that was compared
 * with last, or one worth comparing with.
 */
export async function openCompare(place: Partial<ComparePlace> = {}): Promise<void> {
  const { scenario, shown, at, comparePlace, preset, written } = page();
  if (scenario === '') openFirst();
  const mine = preset ?? shown?.program.option.preset ?? written?.option.preset;
  const other = place.other ?? comparePlace?.other ?? (mine === 'seed' ? 'mainline' : 'seed');
  setPage({ screen: 'compare', playing: false, menu: undefined, comparePlace: { at, ...place, other } });
  await bringCompare();
}

/** Another scenario, or an option of it, and beside it the same text under another. */
export function compareScenario(
  scenario: string,
  preset: PresetName | undefined,
  place: Omit<ComparePlace, 'at'>,
): void {
  openAs({ scenario, preset, kernel: undefined }, { at: 0 }, { at: 0, ...place });
  void bringCompare();
}

async function bringCompare(): Promise<void> {
  const compare = await import('./compare.ts').catch(() => undefined);
  if (compare === undefined) return tellNotLoaded();
  // Somebody who went on in the meantime stays there.
  if (page().screen === 'compare') compare.start();
}

/** Back to the left run alone, at the same place. */
export function leaveCompare(): void {
  const { comparePlace } = page();
  setPage({ playing: false });
  openPlayer();
  if (comparePlace !== undefined) seek(comparePlace.at);
}

/** A part of the page, asked for when it is needed, did not come. */
export function tellNotLoaded(): void {
  const text = 'A file of this page could not be fetched: there is no connection, or the server has a newer version. Reload the page; what you wrote is kept.'; // prettier-ignore
  setPage({ notice: { text, tone: 'problem', action: 'reload' } });
}

export function retryWorker(): void {
  retry();
}
