/** What stood in the way of a refused call: the objects of the check that said no, each since which step. */
import { runsGet } from '../base/runs.ts';
import type { InodeId, Page } from '../sim/model/ids.ts';
import { blockOfPage, extentBlock, extentWritten, isBlock, NO_INODE, pageOfBlock } from '../sim/model/ids.ts';
import type { Inode, State } from '../sim/model/state.ts';
import { ZOMBIE } from '../sim/model/state.ts';
import { extentAt, refcount } from '../sim/query/inodes.ts';
import { mapName, pageName } from '../sim/query/naming.ts';
import type { Pin } from '../sim/query/pins.ts';
import { eachPin, pinsOf, refOfOwner } from '../sim/query/pins.ts';
import { count, extentName, leaseName, mrName, nameOf, ownerName, procName } from './names.ts';
import type { Line, Target } from './parts.ts';
import { linked } from './parts.ts';
import { extentsOn } from './relations.ts';
import { sinceClaim, sinceStep, type Since } from './since.ts';
import type { EventOf, Told } from './told.ts';
import { eventsOf, fileOf, lastOf } from './told.ts';

/** More pins or blocks than this are counted. */
const FEW = 3;

type Refused = EventOf<'refused'>;

/** One line an object; none where the call itself was wrong. */
export function inTheWay(told: Told, refused: Refused): readonly Line[] {
  switch (refused.check) {
    case 'pins':
      return pinsInTheWay(told);
    case 'fs.shrink':
      return shrinkInTheWay(told);
    case 'leases':
      return leasesInTheWay(told);
    case 'flag':
      return flagInTheWay(told);
    case 'admission':
      return admission(told, refused);
    case 'mapping':
    case 'writable':
      return mappingInTheWay(told);
    case 'size':
    case 'range':
      return sizeInTheWay(told);
    case 'blocks':
      return blocksInTheWay(told);
    case 'handle':
    case 'access':
    case 'key':
    case 'bounds':
      return mrInTheWay(told);
    default:
      return [];
  }
}

const line = (sentence: string, targets: readonly Target[], since: Since = NEVER): Line =>
  linked(`${sentence}${since.text}.`, [...targets, ...since.targets]);
const NEVER: Since = { text: '', targets: [] };

const target = ({ program, state }: Told, ref: Extract<Target, { ref: unknown }>['ref']): Target => ({ text: nameOf(program, state, ref), ref }); // prettier-ignore

/** The inode that the call is about: that of its fault, its lock, or its name. */
function inodeOf(told: Told): InodeId | undefined {
  const fault = lastOf(told.events, 'faulted');
  const mapped = fault === undefined ? undefined : told.state.maps[fault.map]?.inode;
  if (mapped !== undefined && mapped !== NO_INODE) return mapped;
  const locked = eventsOf(told.events, 'locked')[0]?.inode;
  if (locked !== undefined) return locked;
  const { op, before } = told;
  if ('file' in op) return named(before, op.file);
  if ('src' in op) return named(before, op.src);
  const map = 'map' in op ? told.state.maps[op.map]?.inode : undefined;
  return map === NO_INODE ? undefined : map;
}

function named(state: State, file: number): InodeId | undefined {
  const inode = state.names[file];
  return inode === undefined || inode === NO_INODE ? undefined : inode;
}

const recordOf = (told: Told, inode: InodeId | undefined): Inode | undefined =>
  inode === undefined ? undefined : told.state.inodes[inode];

/** The index that a write or a fault is at. */
function indexOf(told: Told): number | undefined {
  const fault = lastOf(told.events, 'faulted');
  if (fault !== undefined) return (told.state.maps[fault.map]?.off ?? 0) + fault.vpage;
  return 'index' in told.op ? told.op.index : undefined;
}

function pinsInTheWay(told: Told): readonly Line[] {
  const scanned = eventsOf(told.events, 'scanned').findLast(({ busy }) => busy !== undefined)?.busy;
  const page = scanned ?? pageLeft(told);
  return page === undefined ? [] : pinLines(told, page);
}

/** What a write would move the file off. */
function pageLeft(told: Told): Page | undefined {
  const index = indexOf(told);
  const inode = recordOf(told, inodeOf(told));
  const extent = inode === undefined || index === undefined ? undefined : extentAt(inode, index);
  return extent === undefined ? undefined : pageOfBlock(extent.block);
}

