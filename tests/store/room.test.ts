// Presenting, with the real engine: steps, slides, what an address opens, what is told of a talk from a file.
import { beforeEach, describe, expect, test } from 'vitest';
import { openAddress, openScenario, stepForward } from '../../src/store/actions.ts';
import { addressNow, linkNow } from '../../src/store/addressNow.ts';
import * as room from '../../src/store/room.ts';
import { room as roomNow } from '../../src/store/roomStore.ts';
import { page, type Shown } from '../../src/store/store.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const shown = (): Shown => {
  const now = page().shown;
  if (now === undefined) throw new Error('nothing is shown');
  return now;
};
const step = (): string => `${page().scenario.slice(0, 2)} ${shown().outline.turns.findLast(({ to }) => to <= shown().moment.at)?.step ?? -1}`; // prettier-ignore
const file = (name: string, text: string): File => new File([text], name);
const notice = (): string => `${page().notice?.text ?? ''} ${page().notice?.detail ?? ''}`.trim();

beforeEach(() => {
  Object.assign(globalThis, { location: new URL('https://example.org/daxpin/#old') });
  startPage({ scenario: READ_MR_ID });
});

describe('a scenario', () => {
  test('goes on and back by step, to both ends, to what breaks', () => {
    room.present();
    expect(page().screen).toBe('room');
    room.goOn();
    room.goOn();
    expect(step()).toBe('01 1');
    room.goBack();
    expect(step()).toBe('01 0');
    room.goLast();
    expect(step()).toBe('01 4');
    room.goFirst();
    expect(shown().moment.at).toBe(0);
    room.goToViolation();
    expect(step()).toBe('01 2');
    room.leaveRoom();
    expect(page().screen).toBe('player');
    expect(step()).toBe('01 2');
  });

  test('whatever goes on shows the wall again', () => {
    room.present();
    for (const act of [room.goOn, room.goBack, room.goFirst, room.goLast, room.goToViolation]) {
      room.toggleBlank();
      expect(roomNow().blank).toBe(true);
      act();
      expect(roomNow().blank).toBe(false);
    }
  });

  test('its address opens the room again; the link for phones opens the player', async () => {
    room.present();
    room.goToViolation();
    expect(addressNow()).toMatchObject({ scenario: READ_MR_ID, room: true });
    expect(await linkNow('player')).toMatch(/^https:\/\/example\.org\/daxpin\/#v=1&s=01-read-mr-goes-stale&n=3&/);
    openAddress({ scenario: READ_MR_ID, at: 33 });
    expect(page().screen).toBe('player');
    openAddress({ scenario: READ_MR_ID, at: 24, room: true });
    expect([page().screen, step()]).toEqual(['room', '01 1']);
  });

  test('another scenario leads out of the room', () => {
    room.present();
    openScenario('04-truncate-waits-for-odirect');
    expect(page().screen).toBe('player');
  });
});

describe('a talk', () => {
  test('opens at a slide, and its slides follow one another in both directions', async () => {
    await room.presentTalk('thread', 3);
    expect(page()).toMatchObject({ screen: 'room', scenario: READ_MR_ID, preset: 'wait', room: { talk: 'thread', slide: 3 } }); // prettier-ignore
    expect(step()).toBe('01 3');
    room.goOn();
    expect(page().preset).toBe('unprotected');
    expect(step()).toBe('03 3');
    room.goBack();
    room.goBack();
    expect(step()).toBe('01 1');
    room.goFirst();
    room.goBack();
    expect(page().room?.slide).toBe(1);
    room.goLast();
    room.goOn();
    expect(page().room?.slide).toBe(room.talkNow()?.talk.slides.length);
    expect(addressNow()).toMatchObject({ room: true, talk: 'thread', slide: 16 });
  });

  test('its caption is for its own place alone', async () => {
    await room.presentTalk('thread', 3);
    const slide = room.talkNow()?.talk.slides[2];
    if (slide === undefined) throw new Error('no slide');
    expect(room.isAtSlide(slide, shown())).toBe(true);
    stepForward();
    expect(room.isAtSlide(slide, shown())).toBe(false);
    await room.presentTalk('thread', 6);
    // The same scenario and step under another option is another picture.
    expect(room.isAtSlide(slide, shown())).toBe(false);
  });

  test('past its ends is the nearest slide; one that there is not leads to the player', async () => {
    await room.presentTalk('thread', 99);
    expect(page().room?.slide).toBe(16);
    await room.presentTalk('nothing');
    expect([page().screen, notice()]).toEqual(['player', "There is no talk named 'nothing'."]);
  });

  test('from a file: presented, but in no address', async () => {
    await room.openTalks([file('mine.talk', 'talk Mine\n\nscenario 05-truncate-waits-for-itself step=3\n')]);
    expect([page().screen, step()]).toEqual(['room', '05 2']);
    expect(room.talkNow()?.talk.title).toBe('Mine');
    expect(addressNow()).not.toHaveProperty('talk');
  });

  test.each<[name: string, source: File, told: string]>([
    ['an error', file('a.talk', 'talk T\n\nscenario'), "The talk was not opened. a.talk:3:9: here stands the name of a scenario, such as '01-read-mr-goes-stale'."], // prettier-ignore
    ['a stranger', file('a.talk', 'talk T\n\nscenario 01-read-mr-goes-stale\n\nscenario none'), "The talk was not opened. a.talk:5:10: there is no scenario 'none' on this page."], // prettier-ignore
    ['no text', new File([new Uint8Array([0xff, 0xd8, 0])], 'a.talk'), 'The talk was not opened. a.talk: line 1, byte 3 is a zero byte: this is no text.'], // prettier-ignore
    ['too much', file('a.talk', 'x'.repeat(1_000_001)), 'The talk was not opened. a.talk: 977 kB; a talk has at most 64 kB.'], // prettier-ignore
  ])('a file with %s is told of, and the page stays as it is', async (_name, source, told) => {
    await room.openTalks([source]);
    expect([page().screen, notice()]).toEqual(['player', told]);
  });
});
