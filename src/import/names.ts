/** Names in the scenario, and in the report: as on the machine, or hidden behind numbers. */
import { plain } from './problem.ts';

/** What a name must not be: words that mean something at its place. */
const TAKEN = ['anon', 'memfd', 'peer', 'setup', 'reflink'];
const LONGEST = 40;

export type Names = {
  readonly file: (path: string, hidden: boolean) => string;
  readonly proc: (pid: string | undefined, hidden: boolean) => string;
  readonly free: (name: string) => string;
};

export function createNames(): Names {
  const used = new Set(TAKEN);
  let files = 0;
  let procs = 0;
  const free = (name: string): string => {
    for (let n = 1; ; n++) {
      const candidate = n === 1 ? name : `${name}-${n}`;
      if (used.has(candidate)) continue;
      used.add(candidate);
      return candidate;
    }
  };
  const file = (path: string, hidden: boolean): string => {
    files++;
    const base = path.replace(/^.*\//, '').replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, LONGEST); // prettier-ignore
    return free(hidden || /^-*$/.test(base) ? `file${files}` : base);
  };
  const proc = (pid: string | undefined, hidden: boolean): string => {
    procs++;
    return free(hidden || pid === undefined ? `p${procs}` : `p${pid}`);
  };
  return { file, proc, free };
}

/** In a comment or a sentence: no line of its own, nothing unseen. */
export const shown = (text: string): string => plain(text).slice(0, 200);
