/** The pages of the score as boxes of text: number and owners, tag, pins, and a word where there is one to say. */
import type { SceneCell } from '../../viewmodel/scene.ts';
import type { Canvas } from './canvas.ts';
import { glyphAt, put, write } from './canvas.ts';
import { ascii, cut } from './plainText.ts';
import { foldText, WIDEST_CELL_TAG, type Item } from './scoreLayout.ts';

/** What a cell says, line by line. */
export type CellText = {
  readonly look: SceneCell['look'];
  readonly number: string;
  /** `x2`. */
  readonly count: string;
  readonly tag: string;
  readonly pins: string;
  readonly word: string;
};

export function cellText(cell: SceneCell): CellText {
  const tag = cut(ascii(cell.tag), WIDEST_CELL_TAG);
  const held = cell.sleeper === '' ? cell.word : `<${cell.sleeper}>`;
  return {
    look: cell.look,
    number: cell.number.replace(/^d/, 'D'),
    count: cell.count.replace('×', 'x'),
    tag:
      tag === ''
        ? ''
        : cell.look === 'zombie' || cell.look === 'orphan'
          ? `/${tag}/`
          : cell.tagFaint
            ? `(${tag})`
            : cell.changed
              ? `*${tag}*`
              : tag,
    pins: cell.pinCount === 0 ? '' : `${cell.pinCount} pin${cell.pinCount === 1 ? '' : 's'}`,
    word: cut(ascii(cell.look === 'free' && held === '' ? 'free' : held), WIDEST_CELL_TAG),
  };
}

const headWidth = ({ number, count }: CellText): number => number.length + (count === '' ? 0 : 1 + count.length);

export const cellWidth = (text: CellText): number =>
  Math.max(4, headWidth(text), text.tag.length, text.pins.length, text.word.length);

export type Strip = {
  readonly label: string;
  readonly items: readonly Item[];
  readonly cells: ReadonlyMap<number, CellText>;
  readonly folds: boolean;
};

/** The lines of a cell between its borders: all cells of a strip have as many. */
function lineCount({ cells }: Strip): number {
  return 3 + ([...cells.values()].some(({ pins, word }) => pins !== '' && word !== '') ? 1 : 0);
}

export const stripHeight = (strip: Strip): number => lineCount(strip) + 2;

const isSolid = (text: CellText | undefined): boolean => text !== undefined && text.look !== 'free';

function border(canvas: Canvas, { x, w }: Item, y: number, solid: boolean): void {
  for (let i = 1; i <= w; i++)
    if (glyphAt(canvas, x + i, y) === ' ') put(canvas, x + i, y, solid ? '─' : i % 2 === 0 ? '·' : ' ');
}

function wall(canvas: Canvas, x: number, y: number, height: number, [left, right]: readonly [boolean, boolean]): void {
  if (!left && !right) return;
  for (let i = 1; i < height - 1; i++) put(canvas, x, y + i, '│');
  put(canvas, x, y, left && right ? '┬' : left ? '┐' : '┌');
  put(canvas, x, y + height - 1, left && right ? '┴' : left ? '┘' : '└');
}

const centred = (text: string, w: number): string => ' '.repeat(Math.floor((w - text.length) / 2)) + text;

function fill(canvas: Canvas, { x, w }: Item, y: number, text: CellText): void {
  write(canvas, x + 1, y, text.number);
  write(canvas, x + 1 + w - text.count.length, y, text.count);
  write(canvas, x + 1, y + 1, centred(text.tag, w));
  if (text.pins === '') write(canvas, x + 1, y + 2, text.word);
  else {
    write(canvas, x + 1, y + 2, text.pins);
    if (text.word !== '') write(canvas, x + 1, y + 3, text.word);
  }
}

/** `y`: the upper border. Ends of links may stand on the borders already. */
export function drawStrip(canvas: Canvas, strip: Strip, y: number): void {
  const height = stripHeight(strip);
  let leftSolid = false;
  strip.items.forEach((item) => {
    const text = item.type === 'col' ? strip.cells.get(item.col) : undefined;
    const solid = isSolid(text);
    wall(canvas, item.x, y, height, [leftSolid, solid]);
    leftSolid = solid;
    if (item.type === 'fold') {
      if (!strip.folds) return;
      write(canvas, item.x + 1, y + 1, centred(foldText(item.from, item.to), item.w));
      write(canvas, item.x + 1, y + 2, centred('free', item.w));
    } else if (text !== undefined) {
      border(canvas, item, y, solid);
      border(canvas, item, y + height - 1, solid);
      fill(canvas, item, y + 1, text);
    }
  });
  const last = strip.items.at(-1);
  if (last !== undefined) wall(canvas, last.x + last.w + 1, y, height, [leftSolid, false]);
  write(canvas, 1, y + 2, strip.label);
}
