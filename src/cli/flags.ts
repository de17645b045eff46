/** The words after a command: files, and flags with or without a value, `--flag value` or `--flag=value`. */
import { err, ok, type Result } from '../base/result.ts';
import { nearest } from '../scenario/nearest.ts';

/** switch: no value; once: a value, at most once; many: a value, any number of times. */
export type FlagKinds = Readonly<Record<string, 'switch' | 'once' | 'many'>>;

export type Flags = {
  readonly files: readonly string[];
  readonly has: (flag: string) => boolean;
  readonly one: (flag: string) => string | undefined;
  readonly all: (flag: string) => readonly string[];
};

export function readFlags(command: string, words: readonly string[], kinds: FlagKinds): Result<Flags, string> {
  const files: string[] = [];
  const values = new Map<string, string[]>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!isFlag(word)) {
      files.push(word);
      continue;
    }
    const cut = word.indexOf('=');
    const flag = cut < 0 ? word : word.slice(0, cut);
    const kind = kinds[flag];
    if (kind === undefined) return err(`${command} has no option '${flag}'${meant(flag, Object.keys(kinds))}`);
    const given = values.get(flag) ?? [];
    if (kind === 'switch' && cut >= 0) return err(`${flag} takes no value`);
    const value = kind === 'switch' ? '' : cut < 0 ? words[++i] : word.slice(cut + 1);
    if (value === undefined) return err(`${flag} needs a value`);
    if (kind === 'once' && given.length > 0) return err(`${flag} is given twice`);
    values.set(flag, [...given, value]);
  }
  const all = (flag: string): readonly string[] => values.get(flag) ?? [];
  return ok({ files, has: (flag) => values.has(flag), one: (flag) => all(flag)[0], all });
}

const isFlag = (word: string): boolean => word.startsWith('-') && word !== '-';

/** `; did you mean 'pread'?` where a known word is near. */
export function meant(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}
