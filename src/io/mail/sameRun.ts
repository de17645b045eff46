/** Whether two texts run alike: what a mail prints of one, told apart from prose, notes, conditions and expectations. */
import { loadScenario } from '../../scenario/load.ts';
import { ascii } from './plainText.ts';
import { setupOf } from './runText.ts';

export type RunPrint = { readonly title: string; /** Setup and steps, one a line. */ readonly lines: string };

/** Undefined: the text has errors. Option and kernel are not part of it: they can be chosen. */
export function printOfRun(text: string): RunPrint | undefined {
  const loaded = loadScenario(text);
  if (!loaded.ok) return undefined;
  const { title, steps, actors } = loaded.value.program;
  const lines = [...setupOf(text), ...steps.map((step) => `${actors[step.actor]?.name ?? ''} ${step.text}`)];
  return { title: ascii(title).replaceAll('"', "'"), lines: lines.join('\n') };
}

/** The best of some texts that run as `text` does: one of its title before others. */
export function findRun<T extends { readonly text: string }>(text: string, among: readonly T[]): T | undefined {
  const wanted = printOfRun(text);
  if (wanted === undefined) return undefined;
  const alike = among.flatMap((one) => {
    const print = printOfRun(one.text);
    return print?.lines === wanted.lines ? [{ one, named: print.title === wanted.title }] : [];
  });
  return (alike.find(({ named }) => named) ?? alike[0])?.one;
}
