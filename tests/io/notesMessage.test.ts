// What windows say to each other is read with bounds: what does not fit is nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  boundText,
  channelOf,
  NOTES_ORDERS,
  type NotesBody,
  notesHash,
  readMessage,
} from '../../src/io/notesMessage.ts';

const CHANNEL = '0123456789abcdef';
const NOTES = { title: 'T', place: 'Step 1 of 2', caption: 'c', sentence: 's', note: ['n'], next: 'x', elapsed: 5, blank: false, qr: '' }; // prettier-ignore
const message = (body: unknown, over: object = {}) => ({ daxpin: 'notes', channel: CHANNEL, sender: 'fedcba9876543210', number: 1, body, ...over }); // prettier-ignore

describe('a message between the windows', () => {
  test.each<NotesBody>([
    { type: 'hello' },
    { type: 'ended' },
    { type: 'notes', notes: NOTES },
    ...NOTES_ORDERS.map((order): NotesBody => ({ type: 'order', order })),
  ])('%j is read as it is', (body) => {
    expect(readMessage(message(body), CHANNEL)?.body).toEqual(body);
  });

  test.each<[name: string, value: unknown]>([
    ['of another channel', message({ type: 'hello' }, { channel: 'ffffffffffffffff' })],
    ['of another page', message({ type: 'hello' }, { daxpin: undefined })],
    ['without a sender', message({ type: 'hello' }, { sender: 7 })],
    ['without a number', message({ type: 'hello' }, { number: Number.NaN })],
    ['with an order that there is not', message({ type: 'order', order: 'constructor' })],
    ['with a text that has no end', message({ type: 'notes', notes: { ...NOTES, sentence: 'x'.repeat(2001) } })],
    ['with notes that have no end', message({ type: 'notes', notes: { ...NOTES, note: Array(21).fill('n') } })],
    ['with a note that is no text', message({ type: 'notes', notes: { ...NOTES, note: [{}] } })],
    ['with a time that is none', message({ type: 'notes', notes: { ...NOTES, elapsed: -1 } })],
    ['nothing', null],
    ['a word', 'hello'],
  ])('%s: refused', (_name, value) => {
    expect(readMessage(value, CHANNEL)).toBeUndefined();
  });

  test('what is sent is never refused for its length', () => {
    const notes = { ...NOTES, sentence: boundText('x'.repeat(9999)) };
    expect(readMessage(message({ type: 'notes', notes }), CHANNEL)?.body).toEqual({ type: 'notes', notes });
  });

  test('anything at all is read or refused, and brings nothing along: seed 5', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (body, extra) => {
        const read = readMessage(message(body, { extra }), CHANNEL);
        if (read !== undefined) expect(Object.keys(read).sort()).toEqual(['body', 'channel', 'daxpin', 'number', 'sender']); // prettier-ignore
      }),
      { seed: 5 },
    );
  });

  test('the address of the window', () => {
    expect(channelOf(notesHash(CHANNEL))).toBe(CHANNEL);
    for (const hash of ['#notes=', '#notes=0123', `#notes=${CHANNEL}0`, '#notes=<script>alert(1)', '#s=x'])
      expect(channelOf(hash)).toBeUndefined();
  });
});
