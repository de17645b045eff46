/** S11: the books. A violation is a bug of ours. */
import { runsEach, runsGet } from '../../base/runs.ts';
import { extentBlock, isBlock } from '../model/ids.ts';
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
