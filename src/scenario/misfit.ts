/** A run that left its order, told at the word that could not happen. */
import type { Diagnostic } from './diagnostic.ts';
import { loadScenario } from './load.ts';

/** `word`: index among the words of the order. */
export function misfitNotice(text: string, { word, why }: { readonly word: number; readonly why: string }): Diagnostic {
  const loaded = loadScenario(text);
  const span = loaded.ok ? loaded.value.spans.order[word] : undefined;
  const message = `this cannot happen here: ${why}; from here on the run goes on as written`;
  return { ...(span ?? { line: 1, column: 1, length: 1 }), code: 'order-misfit', severity: 'notice', message };
}
