import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noJournal, storageJournal, type JournalStorage } from '../../src/library/journal.ts';
import { createKeeper, WRITE_BEHIND_MS, type Channel, type Keeper, type Message, type Told } from '../../src/library/keeper.ts'; // prettier-ignore
import { createOwn, textOf, withText, type OwnScenario } from '../../src/library/ownScenario.ts';
import { memoryShelf, type Shelf } from '../../src/library/shelf.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Tabs of one browser: what one posts, the others hear. */
function air(): () => Channel {
  const ears: ((message: Message) => void)[] = [];
  return () => {
    let own: ((message: Message) => void) | undefined;
    return {
      post: (message) => ears.filter((ear) => ear !== own).forEach((ear) => ear(message)),
      listen(hear) {
        own = hear;
        ears.push(hear);
      },
    };
  };
}

type Tab = { readonly keeper: Keeper; readonly told: Told[] };

function tab(shelf: Shelf, channel: Channel, journal = noJournal): Tab {
  const told: Told[] = [];
  return { told, keeper: createKeeper({ shelf, journal, channel, tell: (one) => told.push(one) }) };
}

const texts = async (shelf: Shelf): Promise<Record<string, string>> =>
  Object.fromEntries((await shelf.readAll()).records.map((own) => [own.name, textOf(own)]));

const START = createOwn('X', 'file A a\n', 'abcd1');

async function pair(): Promise<{ readonly shelf: Shelf; readonly a: Tab; readonly b: Tab }> {
  const shelf = memoryShelf(true);
  await shelf.put(START);
  const channels = air();
  const [a, b] = [tab(shelf, channels()), tab(shelf, channels())];
  await a.keeper.open();
  await b.keeper.open();
  return { shelf, a, b };
}

const change = ({ keeper }: Tab, own: OwnScenario, text: string): void => keeper.keep(withText(own, text));

describe('write-behind', () => {
  test('many keys are one write, a moment after the first', async () => {
    const shelf = memoryShelf(true);
    const put = vi.spyOn(shelf, 'put');
    const { keeper, told } = tab(shelf, air()());
    for (const text of ['f', 'fi', 'file A a']) keeper.keep(withText(START, text));
    await vi.advanceTimersByTimeAsync(WRITE_BEHIND_MS - 1);
    expect(put).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(put).toHaveBeenCalledOnce();
    expect(await texts(shelf)).toEqual({ X: 'file A a' });
    expect(told.at(-1)).toEqual({ type: 'saved' });
    expect(WRITE_BEHIND_MS).toBeLessThanOrEqual(300);
  });

  test('what is typed during a write is written after it', async () => {
    const shelf = memoryShelf(true);
    const { keeper } = tab(shelf, air()());
    keeper.keep(withText(START, '1'));
    await vi.advanceTimersByTimeAsync(WRITE_BEHIND_MS);
    keeper.keep(withText(START, '2'));
    await vi.advanceTimersByTimeAsync(WRITE_BEHIND_MS);
    expect(await texts(shelf)).toEqual({ X: '2' });
    expect((await shelf.read(START.id))?.revision).toBe(2);
  });

  test('a full storage is told, nothing is dropped, and the next change is written', async () => {
    const shelf = memoryShelf(true);
    const full = Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    vi.spyOn(shelf, 'put').mockRejectedValueOnce(full);
    const { keeper, told } = tab(shelf, air()());
    keeper.keep(withText(START, '1'));
    await vi.advanceTimersByTimeAsync(WRITE_BEHIND_MS);
    expect(told.at(-1)).toEqual({ type: 'failed', why: 'the storage of this browser is full' });
    expect(await texts(shelf)).toEqual({});
    keeper.keep(createOwn('Y', 'y', 'efgh1'));
    await vi.advanceTimersByTimeAsync(WRITE_BEHIND_MS);
    expect(await texts(shelf)).toEqual({ X: '1', Y: 'y' });
  });

  test('deleted is gone, and undone is back', async () => {
    const shelf = memoryShelf(true);
    await shelf.put(START);
    const { keeper } = tab(shelf, air()());
    await keeper.open();
    keeper.remove(START.id);
    await keeper.settled();
    expect(await texts(shelf)).toEqual({});
    keeper.keep(START);
    await keeper.settled();
    expect(await texts(shelf)).toEqual({ X: 'file A a\n' });
  });
});

