/** What the palette lists: every command with its key, what can be chosen, and what the shown run has. */
import { KERNEL_CHOICES, OPTION_CHOICES, scenarioGroups } from '../../viewmodel/pickers.ts';
import { allHideChoices } from '../../viewmodel/hiding.ts';
import { namedEntries, runEntries, type RunEntry } from '../../viewmodel/runIndex.ts';
import { claimKey } from '../../sim/query/claimKey.ts';
import * as actions from '../../store/actions.ts';
import { catalogue } from '../../store/catalogue.ts';
import { OWN, THEMES, type Page } from '../../store/store.ts';
import { visitScenario } from '../../store/visits.ts';
import { isOn, keyShown, type Command } from '../commands/command.ts';
import { THEME_NAMES } from '../shared/theme.ts';

export type Entry = {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly detail: string;
  readonly words: string;
  readonly keys: readonly string[];
  /** Why it cannot be done now. */
  readonly blocked?: string;
  readonly run: () => void;
  /** Of the stage, to get the focus. */
  readonly focus?: string;
};

/** So many scenarios have a digit. */
const DIGITS = 9;

export function commandEntries(commands: readonly Command[], { screen }: Page): readonly Entry[] {
  return commands
    .filter(({ row }) => row === undefined)
    .map((command): Entry => {
      const away = isOn(command, screen) ? undefined : 'Not on this screen.';
      const blocked = away ?? command.blocked?.();
      return {
        id: `command:${command.id}`,
        group: command.group,
        name: command.name,
        detail: '',
        words: command.id,
        keys: command.keys.map(keyShown),
        ...(blocked === undefined ? {} : { blocked }),
        run: command.run,
      };
    });
}

export function scenarioEntries({ own, scenario }: Page): readonly Entry[] {
  const group = 'Scenarios';
  const open = (id: string): string => (id === scenario ? 'open now' : '');
  const ids = catalogue().map(({ id }) => id);
  const groups = scenarioGroups(catalogue());
  const bundled = groups.flatMap(({ name, scenarios }) => scenarios.map((one) => ({ ...one, of: name })));
  bundled.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  return [
    ...own.map(({ id, name }): Entry => ({ id: `scenario:${OWN}${id}`, group, name, detail: open(OWN + id) || 'yours', words: 'scenario own', keys: [], run: () => visitScenario(OWN + id) })), // prettier-ignore
    ...bundled.map(({ id, title, about, of }, n): Entry => ({
      id: `scenario:${id}`,
      group,
      name: title,
      detail: open(id) || of,
      words: `scenario ${id} ${of} ${about}`,
      keys: n < DIGITS ? [`${n + 1}`] : [],
      run: () => visitScenario(id),
    })),
  ];
}

function choiceEntries({ preset, kernel, written, theme }: Page): readonly Entry[] {
  if (written === undefined) return [];
  const now = (is: boolean, more: string): string => (is ? `${more}, chosen` : more);
  return [
    ...OPTION_CHOICES.map(({ preset: value, from, gist }): Entry => ({ id: `option:${value}`, group: 'Options', name: `option ${value}`, detail: now(value === (preset ?? written.option.preset), from), words: gist, keys: [], run: () => actions.setOption(value) })), // prettier-ignore
    ...KERNEL_CHOICES.map(({ kernel: value, text, title }): Entry => ({ id: `kernel:${value}`, group: 'Kernels', name: `kernel ${value}`, detail: now(value === (kernel ?? written.kernel), text), words: title, keys: [], run: () => actions.setKernel(value) })), // prettier-ignore
    ...THEMES.map((value): Entry => ({ id: `theme:${value}`, group: 'Themes', name: `theme ${THEME_NAMES[value]}`, detail: now(value === theme, ''), words: value === 'hc' ? 'projector contrast' : '', keys: [], run: () => actions.setTheme(value) })), // prettier-ignore
  ];
}

function goTo({ go }: RunEntry): void {
  if (go.type === 'object') actions.select(go.ref);
  else if (go.type === 'step') actions.goToStep(go.step);
  else actions.goToProperty(go.id);
}

const ofRun = (entry: RunEntry): Entry => ({
  ...entry,
  keys: [],
  run: () => goTo(entry),
  ...(entry.go.type === 'object' ? { focus: claimKey(entry.go.ref) } : {}),
});

function hideEntries({ shown, hidden }: Page): readonly Entry[] {
  if (shown === undefined) return [];
  return allHideChoices({ program: shown.program, outline: shown.outline, hidden }).map((choice): Entry => ({
    id: `hide:${choice.name}`,
    group: 'Shown objects',
    name: choice.name,
    detail: '',
    words: 'hide show fold object',
    keys: [],
    run: () => actions.setHidden(choice.hidden),
  }));
}

/** Without a query the run's steps and objects would bury the rest: only what is broken is listed. */
export function allEntries(commands: readonly Command[], page: Page, query: string): readonly Entry[] {
  const { shown, screen } = page;
  const asked = query.trim() !== '';
  const run = shown === undefined || screen !== 'player' ? [] : runEntries(shown);
  const listed = asked ? run : run.filter(({ group, blocked }) => group === 'Properties' && blocked === undefined);
  const named = asked && shown !== undefined && screen === 'player' ? namedEntries(shown, query) : [];
  return [
    ...named.map(ofRun),
    ...listed.map(ofRun),
    ...commandEntries(commands, page),
    ...scenarioEntries(page),
    ...choiceEntries(page),
    ...(asked && screen === 'player' ? hideEntries(page) : []),
  ];
}
