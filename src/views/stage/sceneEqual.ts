/** Whether two records of a scene say the same, so that a memoised part need not be drawn again. */

type Flat = object;

/** Compares field by field; `ref` follows from `key`. */
export function sameRecord<T extends Flat>(a: T, b: T): boolean {
  if (a === b) return true;
  const right = new Map<string, unknown>(Object.entries(b));
  const left = Object.entries(a);
  return (
    left.length === right.size && left.every(([field, value]) => field === 'ref' || Object.is(value, right.get(field)))
  );
}

export function sameRecords<T extends Flat>(a: readonly T[], b: readonly T[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((item, i) => {
    const other = b[i];
    return other !== undefined && sameRecord(item, other);
  }); // prettier-ignore
}
