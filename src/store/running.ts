/** From the text to its run: parsed under what the pickers say, and handed to the simulation if it is whole. */
import type { Directive, Document } from '../scenario/ast.ts';
import { loadScenario } from '../scenario/load.ts';
import { makeOption, type PresetName } from '../sim/model/knobs.ts';
import type { Kernel } from '../sim/model/program.ts';
import { KERNELS } from '../sim/model/program.ts';
import { startRun, type Opening } from './session.ts';
import { page, setPage, type Written } from './store.ts';

export type Choice = {
  readonly scenario: string;
  readonly preset: PresetName | undefined;
  readonly kernel: Kernel | undefined;
};

/** False: the text has errors. They are told, and the last good picture stays. */
export function runText(choice: Choice, text: string, opening: Opening): boolean {
  const loaded = loadScenario(text, {
    ...(choice.preset === undefined ? {} : { preset: choice.preset }),
    ...(choice.kernel === undefined ? {} : { kernel: choice.kernel }),
  });
  if (!loaded.ok) {
    // Of another text, what the text before asked for says nothing.
    const written = choice.scenario === page().scenario ? page().written : undefined;
    setPage({ ...choice, text, problems: loaded.error, written, playing: false });
    return false;
  }
  const { program, document, notices } = loaded.value;
  setPage({ ...choice, text, problems: notices, written: writtenIn(document), playing: false });
  startRun(choice.scenario, program, opening);
  return true;
}

/** The option and the kernel of the text itself: what the pickers call `as written`. */
function writtenIn(document: Document): Written {
  const last = <T extends Directive['type']>(type: T): Extract<Directive, { type: T }> | undefined =>
    document.lines
      .flatMap(({ item }) => item ?? [])
      .findLast((item): item is Extract<Directive, { type: T }> => item.type === type);
  const version = last('kernel')?.version.text;
  const option = last('option')?.option;
  return {
    kernel: KERNELS.find((kernel) => kernel === version) ?? KERNELS[0],
    option: makeOption(option?.preset ?? 'mainline', option?.knobs),
  };
}
