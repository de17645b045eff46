/** The list: every property of this build, in the order of the table that users read. */
import { S11 } from './accounting.ts';
import { S12, S4, S5a, S5b, S7, S8 } from './coherence.ts';
import { L7 } from './collateral.ts';
import { L8 } from './errnoContract.ts';
import { F1 } from './features.ts';
import type { Property } from './finding.ts';
import { L1, L2, L3 } from './liveness.ts';
import { L6 } from './pinLeak.ts';
import { S1, S2 } from './pins.ts';
import { S6 } from './ptes.ts';
import { L5 } from './spaceReclaim.ts';

export const ALL_PROPERTIES: readonly Property[] = [
  S1, S2, S4, S5a, S5b, S6, S7, S8, S11, S12, L1, L2, L3, L5, L6, L7, L8, F1,
]; // prettier-ignore
