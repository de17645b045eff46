/** The user's own options as the lab has them: read once, and kept as they change. */
import { lab, setLab } from './labStore.ts';
import { setPage } from './store.ts';
import { optionShelf, type OptionShelf, type OptionStorage, type OwnOption } from '../library/ownOptions.ts';
import type { LabRow } from '../viewmodel/labState.ts';

let shelf: OptionShelf | undefined;
let opened = false;

/** Touching it throws where it is blocked. */
function browserStorage(): OptionStorage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

const rowFor = ({ id, name, preset, set }: OwnOption): LabRow => ({
  id,
  name,
  option: { preset, set },
  own: true,
  hidden: false,
  status: 'idle',
});

/** Once a visit. */
export function openOptions(storage: OptionStorage | undefined = opened ? undefined : browserStorage()): void {
  if (opened) return;
  opened = true;
  shelf = storage === undefined ? undefined : optionShelf(storage);
  const { options, setAside } = shelf?.readAll() ?? { options: [], setAside: 0 };
  const known = new Set(lab().rows.map(({ id }) => id));
  setLab({ rows: [...lab().rows, ...options.filter(({ id }) => !known.has(id)).map(rowFor)], kept: shelf !== undefined }); // prettier-ignore
  if (setAside === 0) return;
  const what = setAside === 1 ? 'An option of yours' : `${setAside} options of yours`;
  setPage({ notice: { text: `${what} could not be read and ${setAside === 1 ? 'was' : 'were'} set aside in this browser; nothing was deleted.`, tone: 'problem' } }); // prettier-ignore
}

/** For tests: as if the page went away. */
export function closeOptions(): void {
  shelf = undefined;
  opened = false;
}

export function keepOption({ id, name, option }: LabRow): void {
  setLab({ kept: shelf?.put({ id, name, ...option }) ?? false });
}

export function forgetOption(id: string): void {
  shelf?.remove(id);
}
