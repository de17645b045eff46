/**
 * The text as read, line by line, before any name is looked up. A line that was not understood whole keeps what was
 * (`broken`), so that the names it makes are known to the lines below it.
 */
import type { Knobs, PresetName } from '../sim/model/knobs.ts';
import type { FsType } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import type { Verb } from '../sim/model/op.ts';
import type { Grain } from '../sim/model/order.ts';
import type { DirectiveWord, NameSlot, NumberSlot, Quantifier } from './vocabulary.ts';
import type { Span } from './diagnostic.ts';
import type { Word } from './lexer.ts';

export type NumberWord = { readonly value: number; readonly word: Word };

export type FsSettings = {
  readonly type?: FsType;
  readonly reflink?: boolean;
  readonly dax?: 'always' | 'never';
  readonly log?: 'sync' | 'async';
};

/** As written: a part that is missing or wrong is absent, and reported. */
export type OptionWords = { readonly preset?: PresetName; readonly knobs: Partial<Knobs> };

export type Directive =
  | { readonly type: 'title'; readonly text: string }
  | { readonly type: 'about'; readonly text: string }
  | { readonly type: 'note'; readonly step: NumberWord; readonly text: string }
  | { readonly type: 'device'; readonly blocks: NumberWord }
  | { readonly type: 'fs'; readonly settings: FsSettings }
  | { readonly type: 'kernel'; readonly version: Word }
  | { readonly type: 'option'; readonly option: OptionWords }
  | OrderLine
  | { readonly type: 'alloc'; readonly order: 'lowest' | 'any' }
  | { readonly type: 'proc'; readonly name: Word; readonly threads: number }
  | { readonly type: 'file'; readonly name: Word; readonly cells: string }
  | { readonly type: 'clone'; readonly name: Word; readonly src: Word; readonly range?: { readonly off: NumberWord; readonly len: NumberWord } }; // prettier-ignore

/** A word of an order; step numbers count from 1, as written. `name`: of an actor, a DMA or a file. */
export type OrderWordAst = { readonly word: Word; readonly choices?: readonly number[] } & (
  | { readonly type: 'step'; readonly step: number }
  | { readonly type: 'lines'; readonly from: number; readonly to: number }
  | { readonly type: 'run' | 'dma' | 'grace'; readonly name: Word }
);

/** Without zeroes at the end: the lowest block is what is taken without a choice. */
export const takenChoices = ({ choices = [] }: OrderWordAst): readonly number[] =>
  choices.slice(0, choices.findLastIndex((choice) => choice !== 0) + 1);

/** `order op|micro WORD…` */
export type OrderLine = {
  readonly type: 'order';
  readonly grain: Grain;
  readonly grainWord: Word;
  readonly words: readonly OrderWordAst[];
};

export type StepArgs = {
  readonly names: Partial<Readonly<Record<NameSlot, Word>>>;
  readonly numbers: Partial<Readonly<Record<NumberSlot, NumberWord>>>;
  readonly tag?: Word;
  /** The word of a `ChoiceSlot`; of mmap: `anon` or `memfd`. */
  readonly choice?: Word;
  /** mmap: prot and flags; reg_mr: access. */
  readonly words: readonly Word[];
};

export type ExpectAst = { readonly blocks: boolean; readonly result?: Word };

export type StepAst = {
  readonly type: 'step';
  readonly actor: Word;
  readonly verb: Verb;
  readonly verbWord: Word;
  /** `NAME =` */
  readonly target?: Word;
  readonly args: StepArgs;
  readonly expect?: ExpectAst;
  readonly broken: boolean;
  /** An entry of a menu: it may come at any time, and use what any line makes. */
  readonly inMenu: boolean;
  readonly span: Span;
};

/** `any ACTOR [xN]: …` */
export type MenuAst = {
  readonly type: 'menu';
  readonly actor: Word;
  readonly times?: NumberWord;
  readonly entries: readonly StepAst[];
  readonly span: Span;
};

/** A step whose verb is unknown: its actor exists all the same. */
export type LostStep = { readonly type: 'lost'; readonly actor: Word };

export type CondAst =
  | { readonly type: 'property'; readonly id: PropertyId }
  | { readonly type: 'file'; readonly file: Word; readonly tags: Word }
  | { readonly type: 'size'; readonly file: Word; readonly size: NumberWord }
  | { readonly type: 'free' | 'zombie'; readonly count: NumberWord }
  | { readonly type: 'hole' | 'pinned'; readonly file: Word; readonly index: NumberWord }
  | { readonly type: 'shared'; readonly a: Word; readonly aIndex: NumberWord; readonly b: Word; readonly bIndex: NumberWord }
  | { readonly type: 'mr'; readonly name: Word; readonly state: MrStateWord }
  | { readonly type: 'actor'; readonly name: Word; readonly state: ActorStateWord }
  | { readonly type: 'and' | 'or'; readonly of: readonly CondAst[] }
  | { readonly type: 'not'; readonly of: CondAst }; // prettier-ignore

export const MR_STATES = ['live', 'revoked', 'destroyed'] as const;
type MrStateWord = (typeof MR_STATES)[number];
export const ACTOR_STATES = ['idle', 'blocked', 'killed', 'exited'] as const;
type ActorStateWord = (typeof ACTOR_STATES)[number];

export type ClaimAst = {
  readonly type: 'claim';
  readonly quantifier: Quantifier;
  readonly condition: CondAst;
  readonly span: Span;
};

export type Item = Directive | StepAst | MenuAst | LostStep | ClaimAst;
export type Line = { readonly number: number; readonly item?: Item; readonly comment?: string };

export type Document = {
  readonly lines: readonly Line[];
  /** Words of lines that were not understood: they may make these names, so that a use of one is no further error. */
  readonly unseen: ReadonlySet<string>;
  /** Those of them that do not begin the line: it may make processes of these names. */
  readonly unborn: ReadonlySet<string>;
};

/** The keyword of a directive: a clone is a `file` line too. */
export const directiveWord = (directive: Directive): DirectiveWord =>
  directive.type === 'clone' ? 'file' : directive.type;

export const isDirective = (item: Item): item is Directive =>
  item.type !== 'step' && item.type !== 'menu' && item.type !== 'lost' && item.type !== 'claim';

/** Everything that anybody does: steps, and entries of menus. */
export function actsOf(item: Item | undefined): readonly StepAst[] {
  if (item?.type === 'step') return [item];
  return item?.type === 'menu' ? item.entries : [];
}
