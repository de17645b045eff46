/**
 * What the language has and this build has not. A text that asks for it gets an answer of its own, never half a run. To
 * lift one: delete it here (or from the lists of `sim/model`) and add it where its kind is read.
 */
import type { KnobName } from '../sim/model/knobs.ts';
import type { DiagnosticCode, Reporter } from './diagnostic.ts';
import type { Word } from './lexer.ts';

const LISTS: readonly { readonly code: DiagnosticCode; readonly what: string; readonly words: readonly string[] }[] = [
  { code: 'not-built-verb', what: 'verb', words: [] },
  { code: 'not-built-menu', what: 'menu line', words: ['any'] },
  { code: 'not-built-mode', what: 'fallocate mode', words: [] },
  { code: 'not-built-mapping', what: 'mapping kind', words: ['private', 'anon', 'memfd'] },
  { code: 'not-built-fs', what: 'file system', words: ['ext4', 'device-dax'] },
  { code: 'not-built-kernel', what: 'kernel', words: [] },
  { code: 'not-built-preset', what: 'preset', words: [] },
  {
    code: 'not-built-property',
    what: 'property',
    words: ['S3', 'S9', 'S10', 'L4', 'L9'],
  },
];

/** The words of one kind, for the lists of what is known. */
export function notBuiltWords(code: DiagnosticCode): readonly string[] {
  return LISTS.find((list) => list.code === code)?.words ?? [];
}

/** Says so, and is true, if the word is one of these. */
export function reportNotBuilt(code: DiagnosticCode, word: Word, report: Reporter): boolean {
  const list = LISTS.find((candidate) => candidate.code === code);
  if (list === undefined || !list.words.includes(word.text)) return false;
  report.error(code, word.span, `the ${list.what} '${word.text}' is not in this build yet`);
  return true;
}

export function isKnobValueNotBuilt(_knob: KnobName, _value: string): boolean {
  return false;
}
