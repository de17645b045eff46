/** The HTML that puts a view into somebody's page. */

/** No view is told apart in less. */
export const LEAST_EMBED = { width: 480, height: 320 } as const;
const MOST = 4000;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const within = (least: number, value: number): number =>
  Number.isFinite(value) ? Math.min(MOST, Math.max(least, Math.round(value))) : least;

export function embedCode(
  link: string,
  title: string,
  size: { readonly width: number; readonly height: number },
): string {
  const width = within(LEAST_EMBED.width, size.width);
  const height = within(LEAST_EMBED.height, size.height);
  return `<iframe src="${escape(link)}" width="${width}" height="${height}" title="${escape(title)}" loading="lazy" style="border: 0; max-width: 100%"></iframe>`;
}
