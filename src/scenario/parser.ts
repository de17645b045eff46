/** Lines of words → the document: which line is what, and whether they stand in the order of the language. */
import { directiveWord, isDirective, type Directive, type Document, type Item, type Line } from './ast.ts';
import { isPlain } from './cursor.ts';
import type { Reporter } from './diagnostic.ts';
import { splitAt, type LexedLine } from './lexer.ts';
import { parseClaim } from './parseCondition.ts';
import { parseDirective } from './parseDirective.ts';
import { parseMenu } from './parseMenu.ts';
import { parseStep } from './parseStep.ts';
import { DIRECTIVES, MENU, QUANTIFIERS } from './vocabulary.ts';

const MAX_STEPS = 10_000;
/** May be written more than once. */
const REPEATED: ReadonlySet<string> = new Set(['about', 'note', 'proc', 'file', 'order']);

/** How far down the text is: directives, then steps, then conditions. */
type Progress = {
  steps: number;
  claims: number;
  /** The line of the first menu, and of each actor's. */
  readonly menus: Map<string, number>;
  /** Lines that are neither directive nor condition, understood or not: what the limit counts. */
  acts: number;
  readonly unseen: Set<string>;
  readonly unborn: Set<string>;
  readonly once: Map<string, number>;
};

export function parseDocument(lexed: readonly LexedLine[], report: Reporter): Document {
  const progress: Progress = {
    steps: 0,
    claims: 0,
    menus: new Map(),
    acts: 0,
    unseen: new Set(),
    unborn: new Set(),
    once: new Map(),
  };
  const lines: Line[] = [];
  for (const line of lexed) {
    const item = parseLine(line, progress, report);
    lines.push({
      number: line.number,
      ...(item === undefined ? {} : { item }),
      ...(line.comment === undefined ? {} : { comment: line.comment }),
    });
    if (progress.acts > MAX_STEPS) {
      report.error('too-many-steps', line.words[0]?.span ?? line.end, `more than ${MAX_STEPS} steps`);
      break;
    }
  }
  return { lines, unseen: progress.unseen, unborn: progress.unborn };
}

function parseLine(line: LexedLine, progress: Progress, report: Reporter): Item | undefined {
  const [first] = line.words;
  if (first === undefined) return undefined;
  const keyword = first.quoted ? undefined : DIRECTIVES.find((word) => word === first.text);
  if (keyword !== undefined) {
    const directive = parseDirective(keyword, line, report);
    checkDirective(directive, line, progress, report);
    return directive;
  }
  const quantifier = first.quoted ? undefined : QUANTIFIERS.find((word) => word === first.text);
  if (quantifier !== undefined) {
    progress.claims++;
    return parseClaim(quantifier, line, report);
  }
  return parseAct(line, progress, report);
}

function checkDirective(directive: Directive | undefined, line: LexedLine, progress: Progress, report: Reporter): void {
  const [first] = line.words;
  if (first === undefined) return;
  if (progress.steps + progress.claims > 0) {
    report.error('misplaced-directive', first.span, `'${first.text}' stands after the first step`, {
      expected: 'all directives before the first step',
    });
  }
  if (directive === undefined || !isDirective(directive)) return;
  const word = directiveWord(directive);
  const before = progress.once.get(word);
  if (before !== undefined && !REPEATED.has(word)) {
    report.error('duplicate-directive', first.span, `'${word}' is already said on line ${before}`);
  }
  progress.once.set(word, before ?? line.number);
}

/** A step or a menu. */
function parseAct(line: LexedLine, progress: Progress, report: Reporter): Item | undefined {
  const [first] = line.words;
  if (first === undefined) return undefined;
  progress.acts++;
  if (progress.claims > 0) {
    report.error('misplaced-step', first.span, 'this step stands after a condition', {
      expected: 'a condition, or nothing: conditions come after the last step',
    });
  }
  const [item, whole] = isPlain(first, MENU) ? readMenu(line, progress, report) : readStep(line, progress, report);
  if (item !== undefined) progress.steps++;
  if (!whole) noteUnseen(line, progress);
  return item;
}

function noteUnseen(line: LexedLine, { unseen, unborn }: Progress): void {
  splitAt(line.words, /([=:|])/).forEach(({ text }, i) => {
    unseen.add(text);
    if (i > 0) unborn.add(text);
  });
}

type Read = readonly [item: Item | undefined, whole: boolean];

function readStep(line: LexedLine, progress: Progress, report: Reporter): Read {
  const [first] = line.words;
  const menu = first === undefined ? undefined : progress.menus.get(first.text);
  if (menu !== undefined && first !== undefined) {
    report.error('misplaced-step', first.span, `'${first.text}' has a menu instead of a list, on line ${menu}`, {
      expected: `a step of another actor; move this one above the first menu, where steps run first, or make it an entry`,
    });
  }
  const step = parseStep(line, report);
  return [step, step?.type === 'step'];
}

/** An entry counts as a step; an actor has one menu, and no list beside it. Lines of others below it are their lists. */
function readMenu(line: LexedLine, progress: Progress, report: Reporter): Read {
  const { item, entries, whole } = parseMenu(line, report);
  progress.acts += Math.max(0, entries - 1);
  if (item === undefined) return [undefined, false];
  const { text, span } = item.actor;
  const before = progress.menus.get(text);
  if (before !== undefined) {
    const expected = `its entries on line ${before}, divided by |`;
    report.error('second-menu', span, `'${text}' has a menu already, on line ${before}`, { expected });
  }
  progress.menus.set(text, before ?? line.number);
  return [item, whole];
}
