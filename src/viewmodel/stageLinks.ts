/** The links of one moment: from the slots' claims to routes, with what kind of line each is. */
import { blockOfPage, isDram, ZERO_PAGE } from '../sim/model/ids.ts';
import type { DramId, Page } from '../sim/model/ids.ts';
import { dramOfPage } from '../sim/model/ids.ts';
import type { SimEvent } from '../sim/model/event.ts';
import type { Dma, DmaKind } from '../sim/model/state.ts';
import { claimKey } from '../sim/query/claimKey.ts';
import { clearance } from './cascade.ts';
import { isCached } from './claims.ts';
import type { Channels, LinkEnds, Routed } from './routes.ts';
import { isMoved, routeAll } from './routes.ts';
import type { SlotRow } from './rows.ts';
import { pageKey } from './rows.ts';
import type { LinkKind, SceneLink } from './scene.ts';
import type { StagePlan } from './stageLayout.ts';

type LinkSetting = {
  readonly plan: StagePlan;
  readonly rows: readonly SlotRow[];
  readonly dramCols: ReadonlyMap<DramId, number>;
  readonly violated: ReadonlyMap<string, readonly string[]>;
  readonly lit: ReadonlySet<string> | undefined;
  readonly turnEvents: readonly SimEvent[];
  /** DMAs that no box stands for: those of rdma_read and rdma_write themselves. */
  readonly unnamed: readonly Dma[];
};

type Claim = { readonly row: SlotRow; readonly key: string; readonly page: Page; readonly kind: LinkKind; readonly back: boolean; readonly was: Page | undefined }; // prettier-ignore

/** A file slot with the page cache has two: to the block above it and to the DRAM page below. */
function claimsOf(rows: readonly SlotRow[], cached: boolean): Claim[] {
  return rows.flatMap((row) => {
    const { fact, was, key } = row;
    const claims: Claim[] = [];
    if (fact.page !== undefined && fact.page !== ZERO_PAGE) {
      claims.push({
        row,
        key,
        page: fact.page,
        kind: fact.kind,
        back: cached && fact.kind === 'own' && !isDram(fact.page),
        was: was?.page,
      });
    }
    if (fact.cache !== undefined)
      claims.push({ row, key: `cache:${key}`, page: fact.cache, kind: 'cache', back: false, was: was?.cache });
    return claims;
  });
}

/** How far apart two of one row stand on one page, if there is room. */
const APART: { readonly [K in LinkKind]: number } = { own: 26, cache: 26, pte: 14, mtt: 14, odp: 12, pin: 14 };

/** How far from the page's edge a link's own line ends, for its head to stand there. */
const REACH: { readonly [K in LinkKind]: number } = { own: 1, cache: 1, pte: 9, mtt: 7, odp: 6, pin: 7 };

function endsOf(claim: Claim, { plan, dramCols, violated, lit }: LinkSetting): LinkEnds | undefined {
  const { row, page } = claim;
  const { box } = row.live;
  const toCol = isDram(page) ? dramCols.get(dramOfPage(page)) : plan.colOf.get(blockOfPage(page));
  if (toCol === undefined) return undefined;
  const ports = claim.back ? box.backPorts : box.ports;
  const x0 = ports[row.slot] ?? 0;
  const fromCol = box.col + row.slot;
  const x1 = x0 + (plan.columns.wide[toCol] ?? 0) - (plan.columns.wide[fromCol] ?? 0);
  const strip = claim.back ? (plan.medium ?? plan.strip) : plan.strip;
  const up = box.side === 'below' || claim.back;
  const reach = REACH[claim.kind] * plan.k;
  return {
    key: claim.key,
    box: box.spec.key,
    order: row.slot,
    channel: claim.back ? 'medium' : box.side,
    fromCol,
    toCol,
    row: box.row,
    x0,
    x1,
    alone: claim.was !== claim.page || violated.has(row.key) || (lit?.has(row.key) ?? false),
    apart: APART[claim.kind] * plan.k,
    y0: up ? box.y : box.y + plan.tier.slot * plan.k,
    y1: up ? strip.y + strip.h + reach : strip.y - reach,
  };
}

