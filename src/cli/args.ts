/** The words of the command line: what is asked for, or what is wrong with the call. */
import { err, ok, type Result } from '../base/result.ts';
import type { OverrideWords } from '../scenario/overrides.ts';
import { GRAINS, type Grain } from '../sim/model/order.ts';
import { PROPERTY_IDS, type PropertyId } from '../sim/model/property.ts';
import { meant, readFlags, type FlagKinds, type Flags } from './flags.ts';

/** How far, and how, a search goes. */
export type Extent = {
  readonly grain: Grain;
  /** Absent: as many as the checker's own bound. */
  readonly maxStates?: number;
  readonly reduction: boolean;
};

export type RunCall = { readonly command: 'run'; readonly files: readonly string[]; readonly json: boolean; readonly overrides: OverrideWords }; // prettier-ignore
export type CheckCall = {
  readonly command: 'check';
  readonly files: readonly string[];
  readonly json: boolean;
  readonly overrides: OverrideWords;
  readonly extent: Extent;
  /** Instead of the report: a scenario that plays what violates this. */
  readonly trace?: PropertyId;
};
export type MatrixCall = {
  readonly command: 'matrix';
  /** Absent: the bundled one. */
  readonly world?: string;
  readonly json: boolean;
  /** None: every preset. */
  readonly options: readonly string[];
  readonly overrides: Omit<OverrideWords, 'option'>;
  readonly extent: Extent;
  readonly quote: boolean;
};
export type DiffCall = {
  readonly command: 'diff';
  readonly file: string;
  readonly json: boolean;
  readonly first: OverrideWords;
  readonly second: OverrideWords;
  readonly properties: boolean;
  readonly maxStates?: number;
};

/** What is drawn: the state after a step (from 1), where a property is first broken, the start, or the end. */
export type DrawPlace = { readonly step: number } | { readonly violated: PropertyId } | 'start' | 'end';
export type DrawCall = {
  readonly command: 'draw';
  readonly file: string;
  readonly overrides: OverrideWords;
  readonly at: DrawPlace;
  readonly box: boolean;
  readonly trace: boolean;
};

export type ImportCall = { readonly command: 'import'; readonly files: readonly string[]; readonly hidden: boolean; readonly json: boolean }; // prettier-ignore

export type Call =
  { readonly command: 'help' } | { readonly command: 'fmt'; readonly file: string } | RunCall | CheckCall | MatrixCall | DiffCall | DrawCall | ImportCall; // prettier-ignore

type Read<C> = Result<C, string>;

const COMMANDS: Readonly<Record<string, (words: readonly string[]) => Read<Call>>> = {
  run: readRun,
  check: readCheck,
  matrix: readMatrix,
  diff: readDiff,
  draw: readDraw,
  fmt: readFmt,
  import: readImport,
  help: () => ok({ command: 'help' }),
};

export function readCall(argv: readonly string[]): Read<Call> {
  const [command, ...rest] = argv;
  if (command === undefined) return err('no command');
  if (argv.includes('--help') || argv.includes('-h')) return ok({ command: 'help' });
  const read = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  return read === undefined ? err(`'${command}' is not a command${meant(command, Object.keys(COMMANDS))}`) : read(rest);
}

const then = <T, C>(read: Read<T>, next: (value: T) => Read<C>): Read<C> => (read.ok ? next(read.value) : read);

const OVERRIDES: FlagKinds = { '--option': 'once', '--set': 'many', '--kernel': 'once' };
const EXTENT: FlagKinds = { '--grain': 'once', '--max-states': 'once', '--no-reduction': 'switch' };

function overridesOf(flags: Flags): OverrideWords {
  const [option, kernel] = [flags.one('--option'), flags.one('--kernel')];
  return { set: flags.all('--set'), ...(option === undefined ? {} : { option }), ...(kernel === undefined ? {} : { kernel }) }; // prettier-ignore
}

function filesOf(command: string, { files }: Flags): Read<readonly string[]> {
  if (files.length === 0) return err(`${command} needs a FILE`);
  if (files.indexOf('-') !== files.lastIndexOf('-')) return err("'-' is given twice: standard input is read once");
  return ok(files);
}

function fileOf(command: string, { files: [file, second] }: Flags): Read<string> {
  if (file === undefined) return err(`${command} needs a FILE`);
  return second === undefined ? ok(file) : err(`${command} takes one FILE`);
}

function readFmt(words: readonly string[]): Read<Call> {
  return then(readFlags('fmt', words, {}), (flags) => then(fileOf('fmt', flags), (file) => ok({ command: 'fmt', file }))); // prettier-ignore
}

function readImport(words: readonly string[]): Read<Call> {
  return then(readFlags('import', words, { '--redact': 'switch', '--json': 'switch' }), (flags) =>
    then(filesOf('import', flags), (files) =>
      ok({ command: 'import', files, hidden: flags.has('--redact'), json: flags.has('--json') }),
    ),
  );
}