/** `block 1, which is A[1], pinned by mr[1], since step 2.` */
export function pinLines(told: Told, page: Page): readonly Line[] {
  const { program, state, before } = told;
  const pins = pinsOf(pinsOf(state, page).length > 0 ? state : before, page);
  const owner = isBlock(page) ? extentsOn(state, blockOfPage(page), 1)[0] : undefined;
  const where = owner === undefined ? '' : ` (${extentName({ program, state }, owner.inode, owner.index)})`;
  const targets: Target[] = isBlock(page) ? [{ text: pageName(page), ref: { type: 'block', block: blockOfPage(page) } }] : []; // prettier-ignore
  if (owner !== undefined) targets.push(target(told, { type: 'extent', ...owner }));
  const lines = pins.slice(0, FEW).map((pin) => {
    const who = ownerName(program, state, pin.owner);
    const sentence = `${pageName(page)}${where}, pinned by ${who} of ${procName(program, pin.proc)} (${kindOf(pin)})`;
    return line(
      sentence,
      [...targets, { text: who, ref: refOfOwner(pin.owner) }],
      sinceClaim(told.moment, refOfOwner(pin.owner)),
    );
  });
  return pins.length <= FEW ? lines : [...lines, [`and ${count(pins.length - FEW, 'more pin')} of ${pageName(page)}.`]];
}

const kindOf = ({ kind, write }: Pin): string => `${kind === 'get' ? 'FOLL_GET' : kind}, ${write ? 'write' : 'read-only'}`; // prettier-ignore

function shrinkInTheWay(told: Told): readonly Line[] {
  const inode = inodeOf(told);
  if (inode === undefined) return [];
  const { program, state, moment } = told;
  const file = fileOf(told, inode);
  const maps = state.maps.flatMap((map, id) => (map.live && map.inode === inode ? [id] : []));
  const pins: Pin[] = [];
  eachPin(state, (pin) => void (pin.inode === inode && pins.push(pin)));
  const lines = maps.slice(0, FEW).map((map) => {
    const ref = { type: 'map', map } as const;
    const name = mapName(program, map);
    return line(`${file} is mapped as ${name}`, [{ text: name, ref }], sinceClaim(moment, ref));
  });
  const first = pins[0];
  if (first === undefined) return lines;
  const who = ownerName(program, state, first.owner);
  const more = pins.length === 1 ? '' : ` and ${pins.length - 1} more`;
  return [...lines, line(`${file} is pinned by ${who}${more}`, [{ text: who, ref: refOfOwner(first.owner) }], sinceClaim(moment, refOfOwner(first.owner)))]; // prettier-ignore
}

function leasesInTheWay(told: Told): readonly Line[] {
  const { program, state, moment } = told;
  const actor = program.actors[told.turn.task];
  const own = actor?.type === 'thread' ? actor.proc : undefined;
  const files = 'src' in told.op ? [named(state, told.op.src), named(state, told.op.dst)] : [inodeOf(told)];
  return files.flatMap((inode) =>
    (recordOf(told, inode)?.leases ?? []).flatMap(({ proc }) => {
      if (inode === undefined || proc === own) return [];
      const ref = { type: 'lease', inode, proc } as const;
      const name = leaseName(program, state, inode, proc);
      return [line(name, [{ text: name, ref }], sinceClaim(moment, ref))];
    }),
  );
}

function flagInTheWay(told: Told): readonly Line[] {
  const files = 'src' in told.op ? [named(told.state, told.op.dst), named(told.state, told.op.src)] : [inodeOf(told)];
  return files.flatMap((inode) => {
    const record = recordOf(told, inode);
    if (inode === undefined || record === undefined || record.flag === 'none') return [];
    const by = record.flaggedBy < 0 ? '' : ` by ${procName(told.program, record.flaggedBy)}`;
    return [line(`${fileOf(told, inode)} is flagged ${record.flag}${by}`, [], sinceStep(flaggedIn(told, record)))];
  });
}

function flaggedIn({ program, outline, turn }: Told, { name }: Inode): number {
  return program.steps.findLastIndex(({ op }, i) => i < turn.step && op.verb === 'set' && op.file === name && outline.steps[i]?.result === 'ok'); // prettier-ignore
}

/** Which rule of the option the file does not meet. */
function admission(told: Told, { knob }: Refused): readonly Line[] {
  const inode = inodeOf(told);
  const record = recordOf(told, inode);
  if (inode === undefined || record === undefined || knob === undefined) return [];
  const file = fileOf(told, inode);
  const mapping = 'map' in told.op ? [{ text: mapName(told.program, told.op.map), ref: { type: 'map', map: told.op.map } } as const] : []; // prettier-ignore
  const behind = mapping[0] === undefined ? '' : `${mapping[0].text} maps `;
  switch (told.program.option.knobs['pin.longterm']) {
    case 'immutable':
      return unsettled(told, inode, record).map((text) => line(text, targetsIn(told, inode, record)));
    case 'lease':
      return [line(`${behind}${file}, on which ${whoseProc(told)} has no layout lease`, mapping)];
    default:
      return [line(`${behind}${file}, a file on a DAX file system`, mapping)];
  }
}

