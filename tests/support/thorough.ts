/** `DAXPIN_THOROUGH=1`: every run of the properties and every world as a whole, which takes several times as long. */
export const THOROUGH = process.env['DAXPIN_THOROUGH'] === '1';

/** So many runs of a property when there is time, a part of them otherwise. */
export const runsOf = (many: number, few: number): number => (THOROUGH ? many : few);

/** Every second one, where there is no time for all. */
export const someOf = <T>(list: readonly T[]): readonly T[] => list.filter((_, i) => THOROUGH || i % 2 === 0);
