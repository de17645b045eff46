/**
 * The address bar names what is shown: `#s=<scenario>&o=<option>&k=<kernel>&at=<position>`, a scenario of the user's own
 * as `own:<id>`, a run that the lab found as `trace:<number>`; the lab as `#lab=<world>&o=<option>&p=<property>`. What is
 * selected, hidden, open beside it follows. It may come from anybody, so it is read with bounds and what does not fit is
 * left out, never guessed.
 */
import { readLink, sealLink } from '../io/link.ts';
import { formatPlace, parsePlace, type LinkPlace } from '../io/linkPlace.ts';
import type { PresetName } from '../sim/model/knobs.ts';
import { PRESET_NAMES } from '../sim/model/knobs.ts';
import type { Kernel } from '../sim/model/program.ts';
import { KERNELS } from '../sim/model/program.ts';
import type { PropertyId } from '../sim/model/property.ts';
import { PROPERTY_IDS } from '../sim/model/property.ts';
import { THEMES, type Theme } from './store.ts';

export type Address = {
  readonly scenario?: string;
  /** Absent: as the text has it. */
  readonly preset?: PresetName;
  readonly kernel?: Kernel;
  /** Counted in micro-steps: as it is typed by hand. */
  readonly at?: number;
  /** By name, as links have it. */
  readonly place?: LinkPlace;
  /** The text itself, packed: of what does not come with the page. */
  readonly packed?: string;
  /** Key of the selected object (`claimKey`). */
  readonly selected?: string;
  /** Keys of boxes that are not drawn. */
  readonly hidden?: readonly string[];
  /** Tables in place of the pictures. */
  readonly view?: 'table';
  /** For a frame: without what is around the picture. */
  readonly embed?: true;
  /** Of a frame alone: elsewhere it is the reader's. */
  readonly theme?: Theme;
  /** Absent: by step. */
  readonly grain?: 'micro';
  /** The text stands beside the picture. */
  readonly script?: true;
  /** Two runs side by side; the option of the other, as a text writes it: `wait pin.readonly=unshare`. */
  readonly compare?: string;
  /** Of the comparison, where `at` of the left run does not tell it. */
  readonly row?: number;
  /** Compared: so many micro-steps into that row, both at once. */
  readonly inRow?: number;
  /** Full screen, for a room. */
  readonly room?: true;
  /** A bundled talk, and which of its slides, from 1. */
  readonly talk?: string;
  readonly slide?: number;
  /** The lab, with this world; then `preset` and `property` are of the selected cell. */
  readonly lab?: string;
  readonly property?: PropertyId;
};

/** Without a text. */
const MAX_LENGTH = 1000;
const PACKED = /(?:^|&)t=(\d{1,6}\.[\w-]*)/;
const SCENARIO = /^(?:own:[a-z0-9]{4,24}|trace:\d{1,6}|[\w.-]{1,100})$/;
const NUMBER = /^\d{1,9}$/;
const OBJECT = /^[a-z]{2,8}(?::[a-z0-9]{1,16}){1,3}$/;
const MOST_HIDDEN = 64;
const OPTION = /^[\w.=-]{1,40}(?: [\w.=-]{1,40}){0,13}$/;
const TALK = /^[\w-]{1,60}$/;

function oneOf<T extends string>(names: readonly T[], value: string | null): T | undefined {
  return names.find((name) => name === value);
}

export function parseAddress(hash: string): Address {
  const { fields } = readLink(hash);
  const packed = PACKED.exec(fields);
  const rest = packed === null ? fields : fields.replace(packed[0], '').replace(/^&/, '');
  const address = rest.length > MAX_LENGTH ? {} : parseFields(new URLSearchParams(rest));
  return packed?.[1] === undefined ? address : { ...address, packed: packed[1] };
}

