/** S11: the books. A violation is a bug of ours. */
import { runsEach, runsGet } from '../../base/runs.ts';
import { extentBlock, isBlock } from '../model/ids.ts';
import type { Program } from '../model/program.ts';
import type { State } from '../model/state.ts';
import { eachPin } from '../query/pins.ts';
import type { Finding, StateProperty } from './finding.ts';

/** Up to this many blocks every step is audited in full; beyond, the sums are (O(1)), and tests audit the rest. */
const AUDIT_BLOCKS = 256;

export const S11: StateProperty = {
  kind: 'state',
  id: 'S11',
  inputs: (s) => [s.device, s.inodes, s.mrs, s.dmas, s.pipes],
  check(program, state) {
    const { free, busy, owned, zombie } = state.device;
    const sum = free + busy + owned + zombie;
    if (sum !== program.blocks)
      return [
        finding('sum', `FREE ${free} + BUSY ${busy} + OWNED ${owned} + ZOMBIE ${zombie} is not ${program.blocks}`),
      ];
    return program.blocks <= AUDIT_BLOCKS ? auditAccounts(program, state) : [];
  },
};

const finding = (key: string, message: string): Finding => ({ id: 'S11', key, message, refs: [] });

/** Every reference count against the maps, every pin count against the owners. */
export function auditAccounts(program: Program, state: State): readonly Finding[] {
  const refs = new Array<number>(program.blocks).fill(0);
  const add = (block: number, n: number): void => {
    refs[block] = (refs[block] ?? 0) + n;
  };
  for (const inode of state.inodes) {
    runsEach(inode.map, 0, Number.MAX_SAFE_INTEGER, (_at, len, value, step) => {
      for (let i = 0; i < len; i++) add(extentBlock(value) + i * step, 1);
    });
  }
  for (const task of state.tasks)
    for (const f of task.frames) if ((f.fn === 'store' || f.fn === 'load' || f.fn === 'pwrite') && f.y >= 0) add(f.y, 1); // prettier-ignore
  const pins = new Array<number>(program.blocks).fill(0);
  eachPin(state, ({ page }) => {
    if (isBlock(page)) pins[page] = (pins[page] ?? 0) + 1;
  });
  const found: Finding[] = [];
  for (let block = 0; block < program.blocks; block++) {
    const use = runsGet(state.device.use, block) ?? 0;
    if (Math.max(0, use) !== refs[block])
      found.push(finding(`ref:${block}`, `block ${block} has refcount ${use} and ${refs[block]} map entries`));
    const held = runsGet(state.device.pins, block) ?? 0;
    if (held !== pins[block])
      found.push(finding(`pin:${block}`, `block ${block} counts ${held} pins, its owners hold ${pins[block]}`));
  }
  return found;
}
