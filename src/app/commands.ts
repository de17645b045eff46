/** Everything that can be done with the page as a whole, in the order in which the help tells it. */
import * as actions from '../store/actions.ts';
import { toggleAhead } from '../store/ahead.ts';
import { togglePlay } from '../store/playback.ts';
import { goToChange } from '../store/changes.ts';
import { page, type Screen } from '../store/store.ts';
import { visitNth } from '../store/visits.ts';
import type * as RoomModule from '../store/room.ts';
import type * as NotesModule from '../views/room/notesWindow.ts';
import { openActions } from '../views/actions/openActions.ts';
import type { Command } from '../views/commands/command.ts';
import { cannotHide, hideSelected } from '../views/hiding/hideSelected.ts';
import { cycleTheme } from '../views/shared/theme.ts';

/** Where a run can be stepped. */
const STEPPED: readonly Screen[] = ['player', 'compare'];
const PLAYER: readonly Screen[] = ['player'];
const ROOM: readonly Screen[] = ['room'];
const WITH_ROOM: readonly Screen[] = [...STEPPED, 'room'];

const STEP: readonly Command[] = [
  { id: 'next', name: 'Next step', group: 'Step', keys: ['ArrowRight', '.', 'PageDown'], on: STEPPED, run: () => actions.stepForward() }, // prettier-ignore
  { id: 'back', name: 'Step back', group: 'Step', keys: ['ArrowLeft', 'PageUp'], on: STEPPED, run: () => actions.stepBack() }, // prettier-ignore
  { id: 'next-micro', name: 'One micro-step on', group: 'Step', keys: ['Shift+ArrowRight'], on: WITH_ROOM, run: () => actions.stepForward('micro') }, // prettier-ignore
  { id: 'back-micro', name: 'One micro-step back', group: 'Step', keys: ['Shift+ArrowLeft'], on: WITH_ROOM, run: () => actions.stepBack('micro') }, // prettier-ignore
  { id: 'first', name: 'To the beginning', group: 'Step', keys: ['Home'], on: STEPPED, run: actions.first },
  { id: 'last', name: 'To the end', group: 'Step', keys: ['End'], on: STEPPED, run: actions.last },
  { id: 'play', name: 'Play, pause', group: 'Step', keys: [' '], on: STEPPED, run: togglePlay },
  { id: 'violation', name: 'Next broken property', group: 'Step', keys: ['n'], on: WITH_ROOM, run: actions.goToNextViolation }, // prettier-ignore
  { id: 'previous-violation', name: 'Previous broken property', group: 'Step', keys: ['N'], on: PLAYER, run: actions.goToPreviousViolation }, // prettier-ignore
  { id: 'next-change', name: 'Next step that changes the selected object', group: 'Step', keys: ['j'], on: PLAYER, blocked: needsSelection, run: () => void goToChange(1) }, // prettier-ignore
  { id: 'previous-change', name: 'Previous step that changes the selected object', group: 'Step', keys: ['J'], on: PLAYER, blocked: needsSelection, run: () => void goToChange(-1) }, // prettier-ignore
  { id: 'grain', name: 'Go by step, or by micro-step', group: 'Step', keys: ['g'], on: WITH_ROOM, run: actions.toggleGrain }, // prettier-ignore
];

const LOOK: readonly Command[] = [
  { id: 'table', name: 'View as table, as picture', group: 'Look', keys: ['v'], on: PLAYER, run: actions.toggleView },
  {
    id: 'ahead',
    name: 'Show what the next step will change; or no more',
    group: 'Look',
    keys: ['x'],
    on: PLAYER,
    run: toggleAhead,
  },
  { id: 'hide', name: 'Hide the selected object', group: 'Look', keys: ['h'], on: STEPPED, blocked: cannotHide, run: hideSelected }, // prettier-ignore
  { id: 'show-all', name: 'Show all that is hidden', group: 'Look', keys: ['H'], on: STEPPED, blocked: () => (page().hidden.length === 0 ? 'Nothing is hidden.' : undefined), run: actions.showAll }, // prettier-ignore
];

/** One key each; the palette lists the scenarios themselves. */
const SCENARIO_KEYS: readonly Command[] = Array.from({ length: 9 }, (_, i): Command => ({
  id: `scenario-${i + 1}`,
  name: `Scenario ${i + 1}`,
  group: 'Screens',
  keys: [`${i + 1}`],
  // A clicker with digits does not leave the room.
  on: ['player', 'compare', 'lab'],
  row: 'One of the first nine scenarios (Back: where you were)',
  run: () => void visitNth(i + 1),
}));

function needsSelection(): string | undefined {
  return page().selected === undefined ? 'Select an object first.' : undefined;
}

const CHANGE: readonly Command[] = [
  { id: 'script', name: 'Script: open the text, put it away', group: 'Change', keys: ['e'], on: PLAYER, run: actions.toggleScript }, // prettier-ignore
  { id: 'actions', name: 'Do this now: what can be done with the selected object', group: 'Change', keys: ['a'], on: PLAYER, run: () => openActions() }, // prettier-ignore
  { id: 'clear', name: 'Clear the selection', group: 'Look', keys: ['Escape'], on: STEPPED, run: () => actions.select(undefined) }, // prettier-ignore
];