function parseFields(fields: URLSearchParams): Address {
  const scenario = fields.get('s') ?? '';
  const lab = fields.get('lab') ?? '';
  const at = fields.get('at') ?? '';
  const preset = oneOf(PRESET_NAMES, fields.get('o'));
  const kernel = oneOf(KERNELS, fields.get('k'));
  const place = parsePlace(fields.get('n') ?? '', fields.get('f') ?? '');
  if (SCENARIO.test(lab)) {
    const property = oneOf(PROPERTY_IDS, fields.get('p'));
    return { lab, ...(preset === undefined ? {} : { preset }), ...(property === undefined ? {} : { property }) };
  }
  return {
    ...(SCENARIO.test(scenario) ? { scenario } : {}),
    ...(preset === undefined ? {} : { preset }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(NUMBER.test(at) ? { at: Number(at) } : {}),
    ...(place === undefined ? {} : { place }),
    ...parseLooks(fields),
  };
}

/** What is seen of the run, rather than which run it is. */
function parseLooks(fields: URLSearchParams): Address {
  const field = (name: string, fits: RegExp): string | undefined => {
    const value = fields.get(name) ?? '';
    return fits.test(value) ? value : undefined;
  };
  const selected = field('sel', OBJECT);
  const theme = fields.get('embed') === '1' ? oneOf(THEMES, fields.get('theme')) : undefined;
  const hidden = (fields.get('hide') ?? '').split(',', MOST_HIDDEN).filter((key) => OBJECT.test(key));
  const compare = field('c', OPTION);
  const row = compare === undefined ? undefined : field('r', NUMBER);
  const inRow = compare === undefined ? undefined : field('i', NUMBER);
  const talk = field('talk', TALK);
  const slide = field('slide', NUMBER);
  return {
    ...(selected === undefined ? {} : { selected }),
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(fields.get('view') === 'table' ? { view: 'table' } : {}),
    ...(fields.get('embed') === '1' ? { embed: true } : {}),
    ...(theme === undefined ? {} : { theme }),
    ...(fields.get('g') === 'micro' ? { grain: 'micro' } : {}),
    ...(fields.get('e') === '1' ? { script: true } : {}),
    ...(compare === undefined ? {} : { compare }),
    ...(row === undefined ? {} : { row: Number(row) }),
    ...(inRow === undefined ? {} : { inRow: Number(inRow) }),
    ...(fields.get('room') === '1' ? { room: true } : {}),
    ...(talk === undefined ? {} : { talk }),
    ...(slide === undefined || talk === undefined ? {} : { slide: Number(slide) }),
  };
}

/** As a link to give away: with its version, and a checksum. */
export const formatLink = (address: Address): string => sealLink(formatAddress(address).slice(1));

export function formatAddress(address: Address): string {
  const { scenario, preset, kernel, at, lab, property, place, packed } = address;
  const fields = new URLSearchParams();
  if (lab !== undefined) fields.set('lab', lab);
  if (scenario !== undefined) fields.set('s', scenario);
  if (preset !== undefined) fields.set('o', preset);
  if (property !== undefined) fields.set('p', property);
  if (kernel !== undefined) fields.set('k', kernel);
  if (at !== undefined && at > 0) fields.set('at', String(at));
  if (place !== undefined && place.turn > 0) fields.set('n', formatPlace(place));
  if (place !== undefined && place.turn > 0) fields.set('f', place.prints);
  formatLooks(address, fields);
  if (packed !== undefined) fields.set('t', packed);
  // These may stand in a fragment as they are.
  return `#${fields.toString().replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%7E', '~')}`;
}

function formatLooks(address: Address, fields: URLSearchParams): void {
  const { selected, hidden = [], view, embed, theme, grain, script, compare, row, inRow, room, talk, slide } = address;
  if (compare !== undefined) fields.set('c', compare);
  if (compare !== undefined && row !== undefined) fields.set('r', String(row));
  if (compare !== undefined && inRow !== undefined) fields.set('i', String(inRow));
  if (room === true) fields.set('room', '1');
  if (talk !== undefined) fields.set('talk', talk);
  if (talk !== undefined && slide !== undefined) fields.set('slide', String(slide));
  if (selected !== undefined) fields.set('sel', selected);
  if (hidden.length > 0) fields.set('hide', hidden.join(','));
  if (view !== undefined) fields.set('view', view);
  if (embed === true) fields.set('embed', '1');
  if (embed === true && theme !== undefined) fields.set('theme', theme);
  if (grain !== undefined) fields.set('g', grain);
  if (script === true) fields.set('e', '1');
}
