// What Node makes of the same text, read off the final state itself and not off anything that the page draws with.
import { runsEach, runsGet } from '../../src/base/runs.ts';
import { extentBlock, isBlock, ptePage } from '../../src/sim/model/ids.ts';
import { FREE } from '../../src/sim/model/state.ts';
import type { PropertyId } from '../../src/sim/model/property.ts';
import { runText } from '../support/runText.ts';
import type { StageReading } from './daxpinPage.ts';

export type Expected = StageReading & {
  readonly turns: number;
  readonly length: number;
  readonly broken: readonly PropertyId[];
  readonly claims: readonly { readonly text: string; readonly met: boolean }[];
};

function eachIndex(runs: Parameters<typeof runsEach>[0], visit: (index: number, value: number) => void): void {
  runsEach(runs, 0, Number.MAX_SAFE_INTEGER, (at, len, value, step) => {
    for (let i = 0; i < len; i += 1) visit(at + i, value + i * step);
  });
}

export function expectedOf(text: string, overrides?: Parameters<typeof runText>[1]): Expected {
  const { program, outline, momentAt } = runText(text, overrides);
  const { state } = momentAt(outline.length);
  const links: Record<string, number> = {};
  const tags: Record<string, string> = {};
  let free = 0;
  state.inodes.forEach((inode, id) => {
    if (inode.live) eachIndex(inode.map, (index, extent) => (links[`extent:${id}:${index}`] = extentBlock(extent)));
  });
  state.maps.forEach((mapping, id) => {
    if (mapping.live)
      eachIndex(mapping.ptes, (page, pte) => isBlock(ptePage(pte)) && (links[`pte:${id}:${page}`] = ptePage(pte)));
  });
  state.mrs.forEach((mr, id) => {
    if (mr.state === 'live') eachIndex(mr.mtt, (slot, page) => isBlock(page) && (links[`mtt:${id}:${slot}`] = page));
  });
  for (let block = 0; block < program.blocks; block += 1) {
    if ((runsGet(state.device.use, block) ?? FREE) === FREE) free += 1;
    else tags[block] = program.tags[runsGet(state.device.tags, block) ?? 0] ?? '?';
  }
  return {
    links,
    tags,
    free,
    turns: outline.turns.length,
    length: outline.length,
    broken: [...new Set(outline.violations.map(({ id }) => id))],
    claims: outline.claims,
  };
}
