/** Conditions: names become ids. A condition may name anything that the text makes anywhere. */
import type { CondAst } from './ast.ts';
import type { Word } from './lexer.ts';
import { resolveName } from './names.ts';
import type { StepContext } from './resolveStep.ts';
import type { Condition } from '../sim/model/program.ts';
import type { NameKind } from './vocabulary.ts';

type Context = Omit<StepContext, 'lengths'>;

export function resolveCondition(ast: CondAst, context: Context): Condition | undefined {
  const find = (kind: NameKind, word: Word): number | undefined =>
    resolveName({ kind, word, actor: '' }, context.names, context.report);
  switch (ast.type) {
    case 'property':
      return ast;
    case 'file': {
      const file = find('file', ast.file);
      return file === undefined ? undefined : { type: 'file', file, tags: [...ast.tags.text] };
    }
    case 'size': {
      const file = find('file', ast.file);
      return file === undefined ? undefined : { type: 'size', file, size: ast.size.value };
    }
    case 'free':
    case 'zombie':
      return { type: ast.type, count: ast.count.value };
    case 'hole':
    case 'pinned': {
      const file = find('file', ast.file);
      return file === undefined ? undefined : { type: ast.type, file, index: ast.index.value };
    }
    case 'shared': {
      const [a, b] = [find('file', ast.a), find('file', ast.b)];
      if (a === undefined || b === undefined) return undefined;
      return { type: 'shared', a, aIndex: ast.aIndex.value, b, bIndex: ast.bIndex.value };
    }
    case 'mr': {
      const mr = find('mr', ast.name);
      return mr === undefined ? undefined : { type: 'mr', mr, state: ast.state };
    }
    case 'actor': {
      const actor = resolveActor(ast.name, context);
      return actor === undefined ? undefined : { type: 'actor', actor, state: ast.state };
    }
    case 'and':
    case 'or': {
      const of = ast.of.map((one) => resolveCondition(one, context));
      const known = of.filter((one) => one !== undefined);
      return known.length < of.length ? undefined : { type: ast.type, of: known };
    }
    case 'not': {
      const of = resolveCondition(ast.of, context);
      return of === undefined ? undefined : { type: 'not', of };
    }
  }
}

function resolveActor(word: Word, { actors, names, report }: Context): number | undefined {
  const task = actors.taskOf(word.text);
  if (task !== undefined || names.unseen.has(word.text)) return task;
  const hints = { expected: 'an actor of this text', near: { word: word.text, among: actors.names() } };
  report.error('unknown-actor', word.span, `there is no actor '${word.text}'`, hints);
  return undefined;
}
