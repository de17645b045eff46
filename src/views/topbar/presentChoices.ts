/** What can be presented. The talks themselves come with the presentation, only their names are here. */
import type * as RoomModule from '../../store/room.ts';
import { tellNotLoaded } from '../../store/actions.ts';

type Room = typeof RoomModule;

const inRoom = (act: (room: Room) => unknown): void => void import('../../store/room.ts').then(act, tellNotLoaded);

/** Asks for a file; the window belongs to the browser. */
function chooseTalk(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.talk,text/plain';
  input.multiple = true;
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) inRoom((room) => room.openTalks(files));
  });
  input.click();
}

export type PresentChoice = { readonly name: string; readonly act: () => void };

export const presentMenu = (): readonly PresentChoice[] => [
  { name: 'Present this scenario', act: () => inRoom((room) => room.present()) },
  { name: 'Present: the thread in ten minutes', act: () => inRoom((room) => room.presentTalk('thread')) },
  { name: 'Open a talk file …', act: chooseTalk },
];