const whoseProc = ({ program, turn }: Told): string => {
  const actor = program.actors[turn.task];
  return actor?.type === 'thread' ? procName(program, actor.proc) : 'nobody';
};

/** The first of each kind. */
function unsettled(told: Told, inode: InodeId, record: Inode): readonly string[] {
  const found = record.flag === 'none' ? [`${fileOf(told, inode)} has no flag`] : [];
  const index = badIndex(told.state, record);
  if (index === undefined) return found;
  const name = extentName(told, inode, index);
  const extent = extentAt(record, index);
  if (extent === undefined) return [...found, `${name} is a hole`];
  if (!extent.written) return [...found, `${name} is unwritten`];
  return [...found, `${name} shares ${pageName(pageOfBlock(extent.block))} with another file`];
}

const MOST_LOOKED_AT = 4096;

function badIndex({ device }: State, { map, size }: Inode): number | undefined {
  for (let index = 0; index < Math.min(size, MOST_LOOKED_AT); index += 1) {
    const extent = runsGet(map, index);
    if (extent === undefined || !extentWritten(extent) || refcount(device, extentBlock(extent)) > 1) return index;
  }
  return undefined;
}

function targetsIn(told: Told, inode: InodeId, record: Inode): readonly Target[] {
  const index = badIndex(told.state, record);
  if (index === undefined) return [];
  const extent = extentAt(record, index);
  const block = extent === undefined ? [] : [target(told, { type: 'block', block: extent.block })];
  return [target(told, { type: 'extent', inode, index }), ...block];
}

function mappingInTheWay(told: Told): readonly Line[] {
  const { op, program, state, moment } = told;
  const map = 'map' in op ? op.map : lastOf(told.events, 'faulted')?.map;
  const mapping = map === undefined ? undefined : state.maps[map];
  if (map === undefined || mapping === undefined || op.verb === 'mmap') return [];
  const ref = { type: 'map', map } as const;
  const name = mapName(program, map);
  if (!mapping.live) return [line(`${name} is unmapped`, [{ text: name, ref }], sinceClaim(moment, ref))];
  const what = [
    count(mapping.len, 'page'),
    mapping.private ? 'private' : 'shared',
    mapping.writable ? 'writable' : 'read-only',
  ];
  return [line(`${name}: ${what.join(', ')}`, [{ text: name, ref }], sinceClaim(moment, ref))];
}

function sizeInTheWay(told: Told): readonly Line[] {
  const inode = inodeOf(told);
  const record = recordOf(told, inode);
  if (inode === undefined || record === undefined) return [];
  const index = indexOf(told);
  const since = index === undefined ? NEVER : sinceClaim(told.moment, { type: 'extent', inode, index });
  return [line(`${fileOf(told, inode)} has ${count(record.size, 'block')}`, [], since)];
}

/** Where the blocks are; a zombie is kept by its pins. */
function blocksInTheWay(told: Told): readonly Line[] {
  const { free, busy, owned, zombie } = told.state.device;
  const all = free + busy + owned + zombie;
  const parts = [`${owned} owned`, ...(zombie > 0 ? [`${zombie} kept as zombies`] : []), ...(busy > 0 ? [`${busy} busy until the log commits`] : [])]; // prettier-ignore
  const lines: Line[] = [[`${free} of ${count(all, 'block')} are free: ${parts.join(', ')}.`]];
  if (zombie === 0) return lines;
  const pins: Pin[] = [];
  eachPin(told.state, (pin) => void (isZombie(told.state, pin.page) && pins.length < FEW && pins.push(pin)));
  return [...lines, ...pins.slice(0, 1).flatMap(({ page }) => pinLines(told, page))];
}

const isZombie = ({ device }: State, page: Page): boolean => isBlock(page) && runsGet(device.use, blockOfPage(page)) === ZOMBIE; // prettier-ignore

function mrInTheWay(told: Told): readonly Line[] {
  const { op, program, state, moment } = told;
  const mr = 'mr' in op ? op.mr : 'dma' in op ? lastOf(told.events, 'nak')?.mr : undefined;
  const record = mr === undefined ? undefined : state.mrs[mr];
  if (mr === undefined || record === undefined) return [];
  const ref = { type: 'mr', mr } as const;
  const name = mrName(program, mr);
  const is = record.state === 'none' ? 'is not there' : `is ${record.state}, ${count(record.len, 'page')}, ${record.writable ? 'pinned for write' : 'pinned read-only'}`; // prettier-ignore
  return [line(`${name} ${is}`, [{ text: name, ref }], sinceClaim(moment, ref))];
}
