/** The frame around a row of slots. */

/** Between slots and frame, above and below them; to the sides one more. At k = 1. */
export const FRAME_PAD = 4;

export const frameOf = (left: number, right: number, k: number): { x: number; w: number } => ({
  x: left - (FRAME_PAD + 1) * k,
  w: right - left + 2 * (FRAME_PAD + 1) * k,
});
