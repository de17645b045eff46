/** The bundled scenarios as the picker lists them: read once, when first asked for. */
import type { Program } from '../sim/model/program.ts';
import { loadScenario } from '../scenario/load.ts';
import { BUNDLED } from './bundle.ts';

export type CatalogueEntry = {
  readonly id: string;
  readonly text: string;
  /** Under the option and kernel that the text names; absent if the text is refused. */
  readonly program: Program | undefined;
};

let entries: readonly CatalogueEntry[] | undefined;

export function catalogue(): readonly CatalogueEntry[] {
  entries ??= BUNDLED.map(({ id, text }) => {
    const loaded = loadScenario(text);
    return { id, text, program: loaded.ok ? loaded.value.program : undefined };
  });
  return entries;
}

export function entryOf(id: string): CatalogueEntry | undefined {
  return catalogue().find((entry) => entry.id === id);
}
