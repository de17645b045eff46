// Which room of src/ may import which, and the caps on file size. The table below is the rule; `import type` counts.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** A room is a folder or one file of src/, named without its ending; the longest name that fits a file is its room. */
interface Room {
  readonly room: string;
  /** Rooms, folders or files it may import; `base` and the room itself go without saying. */
  readonly may: readonly string[];
  /** Of these, types only. */
  readonly types?: readonly string[];
  /** Packages; `node:` stands for all of Node's own. */
  readonly packages?: readonly string[];
  /** Files it may start as a worker by URL. */
  readonly starts?: readonly string[];
  readonly why: string;
}

/** The ladder, lowest first: no row may name a room below itself in this list. */
const ROOMS: readonly Room[] = [
  { room: 'base', may: [], why: 'base holds no word of the domain, so it needs nothing' },
  { room: 'sim/model', may: [], why: 'the model is plain data and its ids; what happens to it is told above' },
  { room: 'sim/query', may: ['sim/model'], why: 'a query only reads the state' },
  {
    room: 'sim/policies',
    may: ['sim/query', 'sim/model'],
    why: 'a policy chooses among what a query offers; it changes nothing itself',
  },
  {
    room: 'sim/ops',
    may: ['sim/policies', 'sim/query', 'sim/model'],
    why: 'ops change the state; judging it is for the invariants',
  },
  {
    room: 'sim/invariants',
    may: ['sim/query', 'sim/model'],
    why: 'an invariant must not reuse the code it judges',
  },
  {
    room: 'sim',
    may: ['sim/ops', 'sim/policies', 'sim/invariants', 'sim/query', 'sim/model'],
    why: 'the dispatchers know the whole simulation and nothing of text, workers or screens',
  },
  { room: 'checker', may: ['sim'], why: 'the checker drives the simulation and knows neither text nor worker' },
  {
    room: 'explain',
    may: ['sim/model', 'sim/query'],
    types: ['sim/outline'],
    why: 'an explanation is read off states and events; it runs nothing',
  },
  { room: 'scenario', may: ['sim/model'], why: 'parsing must not run anything' },
  {
    room: 'import',
    may: ['scenario/load'],
    why: 'outputs of tools become a text of the language: pure, so that the page and the command line share it',
  },
  {
    room: 'library',
    may: ['scenario', 'sim/model'],
    packages: ['idb'],
    why: 'the library keeps texts; which of them is open or on the screen is not its business',
  },
  {
    room: 'conformance/recording',
    may: [],
    why: 'a recording is plain data: what a kernel did, not what the model does',
  },
  {
    room: 'conformance/recordingView',
    may: ['conformance/recording'],
    why: 'the table for people is read off the recording alone, so that the page need not load the comparison',
  },
  {
    room: 'conformance',
    may: ['conformance/recording', 'scenario', 'sim'],
    why: 'a recording becomes a scenario, runs, and is compared: pure, so that tests and the command line share it',
  },
  {
    room: 'worker/protocol',
    may: [],
    types: ['sim/model', 'sim/outline', 'sim/trace', 'checker/verdict'],
    why: 'the protocol is types only: both sides of the seam read it',
  },
  {
    room: 'worker/engine',
    may: ['worker/protocol', 'sim', 'checker'],
    why: 'the engine receives a valid program, never text, and is tested without a worker',
  },
  {
    room: 'worker/simWorker',
    may: ['worker/engine', 'worker/protocol'],
    why: 'the entry only carries messages to the engine and back',
  },
  {
    room: 'worker/checkProtocol',
    may: [],
    types: ['sim/model', 'checker/difference', 'checker/verdict'],
    why: 'the protocol is types only: both sides of the seam read it',
  },
  {
    room: 'worker/checkEngine',
    may: ['worker/checkProtocol', 'sim', 'checker'],
    why: 'the engine receives a valid program, never text, and is tested without a worker',
  },
  {
    room: 'worker/checkWorker',
    may: ['worker/checkEngine', 'worker/checkProtocol'],
    why: 'the entry only carries messages to the engine and back',
  },
  {
    room: 'worker/spawn',
    may: [],
    starts: ['worker/simWorker', 'worker/checkWorker'],
    why: 'how a worker comes about is a matter of the build, and of nobody else',
  },
  {
    room: 'worker/spawnInline',
    may: [],
    starts: ['worker/simWorker', 'worker/checkWorker'],
    why: 'the same of the build that is one file',
  },
  {
    room: 'worker/client',
    may: ['worker/protocol', 'worker/spawn'],
    why: 'the client knows messages; importing the engine would load it on the main thread',
  },
  {
    room: 'worker/collect',
    may: ['worker/client'],
    types: ['sim/model', 'sim/outline'],
    why: 'a whole run is asked for by the same messages as one moment of it',
  },
  {
    room: 'worker/checkPool',
    may: ['worker/checkProtocol', 'worker/spawn'],
    why: 'the pool knows messages; importing the engine would load it on the main thread',
  },
  {
    room: 'viewmodel',
    may: ['explain', 'scenario/vocabulary', 'sim/invariants/features', 'sim/model', 'sim/query'],
    types: ['scenario/diagnostic', 'sim/final', 'sim/outline', 'checker/difference', 'checker/verdict'],
    packages: ['d3-interpolate', 'd3-scale', 'd3-shape'],
    why: 'a scene is a pure function of what it is given: no store, no DOM, no step taken',
  },
  {
    room: 'io',
    may: ['viewmodel', 'explain', 'scenario', 'sim/model', 'sim/query', 'sim/final'],
    types: ['sim/outline', 'checker/verdict'],
    packages: ['fflate', 'uqr'],
    why: 'what leaves the page and comes back (links, mails, pictures, files) is made of scenes and sentences: no store, no DOM',
  },
  {
    room: 'store',
    may: [
      'worker/client',
      'worker/checkPool',
      'worker/collect',
      'worker/protocol',
      'worker/checkProtocol',
      'library',
      'import',
      'scenario',
      'io',
      'explain/touched',
      'sim/query/claimKey',
      'sim/query/exists',
      'sim/model',
      'viewmodel/compareRows',
      'checker/verdict',
    ],
    types: ['sim/outline', 'checker/difference', 'viewmodel/labState'],
    packages: ['react', 'zustand'],
    why: 'the store keeps what cannot be computed and speaks to the simulation by messages; the clock of a comparison counts its rows',
  },
  {
    room: 'editing',
    may: ['scenario', 'explain', 'sim/model'],
    why: 'what an editor knows of a text is read off the language; it runs nothing and draws nothing',
  },
  {
    room: 'views/editor',
    may: ['editing', 'scenario', 'sim/model'],
    packages: [
      'react',
      '@codemirror/autocomplete',
      '@codemirror/commands',
      '@codemirror/lint',
      '@codemirror/search',
      '@codemirror/state',
      '@codemirror/view',
    ],
    why: 'the editor is told by its properties: no store, so that it can stand anywhere',
  },
  {
    room: 'views',
    may: ['views/editor', 'viewmodel', 'io', 'import', 'store', 'sim/query/claimKey', 'conformance/recordingView'],
    types: ['explain/parts', 'library/ownScenario', 'sim/model', 'sim/outline', 'checker/verdict'],
    packages: [
      'react',
      'react-dom',
      'radix-ui',
      'cmdk',
      'd3-interpolate',
      'd3-scale',
      'd3-selection',
      'd3-shape',
      'd3-zoom',
    ],
    why: 'a view maps a scene to the screen; rules of the simulation and messages stay out of it',
  },
  {
    room: 'offline/register',
    may: [],
    why: 'the page asks for its service worker, and needs nothing for that',
  },
  {
    room: 'offline',
    may: [],
    packages: ['node:', 'vite', 'vite-plugin-singlefile'],
    why: 'these files are run by the build: no part of the page is in them',
  },
  {
    room: 'app',
    may: ['views', 'store', 'io', 'offline/register'],
    packages: ['react', 'react-dom', 'radix-ui'],
    why: 'the app puts the views together; nobody imports it',
  },
  {
    room: 'cli',
    may: ['sim', 'checker', 'scenario', 'explain', 'conformance', 'io', 'import'],
    packages: ['node:'],
    why: 'the command line runs in Node, without a worker or a screen; what it draws is what the page copies (io)',
  },
];

