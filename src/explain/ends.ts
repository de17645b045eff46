/** Ends of runs in words, after herd7: what a final state looks like, and how often a condition was met. */

type Blocks = readonly (number | null)[];

/** What an end looks like from outside; `sim/final` makes it. */
type End = {
  readonly files: Readonly<Record<string, { readonly data: string | readonly string[]; readonly blocks: Blocks }>>;
  readonly free: number;
  readonly zombie: number;
  readonly mrs: Readonly<Record<string, { readonly state: string; readonly blocks: Blocks }>>;
  readonly actors: Readonly<Record<string, string>>;
};

/** `A=aX@0,4 free=4 mr=live@0,1 app=killed`: what is as usual is left out. */
export function endWords({ files, free, zombie, mrs, actors }: End): string {
  return [
    ...Object.entries(files).map(([name, { data, blocks }]) => `${name}=${typeof data === 'string' ? data || 'empty' : data.join(',')}${blocksWords(blocks)}`), // prettier-ignore
    `free=${free}`,
    ...(zombie === 0 ? [] : [`zombie=${zombie}`]),
    ...Object.entries(mrs).map(([name, mr]) => `${name}=${mr.state}${mr.state === 'live' ? blocksWords(mr.blocks) : ''}`), // prettier-ignore
    ...Object.entries(actors).flatMap(([name, is]) => (is === 'idle' ? [] : [`${name}=${is}`])),
  ].join(' ');
}

const blocksWords = (blocks: Blocks): string =>
  blocks.length === 0 ? '' : `@${blocks.map((block) => block ?? '-').join(',')}`;

type Tally = { readonly positive: number; readonly negative: number };

/** `Observation NAME Sometimes 3 5`; of a condition that no run has been judged by, Never 0 0. */
export function observationLine(name: string, { positive, negative }: Tally): string {
  const how = positive === 0 ? 'Never' : negative === 0 ? 'Always' : 'Sometimes';
  return `Observation ${name} ${how} ${positive} ${negative}`;
}
