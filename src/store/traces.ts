/**
 * Runs found in the lab and opened in the player: texts of this visit. They outlive a reload of the tab, no more; one
 * that is edited becomes the user's own, as a bundled one does.
 */
import { utf8Length, MAX_TEXT_BYTES } from '../scenario/load.ts';
import { TRACE } from './store.ts';

export type TraceText = { readonly id: string; readonly name: string; readonly text: string };

export type TraceStorage = Pick<Storage, 'getItem' | 'setItem'>;

const MOST = 20;
const KEY = 'daxpin.traces';
const MAX_NAME = 300;
const ID = /^trace:\d{1,6}$/;

let traces: readonly TraceText[] = [];
let storage: TraceStorage | undefined;

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && utf8Length(value) <= most;

function decodeTraces(text: string): readonly TraceText[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(list) ? list.slice(-MOST) : []).flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('id' in one) || !('name' in one) || !('text' in one)) return [];
    const { id, name, text: of } = one;
    const fits = isText(id, MAX_NAME) && ID.test(id) && isText(name, MAX_NAME) && isText(of, MAX_TEXT_BYTES);
    return fits ? [{ id, name, text: of }] : [];
  });
}

/** Once, when the page starts: what this tab had before it was reloaded. */
export function openTraces(of: () => TraceStorage): void {
  traces = [];
  try {
    storage = of();
    traces = decodeTraces(storage.getItem(KEY) ?? '');
  } catch {
    // Blocked: they last until the page goes.
    storage = undefined;
  }
}

const numberOf = ({ id }: TraceText): number => Number(id.slice(TRACE.length));

/** Its id as a scenario; the same text has the same. */
export function addTrace(name: string, text: string): string {
  const known = traces.find((trace) => trace.name === name && trace.text === text);
  if (known !== undefined) return known.id;
  const id = `${TRACE}${1 + Math.max(0, ...traces.map(numberOf))}`;
  traces = [...traces, { id, name, text }].slice(-MOST);
  try {
    storage?.setItem(KEY, JSON.stringify(traces));
  } catch {
    // Full: a reload will not find it, and says so.
  }
  return id;
}

export const traceOf = (scenario: string): TraceText | undefined => traces.find(({ id }) => id === scenario);

/** The newest first. */
export const tracesOpened = (): readonly TraceText[] => traces.toReversed();
