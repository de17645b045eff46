/** The lines before the first step: what the device, the file system, the kernel and the files are. */
import type { Directive, FsSettings } from './ast.ts';
import { createCursor, isPlain, readName, reportChoice, skip, takeChoice, takeEnd, takeName, takeNumber, takeWord, type Cursor } from './cursor.ts'; // prettier-ignore
import { splitAt, subword, type LexedLine, type Word } from './lexer.ts';
import { readOption } from './parseOption.ts';
import { parseOrder } from './parseOrder.ts';
import { PEER, type DirectiveWord } from './vocabulary.ts';
import type { Reporter } from './diagnostic.ts';
import { MAX_BLOCKS } from '../sim/model/ids.ts';
import { FS_TYPES } from '../sim/model/program.ts';

export function parseDirective(keyword: DirectiveWord, line: LexedLine, report: Reporter): Directive | undefined {
  const words = line.words.slice(1);
  const cursor = createCursor(keyword === 'file' ? splitAt(words, /(=)/) : words, line.end, report);
  switch (keyword) {
    case 'title':
    case 'about': {
      const text = readText(words, cursor);
      return text === undefined ? undefined : { type: keyword, text };
    }
    case 'note':
      return parseNote(cursor, words);
    case 'device': {
      const blocks = takeNumber(cursor, 'the number of blocks', MAX_BLOCKS);
      return blocks !== undefined && takeEnd(cursor, 'device N') ? { type: 'device', blocks } : undefined;
    }
    case 'fs':
      return parseFs(cursor);
    case 'kernel': {
      const version = takeWord(cursor, 'a kernel version');
      return version !== undefined && takeEnd(cursor, 'kernel VERSION') ? { type: 'kernel', version } : undefined;
    }
    case 'option':
      if (takeWord(cursor, 'a preset, or knob=value') === undefined) return undefined;
      return { type: 'option', option: readOption(words, report) };
    case 'alloc': {
      const order = takeChoice(cursor, ['lowest', 'any'], 'an order of allocation');
      return order !== undefined && takeEnd(cursor, 'alloc lowest|any') ? { type: 'alloc', order } : undefined;
    }
    case 'proc':
      return parseProc(cursor);
    case 'file':
      return parseFile(cursor);
    case 'order':
      return parseOrder(cursor);
  }
}

/** Prose: one quoted text, or plain words to the end of the line. */
function readText(words: readonly Word[], cursor: Cursor): string | undefined {
  const [first] = words;
  if (first === undefined) return takeWord(cursor, 'a text in "quotes"')?.text;
  if (words.length === 1 && first.quoted) return first.text;
  const odd = words.find(({ quoted }) => quoted);
  if (odd === undefined) return words.map(({ text }) => text).join(' ');
  cursor.report.error('quote-the-text', odd.span, 'a quote in the middle of the text', {
    expected: 'one "quoted" text',
  });
  return undefined;
}

function parseNote(cursor: Cursor, words: readonly Word[]): Directive | undefined {
  const step = takeNumber(cursor, 'the number of a step');
  if (step === undefined) return undefined;
  const text = words.length < 2 ? takeWord(cursor, 'a text in "quotes"')?.text : readText(words.slice(1), cursor);
  return text === undefined ? undefined : { type: 'note', step, text };
}

function parseFs(cursor: Cursor): Directive {
  let settings: FsSettings = {};
  const first = cursor.peek();
  if (first === undefined)
    takeWord(cursor, 'xfs, ext4 or device-dax, then reflink=0|1, dax=always|never, log=sync|async');
  else if (!first.text.includes('=')) settings = readFsType(cursor.next() ?? first, cursor.report);
  for (let word = cursor.next(); word !== undefined; word = cursor.next()) {
    settings = { ...settings, ...readFsSetting(word, settings, cursor.report) };
  }
  checkFs(first, settings, cursor.report);
  return { type: 'fs', settings };
}

/** What the type does not have cannot be switched on. */
function checkFs(first: Word | undefined, { type, ...settings }: FsSettings, report: Reporter): void {
  if (first === undefined) return;
  if (type === 'ext4' && settings.reflink === true) {
    report.error('not-of-this-fs', first.span, 'ext4 has no reflink', { expected: 'fs xfs reflink=1, or fs ext4' });
  } else if (type === 'device-dax' && Object.keys(settings).length > 0) {
    const message = 'device-dax is a character device: there is no file system to set';
    report.error('not-of-this-fs', first.span, message, { expected: 'fs device-dax' });
  }
}

