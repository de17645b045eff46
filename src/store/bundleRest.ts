/** The bundled texts that are not needed for the first picture. */
import { textsOf, type BundledText } from './bundle.ts';

const files: Record<string, string> = import.meta.glob(['/public/scenarios/*.dax', '!/public/scenarios/01-*.dax'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const OTHERS: readonly BundledText[] = textsOf(files);
