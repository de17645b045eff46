/** What is known of an option beside its knobs: a card. The cards are in `options.data.ts`. */

/** Where it can be read: a message by its id, or a page by its address. */
export type Source = { readonly messageId: string } | { readonly address: string };

/** Somebody said something at some time. */
export type Said = {
  readonly who: string;
  /** A day (`2019-02-06`), a month or a year. */
  readonly when: string;
  /** In our words. */
  readonly text: string;
  /** Absent: known only from what others quote. */
  readonly source?: Source;
};

export type OptionCard = {
  /** What it does, in two or three sentences. */
  readonly what: string;
  readonly proposed: readonly Said[];
  readonly objections: readonly Said[];
  /** Its state in the mainline kernel today. */
  readonly today: string;
};

/** The address of a source: of a message, in the archive of the lists. */
export function addressOf(source: Source): string {
  return 'address' in source ? source.address : `https://lore.kernel.org/all/${encodeURI(source.messageId)}/`;
}
