/** The words of the command line. */
import { err, ok, type Result } from '../base/result.ts';
import { nearest } from '../scenario/nearest.ts';
import type { OverrideWords } from '../scenario/overrides.ts';

export const USAGE = `usage:
  daxpin run FILE… [--option PRESET] [--set knob=value] [--kernel 6.12] [--json]
  daxpin fmt FILE
FILE may be -. Exit status: 0 every expectation and condition met; 1 some not; 2 the text or the call is wrong.
`;

/** Of the language, not of this build: they need the checker. */
const NOT_BUILT = ['check', 'matrix'];
const COMMANDS = ['run', 'fmt', 'help', ...NOT_BUILT];

export type Call =
  | { readonly command: 'help' }
  | { readonly command: 'fmt'; readonly file: string }
  | {
      readonly command: 'run';
      readonly files: readonly string[];
      readonly json: boolean;
      readonly overrides: OverrideWords;
    };

export function readCall(argv: readonly string[]): Result<Call, string> {
  const [command, ...rest] = argv;
  if (command === undefined) return err('no command');
  if (NOT_BUILT.includes(command)) return err(`${command} is not built yet`);
  if (command === 'help' || argv.includes('--help') || argv.includes('-h')) return ok({ command: 'help' });
  if (command === 'run') return readRun(rest);
  if (command === 'fmt') return readFmt(rest);
  return err(`'${command}' is not a command${meant(command, COMMANDS)}`);
}

const isFlag = (word: string): boolean => word.startsWith('-') && word !== '-';

function meant(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : `; did you mean '${found}'?`;
}

function readFmt(words: readonly string[]): Result<Call, string> {
  const flag = words.find(isFlag);
  if (flag !== undefined) return err(`fmt has no option '${flag}'`);
  const [file, second] = words;
  if (file === undefined) return err('fmt needs a FILE');
  return second === undefined ? ok({ command: 'fmt', file }) : err('fmt takes one FILE');
}

const FLAGS = ['--option', '--set', '--kernel', '--json'];

function readRun(words: readonly string[]): Result<Call, string> {
  const files: string[] = [];
  const set: string[] = [];
  const once = new Map<string, string>();
  let json = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!isFlag(word)) {
      files.push(word);
      continue;
    }
    const cut = word.indexOf('=');
    const flag = cut < 0 ? word : word.slice(0, cut);
    if (!FLAGS.includes(flag)) return err(`run has no option '${flag}'${meant(flag, FLAGS)}`);
    if (flag === '--json') {
      if (cut >= 0) return err('--json takes no value');
      json = true;
      continue;
    }
    const value = cut < 0 ? words[++i] : word.slice(cut + 1);
    if (value === undefined) return err(`${flag} needs a value`);
    if (flag === '--set') set.push(value);
    else if (once.has(flag)) return err(`${flag} is given twice`);
    else once.set(flag, value);
  }
  if (files.length === 0) return err('run needs a FILE');
  if (files.indexOf('-') !== files.lastIndexOf('-')) return err("'-' is given twice: standard input is read once");
  const [option, kernel] = [once.get('--option'), once.get('--kernel')];
  const overrides = { set, ...(option === undefined ? {} : { option }), ...(kernel === undefined ? {} : { kernel }) };
  return ok({ command: 'run', files, json, overrides });
}
