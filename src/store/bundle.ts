/** The scenarios that come with the page, as text: the first is there at once, the others come after the first picture. */
export type BundledText = { readonly id: string; readonly text: string };

const first: Record<string, string> = import.meta.glob('/public/scenarios/01-*.dax', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** `/public/scenarios/01-read-mr.dax` → `01-read-mr`. */
const idOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.dax$/, '');

/** In the order of their file names. */
export const textsOf = (files: Record<string, string>): readonly BundledText[] =>
  Object.entries(files)
    .map(([path, text]) => ({ id: idOf(path), text }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));

export const BUNDLED: readonly BundledText[] = textsOf(first);

/** All the others, in one file of the build: once it is here, no scenario needs the network. */
export const loadOthers = async (): Promise<readonly BundledText[]> => (await import('./bundleRest.ts')).OTHERS;
