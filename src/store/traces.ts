/**
 * Runs found in the lab and opened in the player: texts of this visit. They are kept for a reload of the tab, not
 * longer; one that is edited becomes the user's own, as a bundled one does.
 */
import { TRACE } from './store.ts';

export type TraceText = { readonly name: string; readonly text: string };

const MOST = 50;
const traces = new Map<string, TraceText>();
let last = 0;

/** Its id as a scenario. */
export function addTrace(name: string, text: string): string {
  const known = [...traces].find(([, trace]) => trace.name === name && trace.text === text);
  if (known !== undefined) return known[0];
  last += 1;
  const id = `${TRACE}${last}`;
  traces.set(id, { name, text });
  const oldest = traces.keys().next();
  if (traces.size > MOST && oldest.done !== true) traces.delete(oldest.value);
  return id;
}

export const traceOf = (scenario: string): TraceText | undefined => traces.get(scenario);
