/** What one import may hold. Over a bound is told with the bound and its cure; nothing is cut without a word. */
export const MAX_BYTES = 4 * 1024 * 1024;
export const MAX_SOURCES = 50;
export const MAX_LINES = 200_000;
export const MAX_PIECES = 500;
/** Rows of one output. */
export const MAX_ROWS = 50_000;
export const MAX_LINE = 8192;
/** Blocks that the files of one scenario may have together: their letters are most of its text. */
export const MAX_BLOCKS = 120_000;
/** Set-up lines, of the 10,000 steps that a scenario may have. */
export const MAX_SETUP = 8000;
export const MAX_FILES = 200;
export const MAX_MAPS = 500;
/** Pages that are touched one by one, to be mapped as they are on the machine. */
export const MAX_TOUCHED = 256;
/** Rows of the table of blocks in the text's comments. */
export const MAX_TABLE = 200;
/** Numbers of blocks and bytes stay exact below this. */
export const MAX_OFFSET = Number.MAX_SAFE_INTEGER;
