/**
 * What the page and the speaker's window say to each other. A window may be anybody's, so a message is read with bounds,
 * and what does not fit is nothing. Each carries its sender and a number: it may come on two ways and counts once.
 */

/** What the speaker's window shows. */
export type Notes = {
  /** Of the talk, else of the scenario. */
  readonly title: string;
  /** `Slide 3 of 14`, `Step 2 of 5`. */
  readonly place: string;
  /** What is on the wall. */
  readonly caption: string;
  /** The sentence in full. */
  readonly sentence: string;
  readonly note: readonly string[];
  readonly next: string;
  /** Of the presentation, in ms, when this was sent. */
  readonly elapsed: number;
  readonly blank: boolean;
  /** Why there is no QR code on the wall, or why it may not work. */
  readonly qr: string;
};

export const NOTES_ORDERS = ['next', 'back', 'first', 'last', 'blank', 'violation'] as const;
export type NotesOrder = (typeof NOTES_ORDERS)[number];

export type NotesBody =
  | { readonly type: 'notes'; readonly notes: Notes }
  /** The speaker's window is there and wants to know. */
  | { readonly type: 'hello' }
  /** The presentation has ended. */
  | { readonly type: 'ended' }
  | { readonly type: 'order'; readonly order: NotesOrder };

export type NotesMessage = {
  readonly daxpin: 'notes';
  readonly channel: string;
  readonly sender: string;
  readonly number: number;
  readonly body: NotesBody;
};

const NAME = /^[0-9a-f]{16}$/;
const MOST_TEXT = 2000;
const MOST_NOTES = 20;

export const isChannel = (name: string): boolean => NAME.test(name);

/** `#notes=0123456789abcdef`: the address of the speaker's window. */
export const notesHash = (channel: string): string => `#notes=${channel}`;

export function channelOf(hash: string): string | undefined {
  const name = /^#notes=(.{16})$/.exec(hash)?.[1];
  return name !== undefined && isChannel(name) ? name : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST_TEXT;
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER;

function readNotes(value: unknown): Notes | undefined {
  if (!isObject(value)) return undefined;
  const { title, place, caption, sentence, note, next, elapsed, blank, qr } = value;
  if (!isText(title) || !isText(place) || !isText(caption) || !isText(sentence) || !isText(next) || !isText(qr))
    return undefined;
  if (!Array.isArray(note) || note.length > MOST_NOTES) return undefined;
  const lines: readonly unknown[] = note;
  const texts = lines.filter(isText);
  if (texts.length !== lines.length || !isCount(elapsed) || typeof blank !== 'boolean') return undefined;
  return { title, place, caption, sentence, note: texts, next, elapsed, blank, qr };
}

function readBody(value: unknown): NotesBody | undefined {
  if (!isObject(value)) return undefined;
  switch (value['type']) {
    case 'hello':
    case 'ended':
      return { type: value['type'] };
    case 'order': {
      const order = NOTES_ORDERS.find((one) => one === value['order']);
      return order === undefined ? undefined : { type: 'order', order };
    }
    case 'notes': {
      const notes = readNotes(value['notes']);
      return notes === undefined ? undefined : { type: 'notes', notes };
    }
    default:
      return undefined;
  }
}

export function readMessage(value: unknown, channel: string): NotesMessage | undefined {
  if (!isObject(value) || value['daxpin'] !== 'notes' || value['channel'] !== channel) return undefined;
  const { sender, number } = value;
  if (typeof sender !== 'string' || !isChannel(sender) || !isCount(number)) return undefined;
  const body = readBody(value['body']);
  return body === undefined ? undefined : { daxpin: 'notes', channel, sender, number, body };
}

/** Text for the other window: whatever it is, it must not be refused there. */
export const boundText = (text: string): string => text.slice(0, MOST_TEXT);
