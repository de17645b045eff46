/**
 * Which name stands for what, and from which line on: mappings are named per process, everything else once for all. A
 * use must come after a creation in the text, whatever the order of the run.
 */
import { actsOf, type Document, type StepAst } from './ast.ts';
import type { Reporter } from './diagnostic.ts';
import type { Word } from './lexer.ts';
import { KIND_TITLES, NAME_KINDS, processName, SHAPES, type NameKind } from './vocabulary.ts';

/** Ids count in order of first creation; `line` is that of the first. */
type Entry = { readonly id: number; readonly line: number };
type Scope = ReadonlyMap<string, Entry>;

export type NameTable = {
  readonly files: readonly string[];
  /** `owner`: name of the process. */
  readonly maps: readonly { readonly name: string; readonly owner: string }[];
  /** What each forked process has of its parent's: the parent's id, and its own. A parent stands before its children. */
  readonly copies: ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>;
  readonly mrs: readonly string[];
  readonly dmas: readonly string[];
  readonly pipes: readonly string[];
  /** How `actor` (for mappings) calls it. */
  readonly find: (kind: NameKind, name: string, actor: string) => Entry | undefined;
  readonly known: (kind: NameKind, actor: string) => Iterable<string>;
  /** The first process that has a mapping of this name. */
  readonly ownerOf: (map: string) => string | undefined;
  /** See `Document`. */
  readonly unseen: ReadonlySet<string>;
  readonly unborn: ReadonlySet<string>;
};

/** Forks multiply names; a text with more than this is refused, so nothing more need be known of it. */
const MAX_MAPS = 5000;

export function collectNames(document: Document): NameTable {
  const shared = { file: scope(), mr: scope(), dma: scope(), pipe: scope() };
  const maps: { readonly name: string; readonly owner: string }[] = [];
  const mapScopes = new Map<string, Map<string, Entry>>();
  const owners = new Map<string, string>();
  const addMap = (name: string, owner: string, line: number): void => {
    const own = mapScopes.get(owner) ?? scope();
    mapScopes.set(owner, own);
    if (own.has(name)) return;
    own.set(name, { id: maps.length, line });
    maps.push({ name, owner });
    if (!owners.has(name)) owners.set(name, owner);
  };
  const copies = new Map<string, (readonly [from: number, to: number])[]>();
  const copyMaps = ({ actor, args, span }: StepAst): void => {
    const child = args.names.child?.text ?? '';
    if (copies.has(child) || maps.length > MAX_MAPS) return;
    const pairs: (readonly [number, number])[] = [];
    copies.set(child, pairs);
    for (const [name, { id }] of [...(mapScopes.get(processName(actor.text)) ?? [])]) {
      addMap(name, child, span.line);
      pairs.push([id, mapScopes.get(child)?.get(name)?.id ?? id]);
    }
  };
  for (const { item, number } of document.lines) {
    if (item?.type === 'file' || item?.type === 'clone') add(shared.file, item.name.text, number);
    for (const step of actsOf(item)) {
      for (const { kind, word } of creations(step)) {
        if (kind === 'map') addMap(word.text, processName(step.actor.text), number);
        else add(shared[kind], word.text, number);
      }
      if (step.verb === 'fork' && !step.inMenu) copyMaps(step);
    }
  }
  menuForks(document).forEach(copyMaps);
  const scopeOf = (kind: NameKind, actor: string): Scope =>
    kind === 'map' ? (mapScopes.get(processName(actor)) ?? scope()) : shared[kind];
  return {
    files: [...shared.file.keys()],
    maps,
    copies,
    mrs: [...shared.mr.keys()],
    dmas: [...shared.dma.keys()],
    pipes: [...shared.pipe.keys()],
    find: (kind, name, actor) => scopeOf(kind, actor).get(name),
    known: (kind, actor) => scopeOf(kind, actor).keys(),
    unseen: document.unseen,
    unborn: document.unborn,
    ownerOf: (map) => owners.get(map),
  };
}

