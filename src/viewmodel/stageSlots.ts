/** The slots of every box: what each shows, and its accessible name. */
import { blockOfPage, isBlock, ZERO_PAGE } from '../sim/model/ids.ts';
import type { Program } from '../sim/model/program.ts';
import type { State } from '../sim/model/state.ts';
import { blockTag, fileTag } from '../sim/query/inodes.ts';
import { pageName } from '../sim/query/naming.ts';
import { runsGet } from '../base/runs.ts';
import type { SlotFact } from './claims.ts';
import { isCached, isZero } from './claims.ts';
import type { SlotRow } from './rows.ts';
import type { SceneSlot } from './scene.ts';
import type { StagePlan } from './stageLayout.ts';
import { fitSize, cutText } from './textWidth.ts';

type SlotMarks = {
  readonly violated: ReadonlyMap<string, readonly string[]>;
  readonly lit: ReadonlySet<string> | undefined;
  readonly ring: string;
};

type SlotSetting = { readonly program: Program; readonly state: State; readonly before: State; readonly plan: StagePlan; readonly marks: SlotMarks }; // prettier-ignore

function targetText(fact: SlotFact): string {
  const { page } = fact;
  if (page === undefined) return '';
  if (page === ZERO_PAGE) return '→0s';
  return isBlock(page) ? `→${page}` : `→d${page - ZERO_PAGE - 1}`;
}

/** What a file index reads as; a block behind the end of the file by what is in it. */
function tagText(program: Program, state: State, { live, index, fact }: SlotRow): string {
  if (live.type !== 'file') return '';
  if (fact.look === 'hole' && fact.cache === undefined) return '.';
  if (fact.look === 'unwritten' && fact.cache === undefined) return '_';
  const read = fileTag(state, live.of, index);
  const tag = read ?? (fact.page === undefined ? 0 : blockTag(state.device, blockOfPage(fact.page)));
  return program.tags[tag] ?? '.';
}

function slotText(program: Program, state: State, row: SlotRow): string {
  const { live, fact } = row;
  switch (live.type) {
    case 'file':
      return tagText(program, state, row);
    case 'map':
      return fact.page === undefined ? '' : isZero(fact.page) ? '0' : fact.writable ? 'rw' : 'r';
    default:
      return targetText(fact);
  }
}

/** `block 4, tag X`; `a hole`; `no PTE`. */
export function describeSlot(program: Program, state: State, row: SlotRow): string {
  const { live, fact } = row;
  const page = fact.page === undefined ? undefined : pageName(fact.page);
  switch (live.type) {
    case 'file': {
      const cached = fact.cache === undefined ? '' : `, cached in ${pageName(fact.cache)}`;
      const tag = tagText(program, state, row);
      const entry = runsGet(live.of.entries, row.index) === undefined ? '' : ', has a DAX entry';
      const past = row.index >= live.of.size ? ', past the end of the file' : '';
      if (page === undefined) return `a hole${cached}${past}`;
      return `${page}${fact.look === 'unwritten' ? ', unwritten' : `, tag ${tag}`}${cached}${entry}${past}`;
    }
    case 'map':
      return page === undefined ? 'no PTE' : `${page}, ${fact.writable ? 'writable' : 'read-only'}`;
    case 'mr':
      if (page === undefined) return live.of.odp ? 'invalid, the next DMA faults' : 'not pinned yet';
      return `${page}, ${live.of.odp ? 'on demand, not pinned' : 'pinned'}${fact.cut ? ', revoked' : ''}`;
    case 'dma':
      return `${page ?? 'no page yet'}, in flight ${fact.flow === 'up' ? 'into' : 'out of'} the page`;
    case 'pipe':
      return `${page ?? 'no page'}, held`;
  }
}

const samePlace = (a: SlotFact, b: SlotFact): boolean =>
  a.page === b.page && a.look === b.look && a.writable === b.writable && a.cache === b.cache && a.cut === b.cut;

/** Whether this turn changed what the slot claims, or what its file index reads as. */
export function isChanged({ program, state, before }: Omit<SlotSetting, 'plan' | 'marks'>, row: SlotRow): boolean {
  const { fact, was, live } = row;
  if (state === before) return false;
  if (was === undefined) return fact.page !== undefined || live.type === 'file';
  if (!samePlace(fact, was)) return true;
  if (live.type !== 'file') return false;
  const then = before.inodes[live.inode];
  return (
    then !== undefined &&
    tagText(program, before, { ...row, live: { ...live, of: then }, fact: was }) !== tagText(program, state, row)
  );
}

type Wording = Pick<SceneSlot, 'index' | 'indexSize' | 'text' | 'textSize'>;

/** The texts of a slot at the size that fits; a slot with room for one only shows a file's tag, and else the index. */
function wordingOf({ program, state, plan }: SlotSetting, row: SlotRow, width: number): Wording {
  const { k, tier, style, measure, least } = plan;
  const small = Math.max(11 * k, least);
  const index = `${row.index}`;
  const shown = style === 'single' && row.live.type !== 'file' ? index : slotText(program, state, row);
  const inner = width - 4 * k - (style === 'inline' ? measure(index, small, 'mono') + 5 * k : 0);
  const want = Math.max(
    least,
    (style === 'stack' ? 22 : style === 'inline' ? (tier.slot >= 30 ? 15 : 13) : tier.slot >= 24 ? 12.5 : 11.5) * k,
  );
  const size = fitSize(shown, inner, { size: want, least: small, face: 'mono', measure });
  const text = cutText(shown, inner, { size, face: 'mono', measure });
  // In a room the index goes before the text is cut.
  if (least > 0 && style === 'inline' && text !== shown) return { index: '', indexSize: small, text: cutText(shown, width - 4 * k, { size: small, face: 'mono', measure }), textSize: small }; // prettier-ignore
  return { index: style === 'single' ? '' : index, indexSize: small, text, textSize: size };
}

export function sceneSlot(setting: SlotSetting, row: SlotRow, objectName: string): SceneSlot {
  const { program, state, plan, marks } = setting;
  const { box } = row.live;
  const { slot } = box.side === 'above' ? plan.above : plan.below;
  const { index, indexSize, text, textSize } = wordingOf(setting, row, slot);
  const broken = marks.violated.get(row.key) ?? [];
  const changed = isChanged(setting, row);
  const words = [describeSlot(program, state, row), ...broken.map((id) => `breaks ${id}`)];
  return {
    key: row.key,
    ref: row.ref,
    box: box.spec.key,
    hue: box.spec.hue,
    x: box.slots[row.slot] ?? 0,
    y: box.y,
    w: slot,
    h: plan.tier.slot * plan.k,
    style: plan.style,
    index,
    indexSize,
    text,
    textSize,
    look: row.fact.look === 'hole' && isCached(row.fact.cache) ? 'plain' : row.fact.look,
    ground: isZero(row.fact.page),
    portX: box.ports[row.slot] ?? 0,
    violated: broken.length > 0,
    changed,
    ringed: marks.ring === row.key,
    faded: marks.lit !== undefined && !marks.lit.has(row.key),
    name: `${objectName}: ${words.join(', ')}${changed ? ', changed by this step' : ''}`,
  };
}
