/** The objects that a fact is about, as a picture shows them: what its sentence can be linked to. */
import type { SimEvent } from './model/event.ts';
import { blockOfPage, dramOfPage, isBlock, isDram, type Block, type Page } from './model/ids.ts';
import type { EntityRef } from './model/state.ts';
import { refOfOwner } from './query/pins.ts';

/** `about`: of a run of blocks the one that matters. */
export function factRefs(event: SimEvent, about: Block | undefined): readonly EntityRef[] {
  switch (event.type) {
    case 'pinned':
    case 'unpinned':
      return [refOfOwner(event.owner), ...ofPage(event.page)];
    case 'mttSet':
    case 'mttZapped':
      return [{ type: 'mtt', mr: event.mr, slot: event.slot }, ...ofPage(event.page)];
    case 'extentSet': {
      const offset = about !== undefined && about >= event.block && about < event.block + event.len ? about - event.block : 0; // prettier-ignore
      const was = event.was === undefined ? [] : ofBlock(event.was);
      return [{ type: 'extent', inode: event.inode, index: event.index + offset }, ...ofBlock(event.block + offset), ...was]; // prettier-ignore
    }
    case 'extentsRemoved':
      return [{ type: 'extent', inode: event.inode, index: event.index }];
    case 'freed':
    case 'allocated':
    case 'refcount':
      return ofBlock(event.block);
    case 'shared':
      return [
        { type: 'extent', inode: event.src, index: event.srcIndex },
        { type: 'extent', inode: event.dst, index: event.dstIndex },
      ];
    case 'orphaned':
      return [{ type: 'dram', dram: event.dram }];
    case 'pteSet':
    case 'pteZapped':
      return [{ type: 'pte', map: event.map, vpage: event.vpage }, ...ofPage(event.page)];
    case 'slept':
    case 'woke':
      return [{ type: 'task', task: event.task }];
    case 'wrote':
    case 'read':
      return ofPage(event.page);
    case 'copied':
      return [...ofPage(event.from), ...ofPage(event.to)];
    case 'transferred':
      return [...(event.mr < 0 ? [] : [{ type: 'mtt', mr: event.mr, slot: event.slot } as const]), ...ofPage(event.page)]; // prettier-ignore
    case 'entrySet':
      return [{ type: 'extent', inode: event.inode, index: event.index }, ...ofBlock(event.block)];
    case 'entriesDropped':
      return [{ type: 'extent', inode: event.inode, index: event.index }];
    case 'shifted':
      return [event.index, event.index + event.by].map((index) => ({ type: 'extent', inode: event.inode, index }));
    case 'anonCopied':
      return [{ type: 'pte', map: event.map, vpage: event.vpage }, ...ofPage(event.from), { type: 'dram', dram: event.to }]; // prettier-ignore
    case 'anonMapped':
      return [
        { type: 'pte', map: event.map, vpage: event.vpage },
        { type: 'dram', dram: event.dram },
      ];
    case 'cached':
      return [
        { type: 'dram', dram: event.dram },
        { type: 'extent', inode: event.inode, index: event.index },
      ];
    case 'leaseSet':
      return [{ type: 'lease', inode: event.inode, proc: event.proc }];
    case 'flagSet':
      return [{ type: 'file', inode: event.inode }];
    case 'sacrificed':
      return 'mr' in event.victim ? [{ type: 'mr', mr: event.victim.mr }] : [];
    default:
      return [];
  }
}

const ofBlock = (block: Block): readonly EntityRef[] => [{ type: 'block', block }];

const ofPage = (page: Page): readonly EntityRef[] =>
  isBlock(page) ? ofBlock(blockOfPage(page)) : isDram(page) ? [{ type: 'dram', dram: dramOfPage(page) }] : [];
