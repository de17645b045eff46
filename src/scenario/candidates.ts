/** What may be written in a slot: the words of the language, and the names in scope. */
import { ACTOR_STATES, MR_STATES } from './ast.ts';
import { GIVEN_ERRNOS } from './errnos.ts';
import type { Place, SlotName } from './lineReader.ts';
import { runWord } from './parseOrder.ts';
import type { Named, Scope } from './scope.ts';
import { ACCESS, BLOCKS, CHOICES, DIRECTIVES, MAP_WORDS, MENU, NAMELESS, PEER, QUANTIFIERS, RESULT_WORDS, SHAPES, usageOf, type DirectiveWord, type Quantifier } from './vocabulary.ts'; // prettier-ignore
import { KNOB_NAMES, KNOBS, PRESET_NAMES, PRESETS } from '../sim/model/knobs.ts';
import { VERBS } from '../sim/model/op.ts';
import { GRAINS } from '../sim/model/order.ts';
import { FS_TYPES, KERNELS } from '../sim/model/program.ts';
import { PROPERTIES, PROPERTY_IDS } from '../sim/model/property.ts';

/** What a candidate is: a word of the language, or a name of one kind. */
export type CandidateKind =
  | 'directive' | 'quantifier' | 'menu' | 'actor' | 'verb' | 'mapping' | 'file' | 'MR' | 'DMA' | 'pipe' | 'tag'
  | 'mode' | 'access' | 'preset' | 'knob' | 'value' | 'result' | 'property' | 'condition' | 'state' | 'operator'; // prettier-ignore

export type Candidate = {
  readonly label: string;
  readonly kind: CandidateKind;
  /** How it is used, what it means, or the line that makes it. */
  readonly detail?: string;
};

type List = (scope: Scope, place: Place) => readonly Candidate[];

const words =
  (kind: CandidateKind, among: readonly string[]): List =>
  () =>
    among.map((label) => ({ label, kind }));
const none: List = () => [];

const KIND_OF = { map: 'mapping', file: 'file', mr: 'MR', dma: 'DMA', pipe: 'pipe' } as const;
const namesAs = (named: readonly Named[]): readonly Candidate[] =>
  named.map(({ name, kind, source }) => ({ label: name, kind: KIND_OF[kind], detail: source }));
const names =
  (kind: Named['kind']): List =>
  (scope, { actor }) =>
    namesAs(scope.named(kind, actor));

const DIRECTIVE_USE: Readonly<Record<DirectiveWord, string>> = {
  title: 'title "TEXT"',
  about: 'about "TEXT"; may repeat',
  note: 'note N "TEXT": for the speaker, at step N',
  device: 'device N: blocks; 16 if it is left out',
  fs: 'fs xfs|ext4|device-dax [reflink=0|1] [dax=always|never] [log=sync|async]',
  kernel: `kernel ${KERNELS.join('|')}`,
  option: 'option PRESET [knob=value …]',
  alloc: 'alloc lowest|any',
  proc: 'proc NAME [threads=N]',
  file: 'file NAME [TAGS], or file NAME = reflink SRC [OFF LEN]',
  order: 'order op|micro WORD…: exactly this interleaving; may repeat',
};
/** May be written more than once. */
const REPEATED: readonly DirectiveWord[] = ['about', 'note', 'proc', 'file', 'order'];
const QUANTIFIER_USE: Readonly<Record<Quantifier, string>> = {
  exists: 'some run ends so',
  forbid: 'no run ends so',
  always: 'every run ends so',
};

const actorsAs = (actors: Scope['actors']): readonly Candidate[] => [
  ...actors.map(({ name, remote }): Candidate => ({ label: name, kind: 'actor', detail: remote ? 'remote side' : 'process' })), // prettier-ignore
  ...(actors.some(({ name }) => name === PEER)
    ? []
    : ([{ label: PEER, kind: 'actor', detail: 'remote side' }] as const)),
];

/** Directives, then steps and menus, then conditions. */
const lineStarts: List = ({ actors, directives, above, below }) => [
  ...(above.step || above.menu || above.claim
    ? []
    : DIRECTIVES.filter((word) => REPEATED.includes(word) || !directives.has(word)).map((label): Candidate => ({
        label,
        kind: 'directive',
        detail: DIRECTIVE_USE[label],
      }))),
  ...(above.claim || below.directive ? [] : actorsAs(actors)),
  ...(above.claim || below.directive
    ? []
    : ([{ label: MENU, kind: 'menu', detail: 'any ACTOR [xN]: VERB ARGS | VERB ARGS | …' }] as const)),
  ...(below.directive || below.step || below.menu
    ? []
    : QUANTIFIERS.map((label): Candidate => ({ label, kind: 'quantifier', detail: QUANTIFIER_USE[label] }))),
];

const verbs: List = ({ actors }, { actor }) => {
  const remote = actor === PEER || actors.some(({ name, remote: far }) => far && name === actor);
  return VERBS.filter((verb) => {
    const { by } = SHAPES[verb];
    return by === 'anyone' || (by === 'remote') === remote;
  }).map((label) => ({ label, kind: 'verb', detail: usageOf(label) }));
};

