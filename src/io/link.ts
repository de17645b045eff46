/**
 * The seal of a link. `#v=1&s=01-read-mr-goes-stale&n=3&z=Ab3_x-`: the version first, a checksum of all before it last.
 * What has a version and no checksum was cut, where they disagree a character was changed. An address without a version
 * was typed by hand, or is older than versions, and is taken as it stands.
 */
import { checksum } from './checksum.ts';

export const LINK_VERSION = 1;
/** No longer link is read: the text of 256 kB that compresses worst. */
export const MAX_LINK = 400_000;

export type Sealed =
  | { readonly type: 'plain' | 'whole' | 'cut' | 'damaged' }
  /** Made by a page that knows more than this one. */
  | { readonly type: 'newer'; readonly version: number };

export type ReadLink = { readonly seal: Sealed; /** Without version and checksum. */ readonly fields: string };

const VERSION = /^v=(\d{1,4})(?:&|$)/;
const SEAL = /&z=([\w-]{0,6})$/;

/** `s=a&n=3` → `#v=1&s=a&n=3&z=……`. */
export function sealLink(fields: string): string {
  const body = `v=${LINK_VERSION}&${fields}`;
  return `#${body}&z=${checksum(body)}`;
}

export function readLink(hash: string): ReadLink {
  const text = hash.replace(/^#/, '');
  const version = VERSION.exec(text);
  if (version === null) return { seal: { type: 'plain' }, fields: text };
  const [head, number] = version;
  const seal = SEAL.exec(text);
  const body = seal === null ? text : text.slice(0, seal.index);
  return { seal: sealOf(Number(number), body, seal?.[1]), fields: body.slice(head.length) };
}

function sealOf(version: number, body: string, sum: string | undefined): Sealed {
  if (sum === undefined || sum.length < 6) return { type: 'cut' };
  if (sum !== checksum(body)) return { type: 'damaged' };
  return version > LINK_VERSION ? { type: 'newer', version } : { type: 'whole' };
}
