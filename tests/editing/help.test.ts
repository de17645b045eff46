// Help: every word of the language has some, none is about a word that is not there, and it names what is.
import { describe, expect, test } from 'vitest';
import { VERB_HELP } from '../../src/editing/helpVerbs.data.ts';
import * as data from '../../src/editing/helpWords.data.ts';
import { helpOn, helpSpoken, nameHelp, verbHelp } from '../../src/editing/help.ts';
import { lineWords, wordAt } from '../../src/editing/words.ts';
import { MICROS } from '../../src/explain/micro.data.ts';
import { ACTOR_STATES, MR_STATES } from '../../src/scenario/ast.ts';
import { contextAt } from '../../src/scenario/contextAt.ts';
import { ERRNOS } from '../../src/scenario/errnos.ts';
import { ACCESS, BLOCKS, CHOICES, DIRECTIVES, MAP_WORDS, MENU, NAMELESS, QUANTIFIERS, RESULT_WORDS } from '../../src/scenario/vocabulary.ts'; // prettier-ignore
import { KNOB_NAMES, KNOBS, PRESET_NAMES } from '../../src/sim/model/knobs.ts';
import { VERBS } from '../../src/sim/model/op.ts';
import { FS_TYPES, type Kernel } from '../../src/sim/model/program.ts';
import { PROPERTY_IDS } from '../../src/sim/model/property.ts';
import { bundledTexts } from '../support/bundledTexts.ts';

const CONDITION_WORDS = contextAt('exists ', 7)
  .candidates.filter(({ kind, label }) => kind === 'condition' && label !== '(')
  .map(({ label }) => label);

describe('each list of words, and the table of help for it', () => {
  test.each<[name: string, words: readonly string[], table: object]>([
    ['verbs', VERBS, VERB_HELP],
    ['knobs', KNOB_NAMES, data.KNOB_HELP],
    ['properties', PROPERTY_IDS, data.PROPERTY_HELP],
    ['directives', [...DIRECTIVES, ...QUANTIFIERS, MENU], data.DIRECTIVE_HELP],
    ['conditions', [...CONDITION_WORDS, 'and', 'or', ...MR_STATES, ...ACTOR_STATES], data.CONDITION_HELP],
    ['results', [...RESULT_WORDS, BLOCKS], data.RESULT_HELP],
    [
      'modes and flags',
      [...new Set([...ACCESS, ...Object.keys(MAP_WORDS), ...NAMELESS, ...Object.values(CHOICES).flatMap(({ words }) => words), ...FS_TYPES])],
      data.WORD_HELP,
    ],
  ])('%s', (_name, words, table) => {
    expect(Object.keys(table).sort()).toEqual([...words].sort());
  }); // prettier-ignore

  test('the values of every knob', () => {
    for (const knob of KNOB_NAMES)
      expect(Object.keys(data.KNOB_HELP[knob].values).sort()).toEqual([...KNOBS[knob]].sort());
  });

  test('errnos are those of Linux', () => {
    for (const errno of data.ERRNO_HELP.keys()) expect(ERRNOS).toContain(errno);
  });
});

describe('help on a verb', () => {
  test.each(VERBS)('%s: what it returns, its kernel functions and its knobs are known words', (verb) => {
    const { does, results, micros, knobs } = VERB_HELP[verb];
    expect(does).toMatch(/^[A-Z].*\.$|^dontneed /);
    const words = results.map((result) => result.split(':', 1)[0] ?? '');
    for (const word of words) expect([...RESULT_WORDS, BLOCKS, 'tag', ...data.ERRNO_HELP.keys()]).toContain(word);
    expect(new Set(words).size).toBe(words.length);
    for (const id of micros) expect(MICROS, id).toHaveProperty([id]);
    for (const knob of knobs) expect(KNOB_NAMES).toContain(knob);
    expect(new Set(knobs).size).toBe(knobs.length);
  });

  test('names the functions of the chosen kernel', () => {
    const of = (kernel: Kernel): string => JSON.stringify(verbHelp('mmap', kernel).kernel);
    expect(of('7.0')).toContain('xfs_file_mmap_prepare()');
    expect(of('6.12')).toContain('xfs_file_mmap()');
    expect(of('6.12')).not.toContain('xfs_file_mmap_prepare');
    expect(verbHelp('wait', '7.0').kernel).toBeUndefined();
  });
});

