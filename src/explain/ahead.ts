/** What the next step will change, before it is taken. */
import type { Program } from '../sim/model/program.ts';
import type { Moment } from '../sim/outline.ts';
import { changedBy, type Change } from './changes.ts';

/** `next`: the moment at the next place since the one that is shown. In the words of `changedBy`, in the future. */
export const willChange = (program: Program, next: Moment): readonly Change[] =>
  changedBy(program, next).map(({ text, ref }) => ({ text: inFuture(text), ref }));

const VERB = / (moved from|lost|is|are|has|have|holds?|maps?|translates?|caches)(?= )/;
const BASE: Readonly<Record<string, string>> = { 'moved from': 'move from', lost: 'lose', is: 'be', are: 'be', has: 'have' }; // prettier-ignore

/** `A[1] moved from block 1 to block 4` → `A[1] will move from …`; `holds X, was b` → `will hold X, holds b now`. */
export function inFuture(text: string): string {
  const verb = VERB.exec(text)?.[1] ?? '';
  const later = text.replace(VERB, ` will ${BASE[verb] ?? verb.replace(/s$/, '')}`);
  const [, first = later, was] = /^(.*), was (.+)$/.exec(later) ?? [];
  return was === undefined ? later.replace(/ now$/, '') : `${first}, ${verb} ${was} now`;
}
