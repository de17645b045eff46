/** The option and kernel of a command line, read by the rules of the `option` and `kernel` lines. */
import { err, ok, type Result } from '../base/result.ts';
import { createReporter, type Diagnostic } from './diagnostic.ts';
import type { Word } from './lexer.ts';
import { readKnob, readOption } from './parseOption.ts';
import { readKernel, type Overrides } from './resolveHeader.ts';
import type { Knobs } from '../sim/model/knobs.ts';

export type OverrideWords = {
  /** A preset, or what may stand on an `option` line. */
  readonly option?: string;
  /** `knob=value`, each on top of those before. */
  readonly set: readonly string[];
  readonly kernel?: string;
};

/** Spans of the diagnostics mean nothing here: there is no text. */
export function readOverrides({ option, set, kernel }: OverrideWords): Result<Overrides, readonly Diagnostic[]> {
  const report = createReporter();
  const words = (option ?? '').split(/\s+/).filter((word) => word !== '');
  if (option !== undefined && words.length === 0) words.push('');
  const { preset, knobs } = readOption(words.map(wordOf), report);
  const changed = set.reduce<Partial<Knobs>>((all, word) => ({ ...all, ...readKnob(wordOf(word), {}, report) }), knobs);
  const version = kernel === undefined ? undefined : readKernel(wordOf(kernel), report);
  if (report.failed()) return err(report.all());
  return ok({
    ...(preset === undefined ? {} : { preset }),
    knobs: changed,
    ...(version === undefined ? {} : { kernel: version }),
  });
}

const wordOf = (text: string): Word => ({ text, quoted: false, span: { line: 1, column: 1, length: text.length } });
