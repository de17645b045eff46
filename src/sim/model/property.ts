/** The properties of `semantics` §4: one list of ids, one title each. */
export const PROPERTIES = {
  S1: { name: 'dma-to-free', title: 'DMA can reach a free block' },
  S2: { name: 'cross-file-dma', title: "A pin reaches another file's block" },
  S4: { name: 'cow-isolation', title: 'A write lands in a shared block' },
  S5a: { name: 'lost-write', title: 'A remote write is lost to the file' },
  S5b: { name: 'stale-read', title: 'A remote read returns stale data' },
  S6: { name: 'pte-coherent', title: "A PTE disagrees with the file's block" },
  S7: { name: 'stale-exposure', title: 'A read exposes old contents of a block' },
  S8: { name: 'read-only-pin-written', title: 'DMA writes through a read-only pin' },
  S11: { name: 'accounting', title: 'The accounts of blocks and pins do not add up' },
  S12: { name: 'fence', title: 'DMA uses a translation after its fence' },
  L1: { name: 'op-terminates', title: 'An operation waits for a volunteer' },
  L2: { name: 'no-deadlock', title: 'Deadlock: the sleepers wait for each other' },
  L3: { name: 'killable', title: 'A wait outlasts SIGKILL' },
  L5: { name: 'space-reclaim', title: 'A successful operation freed less than it says' },
  L6: { name: 'pin-leak', title: 'Pins outlive everybody who could drop them' },
  L7: { name: 'no-collateral', title: 'An operation of one process harms another' },
  L8: { name: 'errno-contract', title: 'An errno that the man page does not list' },
  F1: { name: 'features', title: 'The option refuses what mainline offers' },
} as const;

export type PropertyId = keyof typeof PROPERTIES;
export const PROPERTY_IDS = Object.keys(PROPERTIES) as readonly PropertyId[];
