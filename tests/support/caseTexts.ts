// Small scenarios for tests of the page: as a user would write them, so that tests read like use.

/** The mail's case: a READ MR, and its own process breaks the COW. 39 micro-steps, five turns. */
export const READ_MR = `
title  "A READ MR goes stale when its own process breaks the COW"
option wait
file   A abcd
file   B = reflink A
app    m  = mmap A
app    mr = reg_mr m remote_read
app    store m 1 X              -> ok
peer   rdma_read mr 1           -> b
app    load m 1                 -> X
exists S2 and S5b
`;

/** A truncate sleeps on a pin, a write queues behind it, and the pin goes. */
export const TWO_SLEEPERS = `
title  "Two sleepers"
option wait
file   A abcd
db     m  = mmap A
db     mr = reg_mr m remote_write local_write
admin  ftruncate A 2            -> blocks, ok
log    pwrite A 0 Q             -> blocks, ok
db     dereg_mr mr              -> ok
`;

/** `n` steps of one process, in two files' worth of work. */
export const longText = (n: number): string =>
  `title "Long"\nfile A abcd\napp m = mmap A\n${Array.from({ length: n - 1 }, (_, i) => `app store m ${i % 4} ${'abcdefgh'[i % 8]}`).join('\n')}\n`;
