// The bundled scenarios, as Node reads them: what the page must agree with.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../public/scenarios');

export type BundledText = { readonly id: string; readonly text: string };

export function bundledTexts(): readonly BundledText[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.dax'))
    .sort()
    .map((file) => ({ id: file.replace(/\.dax$/, ''), text: readFileSync(join(FOLDER, file), 'utf8') }));
}