function readFsType(word: Word, report: Reporter): FsSettings {
  const type = FS_TYPES.find((known) => isPlain(word, known));
  if (type !== undefined) return { type };
  reportChoice(report, word, FS_TYPES, 'a file system');
  return {};
}

const FS_SETTINGS = ['reflink', 'dax', 'log'] as const;
const FS_VALUES: Readonly<Record<(typeof FS_SETTINGS)[number], Readonly<Record<string, FsSettings>>>> = {
  reflink: { '0': { reflink: false }, '1': { reflink: true } },
  dax: { always: { dax: 'always' }, never: { dax: 'never' } },
  log: { sync: { log: 'sync' }, async: { log: 'async' } },
};

function readFsSetting(word: Word, before: FsSettings, report: Reporter): FsSettings {
  const cut = word.text.indexOf('=');
  const name = subword(word, 0, cut < 0 ? word.text.length : cut);
  const key = FS_SETTINGS.find((setting) => setting === name.text);
  if (key === undefined || cut < 0) {
    reportChoice(report, name, ['reflink=0|1', 'dax=always|never', 'log=sync|async'], 'a setting of the file system');
    return {};
  }
  if (before[key] !== undefined) {
    report.error('conflicting-words', name.span, `${key} is set twice`);
    return {};
  }
  const values = new Map(Object.entries(FS_VALUES[key]));
  const value = subword(word, cut + 1, word.text.length);
  const found = values.get(value.text);
  if (found === undefined) {
    reportChoice(report, value.text === '' ? word : value, [...values.keys()], `a value of ${key}`);
  }
  return found ?? {};
}

/** More threads than anybody can follow; a bound for what one line can make. */
const MAX_THREADS = 64;

function parseProc(cursor: Cursor): Directive | undefined {
  const name = takeName(cursor, 'the name of a process');
  if (name === undefined) return undefined;
  if (name.text === PEER) {
    cursor.report.error('reserved-word', name.span, `'${PEER}' is the remote side: it has no process here`);
    return undefined;
  }
  const setting = cursor.next();
  const threads = setting === undefined ? 1 : readThreads(setting, cursor.report);
  takeEnd(cursor, 'proc NAME threads=N');
  return { type: 'proc', name, threads };
}

function readThreads(setting: Word, report: Reporter): number {
  const digits = /^threads=([0-9]{1,4})$/.exec(setting.text)?.[1];
  const threads = Number(digits ?? 0);
  if (threads >= 1 && threads <= MAX_THREADS) return threads;
  report.error('unknown-word', setting.span, `'${setting.text}' is not a number of threads`, {
    expected: `threads=1 … threads=${MAX_THREADS}`,
  });
  return 1;
}

function parseFile(cursor: Cursor): Directive | undefined {
  const name = takeName(cursor, 'the name of a file');
  if (name === undefined) return undefined;
  if (skip(cursor, '=')) return parseClone(cursor, name);
  const cells = cursor.next();
  if (cells !== undefined && !checkCells(cells, cursor.report)) return { type: 'file', name, cells: '' };
  takeEnd(cursor, 'file NAME [TAGS]');
  return { type: 'file', name, cells: cells?.text ?? '' };
}

function checkCells(word: Word, report: Reporter): boolean {
  const wrong = /[^A-Za-z0-9._]/.exec(word.text)?.[0];
  if (wrong === undefined) return true;
  const expected = "one letter or digit a block, '.' for a hole, '_' for an unwritten block";
  report.error('not-a-tag', word.span, `'${wrong}' is not a tag`, { expected });
  return false;
}

function parseClone(cursor: Cursor, name: Word): Directive | undefined {
  const broken: Directive = { type: 'file', name, cells: '' };
  if (takeChoice(cursor, ['reflink'], 'a way to make a file') === undefined) return broken;
  const src = takeWord(cursor, 'the file whose blocks are shared');
  if (src === undefined || readName(src, 'the name of a file', cursor.report) === undefined) return broken;
  if (cursor.peek() === undefined) return { type: 'clone', name, src };
  const off = takeNumber(cursor, 'the first block');
  const len = takeNumber(cursor, 'how many blocks');
  takeEnd(cursor, 'file NAME = reflink SRC [OFF LEN]');
  return off === undefined || len === undefined ? broken : { type: 'clone', name, src, range: { off, len } };
}
