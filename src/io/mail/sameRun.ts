/** Whether two texts run alike: what a mail prints of one, told apart from prose, notes, conditions and expectations. */
import { loadScenario } from '../../scenario/load.ts';
import { ascii } from './plainText.ts';
import { setupOf } from './runText.ts';

type RunPrint = { readonly title: string; /** Setup and steps, one a line. */ readonly lines: string };

/** Undefined: the text has errors. Option and kernel are not part of it: they can be chosen. */
export function printOfRun(text: string): RunPrint | undefined {
  const loaded = loadScenario(text);
  if (!loaded.ok) return undefined;
  const { title, steps, actors } = loaded.value.program;
  const lines = [...setupOf(text), ...steps.map((step) => `${actors[step.actor]?.name ?? ''} ${step.text}`)];
  return { title: ascii(title).replaceAll('"', "'"), lines: lines.join('\n') };
}

/** Texts do not change; many blocks are compared with the same ones. */
const prints = new Map<string, RunPrint | undefined>();
const MOST_KEPT = 500;

function keptPrint(text: string): RunPrint | undefined {
  if (!prints.has(text)) {
    if (prints.size >= MOST_KEPT) prints.clear();
    prints.set(text, printOfRun(text));
  }
  return prints.get(text);
}

/** The best of some texts that run as `text` does: one of its title before others. */
export function findRun<T extends { readonly text: string }>(text: string, among: readonly T[]): T | undefined {
  const wanted = printOfRun(text);
  if (wanted === undefined) return undefined;
  const alike = among.filter((one) => keptPrint(one.text)?.lines === wanted.lines);
  return alike.find((one) => keptPrint(one.text)?.title === wanted.title) ?? alike[0];
}
