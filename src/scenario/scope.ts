/** What is there to be named at a line of a text, with or without errors. */
import { collectActors } from './actors.ts';
import { actsOf, directiveWord, isDirective, type Document } from './ast.ts';
import { SILENT, sourceLines } from './diagnostic.ts';
import { lex } from './lexer.ts';
import { collectNames, creations } from './names.ts';
import { parseDocument } from './parser.ts';
import { SHAPES, type DirectiveWord, type NameKind } from './vocabulary.ts';

export type Named = { readonly name: string; readonly kind: NameKind; readonly line: number; readonly source: string };

export type Scope = {
  /** Made above the line; for a menu or a condition: anywhere. A mapping is its process's. */
  readonly named: (kind: NameKind, actor?: string) => readonly Named[];
  /** DMAs that `complete` (posted) or `dio_end` (O_DIRECT) can end. */
  readonly dmas: (posted: boolean) => readonly Named[];
  readonly actors: readonly { readonly name: string; readonly remote: boolean }[];
  readonly tags: readonly string[];
  /** Directives that stand on other lines. */
  readonly directives: ReadonlySet<DirectiveWord>;
  /** What stands above and below decides what may begin the line. */
  readonly above: LineKinds;
  readonly below: LineKinds;
};

type LineKinds = {
  readonly directive: boolean;
  readonly step: boolean;
  readonly menu: boolean;
  readonly claim: boolean;
};

/** `line` counts from 1. `anywhere`: the line may name what any line makes, itself included. */
export function scopeAt(text: string, line: number, anywhere: boolean): Scope {
  const lines = sourceLines(text);
  const all = parseDocument(lex(text, SILENT), SILENT);
  const others = { ...all, lines: all.lines.filter(({ number }) => number !== line) };
  const seen = anywhere ? all : { ...all, lines: all.lines.filter(({ number }) => number < line) };
  const names = collectNames(seen);
  const sourceOf = (at: number): string => (lines[at - 1] ?? '').split('#', 1)[0]?.trim() ?? '';
  const named: Scope['named'] = (kind, actor = '') =>
    [...names.known(kind, actor)].map((name) => {
      const at = names.find(kind, name, actor)?.line ?? 0;
      return { name, kind, line: at, source: sourceOf(at) };
    });
  const posted = new Set(
    seen.lines.flatMap(({ item }) =>
      actsOf(item).flatMap((step) =>
        SHAPES[step.verb].by === 'remote' ? creations(step).map(({ word }) => word.text) : [],
      ),
    ),
  );
  return {
    named,
    dmas: (wanted) => named('dma').filter(({ name }) => posted.has(name) === wanted),
    actors: collectActors(others, SILENT).actors.map(({ name, type }) => ({ name, remote: type === 'remote' })),
    tags: tagsOf(others),
    directives: new Set(others.lines.flatMap(({ item }) => (item !== undefined && isDirective(item) ? [directiveWord(item)] : []))), // prettier-ignore
    above: kindsOf(others, (n) => n < line),
    below: kindsOf(others, (n) => n > line),
  };
}

function kindsOf({ lines }: Pick<Document, 'lines'>, among: (line: number) => boolean): LineKinds {
  const types = new Set(lines.flatMap(({ item, number }) => (item !== undefined && among(number) ? [item] : [])));
  const has = (is: (item: Parameters<typeof isDirective>[0]) => boolean): boolean => [...types].some(is);
  return {
    directive: has(isDirective),
    step: has(({ type }) => type === 'step' || type === 'lost'),
    menu: has(({ type }) => type === 'menu'),
    claim: has(({ type }) => type === 'claim'),
  };
}

/** The letters that files hold, then what steps write. */
function tagsOf({ lines }: Document): readonly string[] {
  const tags = new Set<string>();
  for (const { item } of lines) {
    if (item?.type === 'file') for (const c of item.cells) if (c !== '.' && c !== '_') tags.add(c);
    for (const { args } of actsOf(item)) if (args.tag !== undefined) tags.add(args.tag.text);
  }
  tags.delete('.');
  return [...tags];
}
