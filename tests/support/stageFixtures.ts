// Scenarios that show everything the stage can draw, each with the position that shows it best.
import type { Program } from '../../src/sim/model/program.ts';
import type { Moment, Outline } from '../../src/sim/outline.ts';
import type { Ran } from './runText.ts';
import { runText } from './runText.ts';

export type StageFixture = { readonly program: Program; readonly outline: Outline; readonly moment: Moment };

/** `step`: counted from 1; the moment is the end of its first turn. */
export const STAGE_TEXTS: Readonly<Record<string, { readonly step: number; readonly text: string }>> = {
  main: {
    step: 3,
    text: `title "A READ MR goes stale when its own process breaks the COW"
device 16
kernel 7.0
option wait
file   A abcd
file   B = reflink A
app    m  = mmap A
app    mr = reg_mr m remote_read
app    store m 1 X
peer   rdma_read mr 1
app    load m 1
`,
  },
  crowded: {
    step: 18,
    text: `title "ftruncate against three users"
device 24
kernel 7.0
option wait
file   A abcdef
file   B = reflink A 0 4
admin  pwrite B 2 w
admin  pwrite B 5 z
app    m = mmap A
app    d1 = dio_write m 3
db     m1 = mmap A
app    m2 = mmap B 2 2
log    m3 = mmap A 4 2
db     mr1 = reg_mr m1 2 4 local_write remote_write
db     store m1 3 D
app    mr2 = reg_mr m2 remote_read on_demand
app    munmap m
db     load m1 0
app    store m2 0 w
log    load m3 0
peer   rdma_read mr2 0
app    load m2 1
admin  ftruncate A 2
log    pwrite A 0 Q
db     dereg_mr mr1
`,
  },
  shared: {
    step: 6,
    text: `title "Truncate of a file that shares its blocks"
device 12
option unprotected
file   A abcd
file   B = reflink A
file   C = reflink A 1 2
app    m = mmap A
app    mr = reg_mr m remote_read
app    load m 0
app    load m 3
admin  fallocate B punch 0 1
admin  ftruncate A 2
`,
  },
  zombie: {
    step: 4,
    text: `title "Deferred free"
device 8
option deferred-free
file   A abcd
app    m = mmap A
app    mr = reg_mr m local_write remote_write
app    load m 0
admin  ftruncate A 1
admin  create B
admin  pwrite B 0 Z
`,
  },
  odp: {
    step: 6,
    text: `title "ODP follows"
device 8
option odp-only
file   A abcd
file   B = reflink A
app    m = mmap A
app    mr = reg_mr m remote_read on_demand
peer   rdma_read mr 0
peer   rdma_read mr 1
app    load m 2
app    store m 1 X
`,
  },
  dio: {
    step: 4,
    text: `title "O_DIRECT in flight, a posted write and a pipe"
device 8
option wait
file   A abc_
app    m = mmap A
app    mr = reg_mr m local_write remote_write
app    d = dio_read m 0 Q
peer   x = post_write mr 1 Z
app    p = vmsplice m 2
app    dio_end d
peer   complete x
`,
  },
  cache: {
    step: 6,
    text: `title "The page cache"
device 12
fs xfs dax=never
option wait
file   A abcd
file   B = reflink A
app    m = mmap A
app    mr = reg_mr m 1 2 remote_read
app    store m 1 X
app    load m 0
app    n = mmap B
admin  fallocate A punch 1 1
app    load m 1
peer   rdma_read mr 0
`,
  },
  free: {
    step: 4,
    text: `title "A pin reaches a free block, then another file's"
device 16
option unprotected
file   A abcd
app    m = mmap A
app    mr = reg_mr m local_write remote_write
app    store m 0 a
admin  fallocate A punch 1 2
admin  create B
admin  pwrite B 0 Z
peer   rdma_write mr 1 W
`,
  },
  ribbon: {
    step: 14,
    text: `title "A WRITE MR breaks the share of twelve blocks"
device 32
option wait
file   A abcdefghijkl
file   B = reflink A
app    m = mmap A
${Array.from({ length: 12 }, (_, i) => `app    load m ${i}`).join('\n')}
app    mr = reg_mr m local_write remote_write
app    n = mmap B
`,
  },
  holes: {
    step: 4,
    text: `title "Holes, unwritten blocks, the zero page, end of file"
device 12
file   A a._d
file   B xy
app    m = mmap A
app    load m 1
app    load m 2
admin  ftruncate B 5
app    store m 1 Q
admin  unlink A
`,
  },
};

/** Where the first turn of step n ends: asleep, if it sleeps. */
export const firstEnd = ({ outline }: Ran, n: number): number =>
  outline.turns.find(({ step }) => step === n - 1)?.to ?? 0;

export function runFixture(name: string): Ran {
  const fixture = STAGE_TEXTS[name];
  if (fixture === undefined) throw new Error(`no fixture ${name}`);
  return runText(fixture.text);
}

export function stageFixture(name: string, at?: number): StageFixture {
  const ran = runFixture(name);
  const position = at ?? firstEnd(ran, STAGE_TEXTS[name]?.step ?? 1);
  return { program: ran.program, outline: ran.outline, moment: ran.momentAt(position) };
}

/** A device of many pages, many actors, each with a mapping and an MR over a part of one file. */
export function largeText(pages: number, actors: number): string {
  const tags = Array.from({ length: pages }, (_, i) => String.fromCharCode(97 + (i % 26))).join('');
  const part = Math.floor(pages / actors);
  const lines = [`title "large"`, `device ${pages + 16}`, 'option wait', `file A ${tags}`];
  for (let i = 0; i < actors; i++) {
    lines.push(`p${i} m${i} = mmap A ${i * part} ${part}`, `p${i} r${i} = reg_mr m${i} local_write remote_write`);
    lines.push(`p${i} store m${i} 0 X`, `p${i} store m${i} ${part - 1} Y`);
  }
  lines.push('admin ftruncate A 2');
  return `${lines.join('\n')}\n`;
}