const SCREENS: readonly Command[] = [
  { id: 'palette', name: 'Commands and search: objects, steps, properties, scenarios', group: 'Screens', keys: ['Mod+k', '/'], run: () => actions.openDialog('palette') }, // prettier-ignore
  { id: 'scenarios', name: 'All scenarios', group: 'Screens', keys: ['0'], run: openOthersAndList },
  { id: 'compare', name: 'Compare: the scenario under two options, side by side; and back to the player', group: 'Screens', keys: ['c'], run: toggleCompare }, // prettier-ignore
  { id: 'first-difference', name: 'To the first step that the two options take otherwise', group: 'Step', keys: ['d'], on: ['compare'], run: actions.goToFirstDifference }, // prettier-ignore
  { id: 'lab', name: 'The lab: every option against every property; and back to the player', group: 'Screens', keys: ['l'], run: toggleLab }, // prettier-ignore
];

function toggleCompare(): void {
  if (page().screen === 'compare') actions.leaveCompare();
  else void actions.openCompare();
}

function openOthersAndList(): void {
  actions.openDialog('scenarios');
  void actions.openOthers();
}

function toggleLab(): void {
  if (page().screen === 'lab') actions.openPlayer();
  else void actions.openLab();
}

const SHARE: readonly Command[] = [
  { id: 'share', name: 'Share: link, Markdown, open what others shared', group: 'Share', keys: ['s'], run: () => actions.openDialog('share') }, // prettier-ignore
  { id: 'mail', name: 'Copy this state as text for a mail', group: 'Share', keys: ['m'], on: PLAYER, run: () => actions.openDialog('mail') }, // prettier-ignore
  { id: 'import', name: 'Import a real machine: outputs of filefrag, xfs_bmap, /proc, rdma', group: 'Share', keys: ['i'], run: () => actions.openDialog('import') }, // prettier-ignore
  { id: 'handout', name: 'Handout: a picture and a sentence for each step, to print', group: 'Share', keys: [], run: () => actions.openDialog('handout') }, // prettier-ignore
];

type Room = typeof RoomModule;
type NotesWindow = typeof NotesModule;

/** The code of a presentation comes with the first. */
const inRoom = (act: (room: Room) => unknown) => (): void =>
  void import('../store/room.ts').then(act, actions.tellNotLoaded);
const withNotes = (act: (notes: NotesWindow) => unknown) => (): void =>
  void import('../views/room/notesWindow.ts').then(act, actions.tellNotLoaded);
const toggleFullScreen = (): void =>
  void import('../views/room/fullScreen.ts').then((full) => full.toggleFullScreen(), actions.tellNotLoaded);

const PRESENT: readonly Command[] = [
  { id: 'present', name: 'Present this scenario: full screen, for a room', group: 'Screens', keys: ['p'], on: PLAYER, run: inRoom((room) => room.present()) }, // prettier-ignore
  { id: 'room-next', name: 'Presenting: next step, or next slide of a talk', group: 'Step', keys: ['ArrowRight', '.', 'PageDown', ' '], on: ROOM, run: inRoom((room) => room.goOn()) }, // prettier-ignore
  { id: 'room-back', name: 'Presenting: back', group: 'Step', keys: ['ArrowLeft', 'PageUp'], on: ROOM, run: inRoom((room) => room.goBack()) }, // prettier-ignore
  { id: 'room-down', name: 'In a talk: a step on, within the slide', group: 'Step', keys: ['ArrowDown'], on: ROOM, run: () => actions.stepForward() }, // prettier-ignore
  { id: 'room-up', name: 'In a talk: a step back within the slide', group: 'Step', keys: ['ArrowUp'], on: ROOM, run: () => actions.stepBack() }, // prettier-ignore
  { id: 'room-first', name: 'Presenting: to the beginning', group: 'Step', keys: ['Home'], on: ROOM, run: inRoom((room) => room.goFirst()) }, // prettier-ignore
  { id: 'room-last', name: 'Presenting: to the end', group: 'Step', keys: ['End'], on: ROOM, run: inRoom((room) => room.goLast()) }, // prettier-ignore
  { id: 'room-blank', name: 'Presenting: blank the wall; any key shows it again', group: 'Screens', keys: ['b'], on: ROOM, run: inRoom((room) => room.toggleBlank()) }, // prettier-ignore
  { id: 'room-qr', name: 'Presenting: show or hide the QR code', group: 'Screens', keys: ['q'], on: ROOM, run: inRoom((room) => room.toggleQr()) }, // prettier-ignore
  { id: 'room-notes', name: 'Presenting: the notes, in a window of their own', group: 'Screens', keys: ['w'], on: ROOM, run: withNotes((notes) => notes.openNotes()) }, // prettier-ignore
  { id: 'room-full', name: 'Presenting: full screen, or not', group: 'Screens', keys: ['f'], on: ROOM, run: toggleFullScreen }, // prettier-ignore
  { id: 'room-leave', name: 'Leave the presentation', group: 'Screens', keys: ['Escape'], on: ROOM, run: inRoom((room) => room.leaveRoom()) }, // prettier-ignore
];

export type Dialogs = { readonly onHelp: () => void };

export const commandsOf = ({ onHelp }: Dialogs): readonly Command[] => [
  ...STEP,
  ...LOOK,
  ...CHANGE,
  ...SCREENS,
  ...SCENARIO_KEYS,
  ...PRESENT,
  ...SHARE,
  { id: 'theme', name: 'Theme: light, dark, high contrast', group: 'Page', keys: ['t'], run: cycleTheme },
  { id: 'help', name: 'Help: all keys', group: 'Page', keys: ['?'], run: onHelp },
];