function channelsOf(plan: StagePlan): Channels {
  const slack = (cascade: StagePlan['above']): number => Math.max(1.5 * plan.k, clearance(cascade) - 2 * plan.k);
  const { strip, medium, channels } = plan;
  return {
    above: { edge: strip.y, away: -1, height: channels.above, slack: slack(plan.above) },
    below: { edge: strip.y + strip.h, away: 1, height: channels.below, slack: slack(plan.below) },
    medium: { edge: (medium?.y ?? 0) + (medium?.h ?? 0), away: 1, height: channels.medium, slack: slack(plan.above) },
  };
}

const flowOf = (kind: DmaKind): 'up' | 'down' => (kind === 'rdma_write' || kind === 'dio_read' ? 'up' : 'down');

/** MTT slots that data went through in this turn, or that a posted DMA stands on. */
function flows({ rows, turnEvents, unnamed }: LinkSetting): Map<string, 'up' | 'down'> {
  const found = new Map<string, 'up' | 'down'>();
  for (const { phase, kind, mr, index } of unnamed) {
    if (phase === 'posted') found.set(claimKey({ type: 'mtt', mr, slot: index }), flowOf(kind));
  }
  for (const event of turnEvents) {
    if (event.type !== 'transferred') continue;
    const { mr, slot, dma } = event;
    found.set(claimKey(mr >= 0 ? { type: 'mtt', mr, slot } : { type: 'dma', dma }), flowOf(event.kind));
  }
  for (const row of rows) if (row.fact.flow !== '') found.set(row.key, row.fact.flow);
  return found;
}

function sceneLink(claim: Claim, route: Routed, setting: LinkSetting, flow: '' | 'up' | 'down'): SceneLink {
  // prettier-ignore
  const { row, key, kind } = claim;
  const { x0, y0, turn, x1, y1, ribbon, room } = route;
  return {
    ribbon,
    x0,
    y0,
    turn,
    x1,
    y1,
    key,
    ref: row.ref,
    page: pageKey(claim.page) ?? '',
    hue: row.live.box.spec.hue,
    kind,
    writable: row.fact.writable,
    flow,
    cut: row.fact.cut,
    room: Math.min(room, clearance(claim.row.live.box.side === 'above' ? setting.plan.above : setting.plan.below)),
    moved: isMoved(route),
    changed: row.was !== undefined && claim.was !== undefined && claim.was !== claim.page,
    violated: setting.violated.has(row.key) && (kind !== 'own' || !isCached(row.fact.cache)),
    faded: setting.lit !== undefined && !setting.lit.has(row.key),
  };
}

/** Straight ones first, then moved, then violated: the later cut those beneath with their halo. */
const depth = (link: SceneLink): number => (link.violated ? 2 : link.moved ? 1 : 0) + (link.faded ? 0 : 4);

export type Links = { readonly links: readonly SceneLink[]; readonly movedFrom: ReadonlyMap<string, Page> };

export function sceneLinks(setting: LinkSetting): Links {
  const { plan, rows } = setting;
  const claims = claimsOf(rows, plan.medium !== undefined);
  const drawn = claims.flatMap((claim) => {
    const ends = endsOf(claim, setting);
    return ends === undefined ? [] : [{ claim, ends }];
  });
  const routes = routeAll(
    drawn.map(({ ends }) => ends),
    channelsOf(plan),
    plan.k,
  );
  const flowing = flows(setting);
  const movedFrom = new Map<string, Page>();
  const links = drawn.flatMap(({ claim }) => {
    const route = routes.get(claim.key);
    if (route === undefined) return [];
    const link = sceneLink(claim, route, setting, flowing.get(claim.key) ?? '');
    if (link.changed && claim.was !== undefined) movedFrom.set(claim.key, claim.was);
    return [link];
  });
  return { links: links.sort((a, b) => depth(a) - depth(b)), movedFrom };
}