describe('two tabs', () => {
  test('a tab that did nothing follows the other', async () => {
    const { a, b } = await pair();
    change(a, START, 'new');
    await a.keeper.settled();
    await b.keeper.settled();
    expect(b.told).toMatchObject([{ type: 'theirs', record: { name: 'X' } }]);
    change(b, withText(START, 'new'), 'newer');
    await b.keeper.settled();
    expect(b.told.at(-1)).toEqual({ type: 'saved' });
    expect(a.told.at(-1)).toMatchObject({ type: 'theirs' });
  });

  test('what both changed is kept twice, and goes on so', async () => {
    const { shelf, a, b } = await pair();
    change(a, START, 'of a');
    change(b, START, 'of b');
    await a.keeper.settled();
    await b.keeper.settled();
    expect(await texts(shelf)).toEqual({ X: 'of a', 'X (other tab)': 'of b' });
    const beside = b.told.find((one) => one.type === 'beside');
    if (beside?.type !== 'beside') throw new Error('b was not told');
    expect(beside).toMatchObject({ id: START.id, theirs: { name: 'X' } });
    change(b, beside.record, 'more of b');
    change(a, START, 'more of a');
    await a.keeper.settled();
    await b.keeper.settled();
    expect(await texts(shelf)).toEqual({ X: 'more of a', 'X (other tab)': 'more of b' });
  });

  test('the same change in both is no conflict', async () => {
    const { shelf, a, b } = await pair();
    change(a, START, 'same');
    change(b, START, 'same');
    await a.keeper.settled();
    await b.keeper.settled();
    expect(await texts(shelf)).toEqual({ X: 'same' });
  });

  test('deleted there, changed here: kept again', async () => {
    const { shelf, a, b } = await pair();
    a.keeper.remove(START.id);
    await a.keeper.settled();
    expect(b.told).toEqual([{ type: 'removed', id: START.id }]);
    change(b, START, 'of b');
    await b.keeper.settled();
    expect(await texts(shelf)).toEqual({ X: 'of b' });
  });

  test('without a channel a tab that is looked at again finds out', async () => {
    const shelf = memoryShelf(true);
    await shelf.put(START);
    const deaf: Channel = { post: () => undefined, listen: () => undefined };
    const [a, b] = [tab(shelf, deaf), tab(shelf, deaf)];
    await a.keeper.open();
    await b.keeper.open();
    change(a, START, 'of a');
    await a.keeper.settled();
    b.keeper.refresh(START.id);
    await b.keeper.settled();
    expect(b.told).toMatchObject([{ type: 'theirs' }]);
  });
});

describe('a page that goes away', () => {
  function storage(): JournalStorage {
    const kept = new Map<string, string>();
    return {
      get length() {
        return kept.size;
      },
      key: (at) => [...kept.keys()][at] ?? null,
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }

  test('before its write: the next visit writes it', async () => {
    const shelf = memoryShelf(true);
    await shelf.put(START);
    const local = storage();
    const dying = tab({ ...shelf, put: () => new Promise(() => undefined) }, air()(), storageJournal(local, 'one'));
    await dying.keeper.open();
    change(dying, START, 'last words');
    dying.keeper.flush();
    expect(local.length).toBe(1);
    const next = tab(shelf, air()(), storageJournal(local, 'two'));
    expect((await next.keeper.open()).records.map(textOf)).toEqual(['last words']);
    expect(local.length).toBe(0);
  });

  test('where it still cannot be written it is there to be seen, and stays in the journal', async () => {
    const local = storage();
    const shelf = memoryShelf(true);
    await shelf.put(START);
    const newer = withText({ ...START, revision: 1 }, 'file A ab');
    storageJournal(local, 'gone').write([newer]);
    const full = vi.spyOn(shelf, 'put').mockRejectedValue(new DOMException('', 'QuotaExceededError'));
    const { keeper, told } = tab(shelf, air()(), storageJournal(local, 'here'));
    const { records } = await keeper.open();
    expect(records.map(textOf)).toEqual(['file A ab']);
    expect(told).toEqual([{ type: 'failed', why: 'the storage of this browser is full' }]);
    expect(local.length).toBe(1);
    full.mockRestore();
    await keeper.settled();
    expect(await texts(shelf)).toEqual({ X: 'file A ab' });
    expect(local.length).toBe(0);
  });

  test('after its write: nothing is written twice, nothing lies about', async () => {
    const shelf = memoryShelf(true);
    await shelf.put(START);
    const local = storage();
    const first = tab(shelf, air()(), storageJournal(local, 'one'));
    await first.keeper.open();
    change(first, START, 'last words');
    first.keeper.flush();
    const left = local.getItem('daxpin.unsaved.one') ?? '';
    await first.keeper.settled();
    expect(local.length).toBe(0);
    local.setItem('daxpin.unsaved.one', left);
    const next = tab(shelf, air()(), storageJournal(local, 'two'));
    expect((await next.keeper.open()).records.map(({ name }) => name)).toEqual(['X']);
  });

  test.each(['', '{', '7', '[1,null,{}]', '[{"format":1,"id":"abcd1"}]'])('a journal of %j is nothing', (text) => {
    const local = storage();
    local.setItem('daxpin.unsaved.x', text);
    expect(storageJournal(local, 'y').take()).toEqual([]);
  });
});
