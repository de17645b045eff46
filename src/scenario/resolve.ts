/** The document → the program: every name an id, every limit kept. */
import { collectActors, type ActorTable } from './actors.ts';
import { actsOf, type Document, type MenuAst, type StepAst } from './ast.ts';
import type { Reporter, Span } from './diagnostic.ts';
import type { Word } from './lexer.ts';
import { formatClaim, formatOp } from './formatProgram.ts';
import { createLengths, type Copies } from './lengths.ts';
import { collectNames, creations, type NameTable } from './names.ts';
import { resolveCondition } from './resolveCondition.ts';
import { resolveFiles } from './resolveFiles.ts';
import { resolveHeader, type Overrides } from './resolveHeader.ts';
import { resolveOrder } from './resolveOrder.ts';
import { checkLengths, resolveExpectation, resolveStep, type StepContext } from './resolveStep.ts';
import { createTags } from './tags.ts';
import { NAMELESS, SHAPES } from './vocabulary.ts';
import type { Claim, Menu, Program, StepDecl } from '../sim/model/program.ts';

const MAX_OBJECTS = 4096;

/** Where the steps, menus and claims of the program stand in the text, by the same indexes. */
export type Spans = {
  readonly steps: readonly Span[];
  readonly menus: readonly Span[];
  readonly claims: readonly Span[];
  /** Of the order's words. */
  readonly order: readonly Span[];
};
export type Resolved = { readonly program: Program; readonly spans: Spans };

/** Whole only if nothing was reported as an error. */
export function resolve(document: Document, overrides: Overrides, report: Reporter): Resolved {
  const steps = document.lines.flatMap(({ item }) => (item?.type === 'step' ? [item] : []));
  const lost = document.lines.filter(({ item }) => item?.type === 'lost').length;
  const actors = collectActors(document, report);
  const names = collectNames(document);
  checkObjects(document, actors, names, report);
  checkFileNames(document, report);
  const tags = createTags();
  const { replaced, ...header } = resolveHeader(document, overrides, steps.length + lost, report);
  const { files, blocks } = resolveFiles(document, { names, tags, header: { ...header, replaced }, report });
  const acts = document.lines.flatMap(({ item }) => actsOf(item));
  for (const { args } of acts) if (args.tag !== undefined) tags.add(args.tag.text);
  checkDmaKinds(acts, report);
  const lengths = createLengths(files, copiesOf(names, actors));
  const ordered = document.lines.some(({ item }) => item?.type === 'order');
  const context = { names, actors, tags, lengths, ordered, report };
  const objects = nameObjects(names, actors);
  const formatting = { ...objects, files, tags: tags.names(), actors: actors.actors, procs: actors.procs };
  const decls = steps.flatMap((step) => resolveDecl(step, context, formatting));
  const menuAsts = document.lines.flatMap(({ item }) => (item?.type === 'menu' ? [item] : []));
  const menus = resolveMenus(menuAsts, context, formatting);
  const claims = resolveClaims(document, context, formatting);
  const placed = resolveOrder(document, { names, actors, steps: steps.map(({ actor }) => actors.taskOf(actor.text) ?? 0), alloc: header.alloc, report }); // prettier-ignore
  const program: Program = {
    ...header,
    blocks,
    ...formatting,
    steps: decls,
    menus,
    ...(placed === undefined ? {} : { order: placed.order }),
    claims: claims.map(({ claim }) => claim),
  };
  const spans = {
    steps: steps.map(({ span }) => span),
    menus: menuAsts.map(({ span }) => span),
    claims: claims.map(({ span }) => span),
    order: placed?.spans ?? [],
  };
  return { program, spans };
}

type Objects = Pick<Program, 'maps' | 'mrs' | 'dmas' | 'pipes'>;
/** What a name can be looked up in: the part of the program that `formatOp` reads. */
type Tables = Objects & Pick<Program, 'files' | 'tags' | 'actors' | 'procs'>;

function nameObjects(names: NameTable, { actors, procs }: ActorTable): Objects {
  const named = (list: readonly string[]): { readonly name: string }[] => list.map((name) => ({ name }));
  const procIds = new Map(procs.map(({ name }, id) => [name, id]));
  return {
    maps: names.maps.map(({ name, owner }) => ({ name, proc: procIds.get(owner) ?? 0 })),
    mrs: named(names.mrs),
    dmas: [...named(names.dmas), ...actors.map(() => ({ name: '' }))],
    pipes: named(names.pipes),
  };
}

