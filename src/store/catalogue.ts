/** The bundled scenarios as the picker lists them: read once, when first asked for. */
import type { Program } from '../sim/model/program.ts';
import { loadScenario } from '../scenario/load.ts';
import { BUNDLED, loadOthers, type BundledText } from './bundle.ts';
import { setPage } from './store.ts';

export type CatalogueEntry = {
  readonly id: string;
  readonly text: string;
  /** Under the option and kernel that the text names; absent if the text is refused. */
  readonly program: Program | undefined;
};

let texts = BUNDLED;
let entries: readonly CatalogueEntry[] | undefined;
let others: Promise<void> | undefined;

const isWhole = (): boolean => texts !== BUNDLED;

function entry({ id, text }: BundledText): CatalogueEntry {
  const loaded = loadScenario(text);
  return { id, text, program: loaded.ok ? loaded.value.program : undefined };
}

/** The first scenario, and the others as soon as they are here. */
export function catalogue(): readonly CatalogueEntry[] {
  entries ??= texts.map(entry);
  return entries;
}

/** Of the texts: nobody waits for all of them to be read to see one. */
export function bundledText(id: string): string | undefined {
  return texts.find((one) => one.id === id)?.text;
}

/** Whether it could still come. */
export const mayCome = (id: string): boolean => !isWhole() && bundledText(id) === undefined;

/** Once; rejected where their file cannot be fetched. */
export function openCatalogue(load: () => Promise<readonly BundledText[]> = loadOthers): Promise<void> {
  others ??= load().then((more) => {
    texts = [...BUNDLED, ...more];
    entries = undefined;
    setPage({ catalogueOpen: true });
  });
  return others;
}
