/** What was recorded of the bundled scenarios, each a file of the build that is loaded when it is looked at. */
const FILES: Record<string, () => Promise<unknown>> = import.meta.glob('/public/recordings/*.json', {
  query: '?raw',
  import: 'default',
});

/** As JSON; rejects where there is none, or it cannot be had. */
export async function loadRecording(path: string): Promise<unknown> {
  const load = FILES[`/public/${path}`];
  if (load === undefined) throw new Error('it does not come with the page');
  return JSON.parse(String(await load()));
}
