// Reads a drawn score back, character by character: from each slot along its line to the page that it ends on. It knows
// the signs of the picture and nothing of how it was drawn.

/** `file A 1 4`, `PTE m 1 4 rw`, `MR mr 1 1`: row, index, page. */
export type ReadClaim = {
  readonly row: string;
  readonly index: string;
  readonly value: string;
  readonly page: string;
  readonly broken: boolean;
};

const ROW = /^ ((file|mfd|PTE|MR|DMA|pipe)(?: [\w.~-]+(?: \(x\))?)?) /;
const SLOT = /(\d+)([:>#])([^\s|]+)/g;

type Sheet = readonly string[];

const at = (sheet: Sheet, x: number, y: number): string => sheet[y]?.[x] ?? ' ';

type Strip = {
  readonly top: number;
  readonly bottom: number;
  readonly numbers: readonly { readonly x: number; readonly name: string }[];
};

function stripsOf(sheet: Sheet): Strip[] {
  return sheet.flatMap((line, y): Strip[] => {
    if (!/^ (blocks|DRAM) /.test(line)) return [];
    let bottom = y + 1;
    while (!/^ {8,}[+. ][-+. ^vo#]+$/.test(sheet[bottom] ?? '') && bottom < sheet.length) bottom++;
    const numbers = [...(sheet[y - 1] ?? '').matchAll(/(?<![\w])D?\d+(?=\D|$)/g)].map((m) => ({
      x: m.index,
      name: m[0],
    }));
    return [{ top: y - 2, bottom, numbers }];
  });
}

function pageAt({ numbers }: Strip, x: number): string {
  return numbers.filter((n) => n.x <= x).at(-1)?.name ?? '?';
}

/** Along one link, away from its slot; undefined: there is none, or a fence cuts it. */
function follow(
  sheet: Sheet,
  strips: readonly Strip[],
  start: { x: number; y: number },
  down: 1 | -1,
): string | undefined {
  let { x, y } = start;
  for (let steps = 0; steps < 2000; steps++) {
    y += down;
    const strip = strips.find(({ top, bottom }) => y === (down === 1 ? top : bottom));
    if (strip !== undefined) return pageAt(strip, x);
    const c = at(sheet, x, y);
    if (c === '|' || c === ':' || c === '/' || c === '\\' || c === '^' || c === 'v') continue;
    if (c !== "'" && c !== '.') return undefined;
    const left = at(sheet, x - 1, y) === '-' || at(sheet, x - 1, y) === '~';
    const step = left ? -1 : 1;
    do x += step;
    while (!/[.'+ ]/.test(at(sheet, x, y)) && x > 0 && x < 80);
    if (at(sheet, x, y) === ' ') throw new Error(`a run of line ${y} ends nowhere, at column ${x}`);
  }
  throw new Error('a link without end');
}

/** Every claim of the picture that has a page. */
export function readScore(sheet: Sheet): ReadClaim[] {
  const strips = stripsOf(sheet);
  const main = strips.at(-1);
  if (main === undefined) throw new Error('no strip of pages');
  return sheet.flatMap((line, y): ReadClaim[] => {
    const [head = '', row = '', kind = ''] = ROW.exec(line) ?? [];
    if (kind === '') return [];
    return [...line.matchAll(SLOT)].flatMap((slot): ReadClaim[] => {
      if (slot.index < head.length) return [];
      const [, index = '', sign = '', value = ''] = slot;
      const port = { x: slot.index + index.length, y };
      const claim = { row, index, value, broken: sign === '#' };
      if (value.endsWith('z') && kind !== 'file' && kind !== 'mfd') return [{ ...claim, page: 'z' }];
      if (kind === 'file' && strips.length > 1) {
        const pages = [follow(sheet, strips, port, -1), follow(sheet, strips, port, 1)];
        return pages.flatMap((page) => (page === undefined ? [] : [{ ...claim, page }]));
      }
      const page = follow(sheet, strips, port, y < main.top ? 1 : -1);
      if (kind === 'MR' || kind === 'DMA' || kind === 'pipe') {
        if (page !== undefined && page !== value)
          throw new Error(`${claim.row} says ${value}, its line leads to ${page}`);
        return [{ ...claim, page: value }];
      }
      return [{ ...claim, page: page ?? 'nowhere' }];
    });
  });
}