function resolveDecl(step: StepAst, context: StepContext, tables: Tables): readonly StepDecl[] {
  const expect = resolveExpectation(step, context);
  const op = resolveStep(step, context);
  if (op === undefined) return [];
  checkLengths(op, step, context);
  context.lengths.follow(op);
  const actor = context.actors.taskOf(step.actor.text) ?? 0;
  const decl = { line: step.span.line, actor, op, text: formatOp(tables, op) };
  return [expect === undefined ? decl : { ...decl, expect }];
}

/** Entries come in any order, so what one of them may change is unknown to all. */
function resolveMenus(menus: readonly MenuAst[], context: StepContext, tables: Tables): readonly Menu[] {
  const ops = menus.map(({ entries }) => entries.map((step) => ({ step, op: resolveStep(step, context) })));
  context.lengths.followMenus(ops.flat().flatMap(({ op }) => (op === undefined ? [] : [op])));
  return menus.map(({ actor, times, span }, i) => {
    const entries = (ops[i] ?? []).flatMap(({ step, op }) => {
      if (op === undefined) return [];
      checkLengths(op, step, context);
      return [{ op, text: formatOp(tables, op) }];
    });
    const menu = { line: span.line, actor: context.actors.taskOf(actor.text) ?? 0, entries };
    return times === undefined ? menu : { ...menu, times: times.value };
  });
}

function copiesOf({ copies }: NameTable, { procs }: ActorTable): Copies {
  const ids = new Map(procs.map(({ name }, id) => [name, id]));
  return new Map([...copies].map(([child, pairs]) => [ids.get(child) ?? -1, pairs]));
}

type PlacedClaim = { readonly claim: Claim; readonly span: Span };

function resolveClaims(document: Document, context: StepContext, tables: Tables): readonly PlacedClaim[] {
  return document.lines.flatMap(({ item }) => {
    if (item?.type !== 'claim') return [];
    const condition = resolveCondition(item.condition, context);
    if (condition === undefined) return [];
    const { quantifier, span } = item;
    const claim = { line: span.line, quantifier, condition, text: formatClaim(tables, quantifier, condition) };
    return [{ claim, span }];
  });
}

function checkObjects(document: Document, actors: ActorTable, names: NameTable, report: Reporter): void {
  const named = names.files.length + names.maps.length + names.mrs.length + names.dmas.length + names.pipes.length;
  const count = named + actors.actors.length;
  if (count <= MAX_OBJECTS) return;
  const last = document.lines.findLast(({ item }) => item !== undefined)?.number ?? 1;
  report.error('too-many-objects', { line: last, column: 1, length: 1 }, `${count} named objects`, {
    expected: `at most ${MAX_OBJECTS} actors, files, mappings, MRs, DMAs and pipes together`,
  });
}

/** `mmap anon` and `mmap memfd` map no file, so none can be called so. */
function checkFileNames(document: Document, report: Reporter): void {
  for (const { item } of document.lines) {
    const declared = item?.type === 'file' || item?.type === 'clone' ? [item.name] : [];
    const made = actsOf(item).flatMap((step) => creations(step).flatMap(({ kind, word }) => (kind === 'file' ? [word] : []))); // prettier-ignore
    for (const { text, span } of [...declared, ...made]) {
      if (!NAMELESS.some((word) => word === text)) continue;
      report.error('reserved-word', span, `'mmap ${text}' maps memory without a file, so no file has that name`);
    }
  }
}

/** `complete` ends what was posted, `dio_end` what O_DIRECT began: one name cannot be both. */
function checkDmaKinds(steps: readonly StepAst[], report: Reporter): void {
  const kinds = new Map<string, 'rdma' | 'dio'>();
  const madeBy = (step: StepAst): Word | undefined => creations(step).find(({ kind }) => kind === 'dma')?.word;
  // Entries of menus may use what a later line makes.
  const ordered = [
    ...steps.filter((step) => madeBy(step) !== undefined),
    ...steps.filter((step) => madeBy(step) === undefined),
  ];
  for (const step of ordered) {
    const made = madeBy(step);
    const word = made ?? step.args.names.dma;
    if (word === undefined) continue;
    const kind = SHAPES[step.verb].by === 'remote' ? 'rdma' : 'dio';
    const known = kinds.get(word.text);
    if (known !== undefined && known !== kind) {
      const message = `'${word.text}' is ${known === 'rdma' ? 'a posted RDMA' : 'O_DIRECT I/O'}`;
      const expected =
        known === 'rdma' ? 'complete NAME; another name for O_DIRECT' : 'dio_end NAME; another name for RDMA';
      report.error('wrong-kind', word.span, message, { expected });
    } else if (made !== undefined) {
      kinds.set(word.text, kind);
    }
  }
}