const on = (line: string, word: string) => {
  const found = wordAt(lineWords(line), line.indexOf(word));
  return found === undefined ? undefined : helpOn(found, '6.12');
};

describe('help on a word where it stands', () => {
  test.each([
    ['app store m 1 X', 'store', 'store MAPPING INDEX TAG'],
    ['option wait pin.readonly=unshare', 'wait', 'wait'],
    ['option wait pin.readonly=unshare', 'pin.readonly', 'pin.readonly'],
    ['option wait pin.readonly=unshare', 'unshare', 'pin.readonly=unshare'],
    ['app fallocate A unshare 0 1', 'unshare', 'unshare'],
    ['app wait', 'wait', 'wait'],
    ['kernel 6.12', '6.12', 'kernel 6.12'],
    ['fs xfs dax=never', 'never', 'fs'],
    ['exists S5b', 'S5b', 'S5b stale-read'],
    ['exists file A = ab', 'file', 'file'],
    ['file A ab', 'file', 'file'],
    ['app store m 1 X -> SIGBUS', 'SIGBUS', 'SIGBUS'],
    ['app store m 1 X -> EHWPOISON', 'EHWPOISON', 'EHWPOISON'],
  ])('in %j on %j', (line, word, title) => {
    expect(on(line, word)?.title).toBe(title);
  });

  test('the file of the text and the file of a condition are told apart', () => {
    expect(on('file A ab', 'file')?.says).not.toBe(on('exists file A = ab', 'file')?.says);
  });

  test.each(PRESET_NAMES)('preset %s says who proposed it', (preset) => {
    expect(on(`option ${preset}`, preset)?.rows[0]?.name).toBe('From');
  });

  test('none on numbers, comments and nonsense', () => {
    expect(on('app load m 1', '1')).toBeUndefined();
    expect(on('# app load', '# app')).toBeUndefined();
    expect(on('app constructor A', 'constructor')).toBeUndefined();
    expect(on('option toString', 'toString')).toBeUndefined();
  });

  test('every word of the language in the bundled scenarios has help', () => {
    const without = new Set<string>();
    for (const line of bundledTexts().flatMap(({ text }) => text.split('\n')))
      for (const word of lineWords(line))
        if (['directive', 'verb', 'keyword', 'result', 'property'].includes(word.kind) && !helpOn(word, '7.0'))
          without.add(`${word.text} in ${line}`);
    expect([...without]).toEqual([]);
  });
});

describe('help on a name', () => {
  const text = 'file A abcd\napp m = mmap A\napp load m 1\napp load zz 1\n';
  const at = (needle: string, name: string) => {
    const start = text.indexOf(needle);
    const line = text.slice(start, text.indexOf('\n', start));
    const word = wordAt(lineWords(line), line.indexOf(name));
    return word && nameHelp(word, text, start + word.from);
  };

  test.each([
    ['app load m', 'm 1', 'm: a mapping', 'Made by: app m = mmap A'],
    ['app m =', 'm =', 'm: a mapping', 'Made on this line.'],
    ['app m =', 'A', 'A: a file', 'Made by: file A abcd'],
    ['app load zz', 'zz', 'zz: a mapping', 'No line above makes it.'],
  ])('in %j on %j', (line, name, title, says) => {
    expect(at(line, name)).toMatchObject({ title, says });
  });
});

test('spoken in one breath', () => {
  expect(helpSpoken({ title: 'sync', says: 'Commits.', rows: [{ name: 'Returns', text: 'ok' }] })).toBe(
    'sync. Commits. Returns: ok.',
  );
});