type ImportKind = 'value' | 'type' | 'url' | 're-export';

interface Import {
  /** Path below src/, with its ending. */
  readonly from: string;
  /** As written. */
  readonly specifier: string;
  readonly kind: ImportKind;
}

const CODE = /\.tsx?$/;
/** What a bundler turns into text, an address or a style: not code, so the ladder has no say. */
const ASSET = /\.(css|json)$|\?(raw|url)$/;

const within = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`);

function roomOf(path: string): Room | undefined {
  const name = path.replace(CODE, '');
  return ROOMS.filter(({ room }) => within(name, room)).sort((a, b) => b.room.length - a.room.length)[0];
}

function checkPackage(room: Room, name: string): string | undefined {
  const fits = (allowed: string): boolean =>
    allowed.endsWith(':') ? name.startsWith(allowed) : name === allowed || name.startsWith(`${allowed}/`);
  return (room.packages ?? []).some(fits) ? undefined : `package ${name} is not for this room: ${room.why}`;
}

function checkRelative(room: Room, { from, specifier, kind }: Import): string | undefined {
  if (ASSET.test(specifier)) return undefined;
  if (!CODE.test(specifier)) return `${specifier} lacks its .ts or .tsx ending`;
  const file = posix.normalize(posix.join(posix.dirname(from), specifier));
  const target = file.replace(CODE, '');
  const to = roomOf(file);
  if (to === undefined) return `${specifier} leads to no room of src/`;
  const listed = (names: readonly string[] | undefined): boolean =>
    (names ?? []).some((name) => within(target, name) || to.room === name);
  if (kind === 'url') return listed(room.starts) ? undefined : `${target} must not be started from here: ${room.why}`;
  if (to === room || to.room === 'base' || listed(room.may)) return undefined;
  if (!listed(room.types)) return `${target} is out of reach: ${room.why}`;
  return kind === 'type' ? undefined : `${target} may only be imported as a type: ${room.why}`;
}

/** The one check: what is wrong with an import, with the reason, or nothing. */
function checkImport(item: Import): string | undefined {
  const room = roomOf(item.from);
  const problem =
    room === undefined
      ? 'belongs to no room: add one to the table, with its reason'
      : item.kind === 're-export'
        ? `re-exports ${item.specifier}: import the file that defines the thing`
        : item.specifier.startsWith('.')
          ? checkRelative(room, item)
          : checkPackage(room, item.specifier);
  return problem === undefined ? undefined : `src/${item.from}: ${problem}`;
}

function kindOfClause(clause: ts.ImportClause | undefined): ImportKind {
  if (clause === undefined) return 'value';
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return 'type';
  const named = clause.namedBindings;
  const onlyTypes =
    clause.name === undefined &&
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((element) => element.isTypeOnly);
  return onlyTypes ? 'type' : 'value';
}

/** Every way a file names another: import, re-export, `import()`, `import('…').T` and `new URL('…', import.meta.url)`. */
function readImports(from: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, kind: ImportKind): void => {
    if (node === undefined || !ts.isStringLiteral(node)) return;
    const [specifier = '', query] = node.text.split('?');
    // `./x.ts?worker&inline` starts what it names, as `new URL` does.
    if (query?.startsWith('worker') === true) found.push({ from, specifier, kind: 'url' });
    else found.push({ from, specifier: node.text, kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, kindOfClause(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, 're-export');
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], 'value');
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, 'type');
    else if (ts.isNewExpression(node) && node.expression.getText() === 'URL' && node.arguments?.length === 2) {
      if (node.arguments[1]?.getText() === 'import.meta.url') add(node.arguments[0], 'url');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(from, text, ts.ScriptTarget.ES2023, true));
  return found;
}

const ROOT = join(import.meta.dirname, '..');

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => CODE.test(file))
    .sort();
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Blank lines and comments are free, as in the lint rule: nobody should save on them. */
const countLines = (text: string): number =>
  text.split('\n').filter((line) => !/^\s*($|\/\/|\/\*|\*)/.test(line)).length;

const capOf = (path: string): number => (path.endsWith('.data.ts') ? 2000 : path.startsWith('src/') ? 400 : 600);

const sources = filesBelow('src').map((file) => ({ file, text: read(`src/${file}`) }));

describe('rooms', () => {
  test('the table is a ladder: a room imports only rooms listed before it', () => {
    const names = ROOMS.map(({ room }) => room);
    const downwards = ROOMS.flatMap(({ room, may, types = [], starts = [] }, at) =>
      [...may, ...types, ...starts]
        .filter((name) => !names.slice(0, at).some((lower) => within(name, lower)))
        .map((name) => `${room} → ${name}`),
    );
    expect(downwards).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('no file imports what its room may not', () => {
    const imports = sources.flatMap(({ file, text }) => readImports(file, text));
    const strays = sources.filter(({ file }) => roomOf(file) === undefined);
    expect(
      [...imports.map(checkImport), ...strays.map(({ file }) => `src/${file}: belongs to no room`)].filter(Boolean),
    )
      // The messages are the point: each names the file, the import and the reason.
      .toEqual([]);
  });

  test.each<[from: string, source: string, problem: string]>([
    ['base/runs.ts', `import { ok } from './result.ts'`, ''],
    ['worker/spawnInline.ts', `import W from './simWorker.ts?worker&inline'`, ''],
    ['worker/client.ts', `import W from './simWorker.ts?worker&inline'`, 'must not be started from here'],
    ['base/runs.ts', `import { page } from '../sim/model/ids.ts'`, 'out of reach: base holds no word'],
    ['base/runs.ts', `import type { Page } from '../sim/model/ids.ts'`, 'out of reach: base holds no word'],
    ['base/runs.ts', `let p: import('../sim/model/ids.ts').Page`, 'out of reach: base holds no word'],
    ['base/runs.ts', `import { ok } from './result'`, 'lacks its .ts or .tsx ending'],
    ['base/runs.ts', `export { ok } from './result.ts'`, 're-exports ./result.ts'],
    ['base/runs.ts', `export * from './result.ts'`, 're-exports ./result.ts'],
    ['sim/model/state.ts', `import { apply } from '../apply.ts'`, 'sim/apply is out of reach'],
    ['sim/invariants/all.ts', `import { x } from '../ops/fileOps.ts'`, 'must not reuse the code it judges'],
    ['sim/apply.ts', `import { x } from './ops/fileOps.ts'`, ''],
    ['scenario/parser.ts', `import { applyStep } from '../sim/apply.ts'`, 'parsing must not run anything'],
    ['scenario/parser.ts', `import fs from 'node:fs'`, 'package node:fs is not for this room'],
    ['cli/daxpin.ts', `import fs from 'node:fs'`, ''],
    ['worker/protocol.ts', `import type { State } from '../sim/model/state.ts'`, ''],
    ['worker/protocol.ts', `import { type State } from '../sim/model/state.ts'`, ''],
    ['worker/protocol.ts', `import { x, type State } from '../sim/model/state.ts'`, 'only be imported as a type'],
    ['worker/spawn.ts', `new Worker(new URL('./simWorker.ts', import.meta.url))`, ''],
    ['worker/client.ts', `import './simWorker.ts'`, 'worker/simWorker is out of reach'],
    ['store/store.ts', `new Worker(new URL('../worker/simWorker.ts', import.meta.url))`, 'must not be started'],
    ['viewmodel/scene.ts', `import { store } from '../store/store.ts'`, 'no store, no DOM'],
    ['viewmodel/scene.ts', `import type { Outline } from '../sim/outline.ts'`, ''],
    ['viewmodel/scene.ts', `import { outline } from '../sim/outline.ts'`, 'only be imported as a type'],
    ['views/file/FileView.tsx', `import './file.css'`, ''],
    ['views/file/FileView.tsx', `import { select } from 'd3-selection'`, ''],
    ['views/file/FileView.tsx', `import { page } from '../../sim/model/ids.ts'`, 'only be imported as a type'],
    ['views/file/FileView.tsx', `const x = import('../../worker/client.ts')`, 'worker/client is out of reach'],
    ['worker/engine.ts', `import { useState } from 'react'`, 'package react is not for this room'],
    ['attic/old.ts', `import { ok } from '../base/result.ts'`, 'belongs to no room'],
  ])('planted: %s with %s', (from, source, problem) => {
    const found = readImports(from, source).map(checkImport);
    expect(found).toHaveLength(1);
    if (problem === '') expect(found).toEqual([undefined]);
    else expect(found[0]).toContain(problem);
  });
});

describe('files', () => {
  test('none is longer than its cap', () => {
    const paths = [...sources.map(({ file }) => `src/${file}`), ...filesBelow('tests').map((file) => `tests/${file}`)];
    const tooLong = paths
      .map((path) => ({ path, lines: countLines(read(path)), cap: capOf(path) }))
      .filter(({ lines, cap }) => lines > cap)
      .map(({ path, lines, cap }) => `${path}: ${lines} lines, cap ${cap}`);
    expect(tooLong).toEqual([]);
  });

  test('none is a barrel', () => {
    expect(sources.filter(({ file }) => /(^|\/)index\.tsx?$/.test(file)).map(({ file }) => `src/${file}`)).toEqual([]);
  });

  test('base stays small', () => {
    expect(sources.filter(({ file }) => within(file, 'base')).length).toBeLessThanOrEqual(12);
  });

  test('every room that has code has a README of at most 30 lines', () => {
    const used = new Set(sources.map(({ file }) => roomOf(file)?.room).filter((room) => room !== undefined));
    // A room that is one file is told of in its folder's README.
    const folders = new Set([...used].map((room) => (existsSync(join(ROOT, 'src', room)) ? room : dirname(room))));
    const problems = [...folders].sort().flatMap((folder) => {
      const path = `src/${folder}/README.md`;
      if (!existsSync(join(ROOT, path))) return [`${path} is missing`];
      const lines = read(path).trimEnd().split('\n').length;
      return lines > 30 ? [`${path}: ${lines} lines, cap 30`] : [];
    });
    expect(problems).toEqual([]);
  });
});