/** Forks of menus, parents before their children: a child has whatever its parent may have at any time. */
function menuForks(document: Document): readonly StepAst[] {
  const forks = new Map<string, StepAst>();
  for (const { item } of document.lines) {
    for (const step of item?.type === 'menu' ? item.entries : []) {
      const child = step.args.names.child?.text;
      if (child !== undefined && !forks.has(child)) forks.set(child, step);
    }
  }
  const ordered = new Set<StepAst>();
  for (const fork of forks.values()) {
    const line: StepAst[] = [];
    for (let at: StepAst | undefined = fork; at !== undefined && !ordered.has(at) && !line.includes(at);) {
      line.push(at);
      at = forks.get(processName(at.actor.text));
    }
    line.toReversed().forEach((step) => ordered.add(step));
  }
  return [...ordered];
}

const scope = (): Map<string, Entry> => new Map<string, Entry>();

function add(into: Map<string, Entry>, name: string, line: number): void {
  if (!into.has(name)) into.set(name, { id: into.size, line });
}

/** The names that a step makes, whether or not the run lets it. */
export function creations(step: StepAst): readonly { readonly kind: NameKind; readonly word: Word }[] {
  const { makes } = SHAPES[step.verb];
  const made: { kind: NameKind; word: Word }[] = [];
  if (makes !== undefined && step.target !== undefined) made.push({ kind: makes, word: step.target });
  const { file: own, dst } = step.args.names;
  const file = step.verb === 'create' ? own : step.verb === 'reflink' ? dst : undefined;
  if (file !== undefined) made.push({ kind: 'file', word: file });
  return made;
}

type Use = {
  readonly kind: NameKind;
  readonly word: Word;
  readonly actor: string;
  /** The use must stand below this line; absent: anywhere. */
  readonly after?: number;
};

/** The id, or a report of what is wrong with the name. */
export function resolveName(use: Use, names: NameTable, report: Reporter): number | undefined {
  const { kind, word, actor, after } = use;
  const entry = names.find(kind, word.text, actor);
  if (entry !== undefined && (after === undefined || entry.line < after)) return entry.id;
  if (entry !== undefined) {
    report.error(
      'use-before-creation',
      word.span,
      `'${word.text}' is not there yet: it is made on line ${entry.line}`,
      {
        expected: `${KIND_TITLES[kind]} made above`,
      },
    );
  } else if (!names.unseen.has(word.text) && !names.unborn.has(processName(actor))) {
    reportUnknown(use, names, report);
  }
  return undefined;
}

function reportUnknown({ kind, word, actor }: Use, names: NameTable, report: Reporter): void {
  const owner = kind === 'map' ? names.ownerOf(word.text) : undefined;
  const other = NAME_KINDS.find((candidate) =>
    candidate === 'map'
      ? names.ownerOf(word.text) !== undefined
      : names.find(candidate, word.text, actor) !== undefined,
  );
  if (owner !== undefined) {
    const message = `'${word.text}' is a mapping of ${owner}, not of ${processName(actor)}`;
    report.error('unknown-name', word.span, message, { expected: `a mapping that ${processName(actor)} made` });
  } else if (other !== undefined) {
    const expected = KIND_TITLES[kind];
    report.error('wrong-kind', word.span, `'${word.text}' is ${KIND_TITLES[other]}, not ${expected}`, { expected });
  } else {
    const hints = { expected: `${KIND_TITLES[kind]} (${MADE_BY[kind]})`, near: { word: word.text, among: names.known(kind, actor) } }; // prettier-ignore
    report.error('unknown-name', word.span, `no step makes ${KIND_TITLES[kind]} '${word.text}'`, hints);
  }
}

const MADE_BY: Readonly<Record<NameKind, string>> = {
  map: 'NAME = mmap FILE, anon LEN or memfd LEN',
  file: 'file NAME, create NAME, or a reflink to it',
  mr: 'NAME = reg_mr MAPPING ACCESS…',
  dma: 'NAME = post_read, post_write, dio_write or dio_read',
  pipe: 'NAME = vmsplice MAPPING INDEX',
};