function readRun(words: readonly string[]): Read<Call> {
  return then(readFlags('run', words, { ...OVERRIDES, '--json': 'switch' }), (flags) =>
    then(filesOf('run', flags), (files) => ok({ command: 'run', files, json: flags.has('--json'), overrides: overridesOf(flags) })),
  ); // prettier-ignore
}

function readCheck(words: readonly string[]): Read<Call> {
  const kinds: FlagKinds = { ...OVERRIDES, ...EXTENT, '--trace': 'once', '--json': 'switch' };
  return then(readFlags('check', words, kinds), (flags) =>
    then(filesOf('check', flags), (files) =>
      then(extentOf(flags), (extent) =>
        then(propertyOf(flags.one('--trace')), (trace) => {
          const json = flags.has('--json');
          if (trace !== undefined && json) return err('--trace prints a scenario, not JSON');
          const call = { command: 'check', files, json, overrides: overridesOf(flags), extent } as const;
          return ok(trace === undefined ? call : { ...call, trace });
        }),
      ),
    ),
  );
}

function readMatrix(words: readonly string[]): Read<Call> {
  const kinds: FlagKinds = { ...OVERRIDES, ...EXTENT, '--option': 'many', '--world': 'once', '--quote': 'switch', '--json': 'switch' }; // prettier-ignore
  return then(readFlags('matrix', words, kinds), (flags) =>
    then(extentOf(flags), (extent) => {
      const [file] = flags.files;
      if (file !== undefined) return err(`matrix takes no FILE; did you mean '--world ${file}'?`);
      const { option: _, ...overrides } = overridesOf(flags);
      const world = flags.one('--world');
      const call = { command: 'matrix', json: flags.has('--json'), options: flags.all('--option'), overrides, extent, quote: flags.has('--quote') } as const; // prettier-ignore
      return ok(world === undefined ? call : { ...call, world });
    }),
  );
}

function readDiff(words: readonly string[]): Read<Call> {
  const kinds: FlagKinds = { ...OVERRIDES, '--with': 'once', '--with-kernel': 'once', '--properties': 'switch', '--max-states': 'once', '--json': 'switch' }; // prettier-ignore
  return then(readFlags('diff', words, kinds), (flags) =>
    then(fileOf('diff', flags), (file) =>
      then(countOf(flags, '--max-states'), (maxStates) => {
        const first = overridesOf(flags);
        const [option, kernel] = [flags.one('--with'), flags.one('--with-kernel') ?? first.kernel];
        if (option === undefined && flags.one('--with-kernel') === undefined) return err('diff needs --with or --with-kernel');
        const second = { set: first.set, ...(option === undefined ? {} : { option }), ...(kernel === undefined ? {} : { kernel }) };
        const call = { command: 'diff', file, json: flags.has('--json'), first, second, properties: flags.has('--properties') } as const;
        return ok(maxStates === undefined ? call : { ...call, maxStates });
      }),
    ),
  ); // prettier-ignore
}

function readDraw(words: readonly string[]): Read<Call> {
  const kinds: FlagKinds = { ...OVERRIDES, '--at': 'once', '--box': 'switch', '--state-only': 'switch' };
  return then(readFlags('draw', words, kinds), (flags) =>
    then(fileOf('draw', flags), (file) =>
      then(placeOf(flags.one('--at') ?? 'end'), (at) =>
        ok({ command: 'draw', file, overrides: overridesOf(flags), at, box: flags.has('--box'), trace: !flags.has('--state-only') }),
      ),
    ),
  );
} // prettier-ignore

function placeOf(word: string): Read<DrawPlace> {
  if (word === 'start' || word === 'end') return ok(word);
  if (/^[1-9]\d{0,5}$/.test(word)) return ok({ step: Number(word) });
  const violated = PROPERTY_IDS.find((id) => id === word);
  return violated === undefined ? err(`--at takes the number of a step, a property, start or end, not '${word}'${meant(word, [...PROPERTY_IDS, 'start', 'end'])}`) : ok({ violated }); // prettier-ignore
}

function extentOf(flags: Flags): Read<Extent> {
  const word = flags.one('--grain') ?? 'op';
  const grain = GRAINS.find((known) => known === word);
  if (grain === undefined) return err(`--grain is op or micro, not '${word}'${meant(word, GRAINS)}`);
  return then(countOf(flags, '--max-states'), (maxStates) =>
    ok({ grain, reduction: !flags.has('--no-reduction'), ...(maxStates === undefined ? {} : { maxStates }) }),
  );
}

function countOf(flags: Flags, flag: string): Read<number | undefined> {
  const word = flags.one(flag);
  if (word === undefined) return ok(undefined);
  const count = Number(word);
  return /^\d+$/.test(word) && count > 0 && Number.isSafeInteger(count) ? ok(count) : err(`${flag} takes a number from 1 on, not '${word}'`); // prettier-ignore
}

function propertyOf(word: string | undefined): Read<PropertyId | undefined> {
  if (word === undefined) return ok(undefined);
  const id = PROPERTY_IDS.find((known) => known === word);
  return id === undefined ? err(`'${word}' is not a property${meant(word, PROPERTY_IDS)}`) : ok(id);
}
