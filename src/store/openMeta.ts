/** What a run that was saved as a page needs when that page starts. */

/** The name of the place in the page where a saved run says what to open. */
export const OPEN_META = 'daxpin-open';

let original: string | undefined;

/** Of the page as one file: what it was before anything was drawn, for a file from the disk cannot be read again. */
export function keepOriginal(html: string): void {
  original = html;
}

export const originalPage = (): string | undefined => original;
