/** What was recorded on a real kernel, as a table to read. The file comes over the network, so every field is looked at. */

export type RecordedRow = {
  readonly n: string;
  readonly actor: string;
  readonly op: string;
  /** `ok, abcd`, `BLOCKED 601 ms in xfs_break_dax_layouts (state S)` */
  readonly result: string;
  readonly changed: readonly string[];
  readonly note: string;
};

export type RecordedTable = {
  readonly title: string;
  readonly kernel: string;
  readonly env: string;
  readonly fs: string;
  readonly rows: readonly RecordedRow[];
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textIn = (record: Record<string, unknown>, key: string): string => {
  const value = record[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const textsIn = (record: Record<string, unknown>, key: string): readonly string[] => {
  const value = record[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

function resultOf(step: Record<string, unknown>): string {
  const value = textIn(step, 'value');
  const blocked = textIn(step, 'blockedMs');
  const asleep = textIn(step, 'asleepIn');
  return [
    textIn(step, 'result'),
    value === '' ? '' : `, read ${value}`,
    blocked === '' ? '' : `, asleep for ${blocked} ms`,
    asleep === '' ? '' : ` in ${asleep}`,
  ].join('');
}

function rowOf(step: unknown): readonly RecordedRow[] {
  if (!isRecord(step)) return [];
  const [n, actor, op, note] = ['n', 'actor', 'op', 'note'].map((key) => textIn(step, key));
  return [{ n: n ?? '', actor: actor ?? '', op: op ?? '', result: resultOf(step), changed: textsIn(step, 'changed'), note: note ?? '' }]; // prettier-ignore
}

/** undefined: this is no recording. */
export function recordedTable(value: unknown): RecordedTable | undefined {
  if (!isRecord(value) || !Array.isArray(value['steps'])) return undefined;
  return {
    title: textIn(value, 'title'),
    kernel: textIn(value, 'kernel'),
    env: textIn(value, 'env'),
    fs: textIn(value, 'fs'),
    rows: value['steps'].flatMap(rowOf),
  };
}
