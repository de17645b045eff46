/** What a presentation knows beside the page: comes with it. */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';

export type Room = {
  /** The wall is black, until a key. */
  readonly blank: boolean;
  readonly qr: boolean;
  /** Counts what was started: the speaker's clock begins anew. */
  readonly started: number;
};

export const roomStore = createStore<Room>(() => ({ blank: false, qr: true, started: 0 }));
export const room = (): Room => roomStore.getState();
export const setRoom = (change: Partial<Room>): void => roomStore.setState(change);

export function useRoom<T>(select: (room: Room) => T): T {
  return useStore(roomStore, select);
}