/** Who goes on, and what comes by itself; steps are numbers. */
const orderWords: List = (scope) => [
  ...actorsAs(scope.actors).map((actor) => ({ ...actor, label: runWord(actor.label), detail: 'goes on, or wakes' })),
  ...scope.dmas(true).map(({ name }): Candidate => ({ label: `dma:${name}`, kind: 'DMA', detail: 'the NIC completes it by itself' })), // prettier-ignore
  ...scope.named('file').map(({ name }): Candidate => ({ label: `grace:${name}`, kind: 'file', detail: 'its grace period ends' })), // prettier-ignore
];

const results: List = ({ tags }) => [
  ...[...RESULT_WORDS, BLOCKS].map((label): Candidate => ({ label, kind: 'result' })),
  ...tags.map((label): Candidate => ({ label, kind: 'tag' })),
  ...GIVEN_ERRNOS.map((label): Candidate => ({ label, kind: 'result', detail: 'errno' })),
];

const CONDITION_USE: readonly (readonly [string, string])[] = [
  ['file', 'file FILE = TAGS'],
  ['size', 'size FILE = N'],
  ['shared', 'shared FILE INDEX FILE INDEX'],
  ['hole', 'hole FILE INDEX'],
  ['pinned', 'pinned FILE INDEX'],
  ['free', 'free = N, busy blocks included'],
  ['zombie', 'zombie = N'],
  ['not', 'not CONDITION'],
  ['(', '( CONDITION )'],
];

const conditions: List = (scope) => [
  ...PROPERTY_IDS.map((label): Candidate => ({ label, kind: 'property', detail: PROPERTIES[label].title })),
  ...CONDITION_USE.map(([label, detail]): Candidate => ({ label, kind: 'condition', detail })),
  ...namesAs(scope.named('mr')),
  ...actorsAs(scope.actors),
];

const FS_VALUES: Readonly<Record<string, readonly string[]>> = {
  reflink: ['0', '1'],
  dax: ['always', 'never'],
  log: ['sync', 'async'],
};

const valuesOf: List = (_, { key }) => {
  const knob = KNOB_NAMES.find((known) => known === key);
  const values: readonly string[] = knob === undefined ? (FS_VALUES[key ?? ''] ?? []) : KNOBS[knob];
  return values.map((label) => ({ label, kind: 'value', detail: key ?? '' }));
};

/** A word that was said, and the one that it excludes. */
const unsaid =
  (kind: CandidateKind, among: readonly string[]): List =>
  (_, { said }) =>
    among.filter((word) => !said.some((other) => other === word || MAP_WORDS[other] === word)).map((label) => ({ label, kind })); // prettier-ignore

const LISTS: Readonly<Record<SlotName, List>> = {
  line: lineStarts,
  end: none,
  text: none,
  cells: none,
  newName: none,
  child: none,
  equals: words('operator', ['=']),
  comma: words('operator', [',']),
  colon: words('operator', [':']),
  arrow: words('operator', ['->']),
  step: none,
  blocks: none,
  count: none,
  fsType: words('value', FS_TYPES),
  fsSetting: words('knob', Object.keys(FS_VALUES)),
  fsValue: valuesOf,
  kernel: words('value', KERNELS),
  preset: () => PRESET_NAMES.map((label) => ({ label, kind: 'preset', detail: PRESETS[label].gist })),
  knob: () => KNOB_NAMES.map((label) => ({ label, kind: 'knob', detail: KNOBS[label].join(', ') })),
  knobValue: valuesOf,
  allocOrder: words('value', ['lowest', 'any']),
  grain: words('value', GRAINS),
  orderWord: orderWords,
  threads: words('knob', ['threads']),
  cloneWord: words('mode', ['reflink']),
  times: none,
  verb: verbs,
  source: (scope, place) => [...names('file')(scope, place), ...words('mode', NAMELESS)(scope, place)],
  tag: ({ tags }) => [...tags, '.'].map((label) => ({ label, kind: 'tag' })),
  mapWord: unsaid('mode', Object.keys(MAP_WORDS)),
  accessFlag: unsaid('access', ACCESS),
  result: results,
  condition: conditions,
  state: words('state', [...MR_STATES, ...ACTOR_STATES]),
  join: words('operator', ['and', 'or', ')']),
  map: names('map'),
  file: names('file'),
  dst: names('file'),
  mr: names('mr'),
  pipe: names('pipe'),
  dma: (scope, { verb }) => namesAs(scope.dmas(verb === 'complete')),
  actor: ({ actors }, { verb }) => (verb === undefined ? actorsAs(actors) : actorsAs(actors).filter(({ detail }) => detail === 'process')), // prettier-ignore
  index: none,
  size: none,
  off: none,
  len: none,
  srcOff: none,
  dstOff: none,
  mode: words('mode', CHOICES.mode.words),
  advice: words('mode', CHOICES.advice.words),
  lease: words('mode', CHOICES.lease.words),
  flag: words('mode', CHOICES.flag.words),
};

/** Of every slot that the place stands for. */
export function candidatesAt(place: Place, scope: Scope): readonly Candidate[] {
  return [place.slot, ...place.also].flatMap((slot) => LISTS[slot](scope, place));
}
