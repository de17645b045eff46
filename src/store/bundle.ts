/** The scenarios that come with the page, as text, in the order of their file names: in the build, never fetched. */
const files: Record<string, string> = import.meta.glob('/public/scenarios/*.dax', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export type BundledText = { readonly id: string; readonly text: string };

/** `/public/scenarios/01-read-mr.dax` → `01-read-mr`. */
const idOf = (path: string): string => path.replace(/^.*\//, '').replace(/\.dax$/, '');

export const BUNDLED: readonly BundledText[] = Object.entries(files)
  .map(([path, text]) => ({ id: idOf(path), text }))
  .sort((a, b) => (a.id < b.id ? -1 : 1));
