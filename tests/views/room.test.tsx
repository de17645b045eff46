// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { goOn, present, presentTalk, toggleBlank } from '../../src/store/room.ts';
import { setRoom } from '../../src/store/roomStore.ts';
import { page } from '../../src/store/store.ts';
import { clockText } from '../../src/views/notes/Clock.tsx';
import { NotesPage, NotesView } from '../../src/views/notes/NotesApp.tsx';
import { RoomScreen } from '../../src/views/room/RoomScreen.tsx';
import { freshName } from '../../src/views/room/notesChannel.ts';
import { READ_MR_ID, startPage } from '../support/startPage.ts';

const caption = () => document.querySelector('.says')?.textContent;

function setup(at = 0) {
  startPage({ scenario: READ_MR_ID, at });
  present();
  render(<RoomScreen />);
}

describe('the wall', () => {
  test('says title, option, kernel, where we are, and one sentence', () => {
    setup(38);
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(/^A READ MR goes stale/);
    expect(screen.getByLabelText('Step 4 of 5')).toHaveTextContent('4/5');
    expect(screen.getByText('kernel 7.0, read from source')).toBeInTheDocument();
    expect(caption()).toBe('peer reads b through mr[1] from block 1, which is B[1]; A[1] is block 4 since step 3.');
    expect(screen.getByText(/A remote read returns stale data/)).toHaveTextContent('S5b is violated');
    expect(document.querySelectorAll('.room-parts i')).toHaveLength(5);
    expect(document.querySelectorAll('.room-parts .done')).toHaveLength(3);
    expect(document.querySelectorAll('.room-parts .now')).toHaveLength(1);
  });

  test('keeps pointer and buttons out of the picture while the mouse rests', () => {
    vi.useFakeTimers();
    setup();
    const region = screen.getByRole('region', { name: 'Presentation' });
    expect(region).toHaveClass('quiet');
    fireEvent(window, new Event('pointermove'));
    expect(region).not.toHaveClass('quiet');
    act(() => void vi.advanceTimersByTime(2100));
    expect(region).toHaveClass('quiet');
    vi.useRealTimers();
  });

  test('black until a key, which does nothing else', () => {
    setup();
    act(toggleBlank);
    expect(screen.getByRole('status', { name: /^The screen is blank/ })).toBeInTheDocument();
    const heard = vi.fn();
    window.addEventListener('keydown', heard);
    fireEvent.keyDown(document.body, { key: 'PageDown' });
    window.removeEventListener('keydown', heard);
    expect(screen.queryByRole('status', { name: /^The screen is blank/ })).toBeNull();
    expect(heard).not.toHaveBeenCalled();
  });

  test('the buttons do what the keys do', async () => {
    const user = userEvent.setup();
    setup();
    await user.click(screen.getByRole('button', { name: 'Next' }));
    expect(screen.getByLabelText('Step 1 of 5')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Back' }));
    expect(screen.getByLabelText('Step 0 of 5')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'QR' }));
    expect(screen.getByRole('button', { name: 'QR' })).toHaveAttribute('aria-pressed', 'false');
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    expect(page().screen).toBe('player');
  });

  test('the QR code holds the link of this step, for the player', async () => {
    setup(38);
    expect(await screen.findByRole('img', { name: /^QR code/ })).toBeInTheDocument();
  });

  test('of a talk: its own words, a part a slide', async () => {
    startPage({ scenario: READ_MR_ID });
    await presentTalk('thread', 3);
    render(<RoomScreen />);
    expect(caption()).toBe('The peer asked for A[1] and got b. File A has said X since step 3.');
    expect(document.querySelectorAll('.room-parts i')).toHaveLength(16);
    act(goOn);
    expect(caption()).toBe('The remote write is acknowledged. It lands in a block that nobody owns.');
  });
});

describe('the notes', () => {
  const notes = { title: 'T', place: 'Slide 2 of 9', caption: 'Short.', sentence: 'Short; and long.', note: ['One.', 'Two.'], next: 'Then.', elapsed: 65_000, blank: true, qr: 'No QR code.' }; // prettier-ignore

  test('say what is on the wall, what to say, what comes, and how long it has been', async () => {
    const order = vi.fn();
    render(<NotesView notes={notes} heardAt={performance.now()} order={order} />);
    expect(screen.getByRole('region', { name: 'Note' })).toHaveTextContent('One.Two.');
    expect(screen.getByRole('region', { name: 'On the wall' })).toHaveTextContent('Short.Short; and long.');
    expect(screen.getByRole('region', { name: 'Next' })).toHaveTextContent('Then.');
    expect(screen.getByRole('timer')).toHaveTextContent('1:05');
    expect(screen.getByText('The wall is blank.')).toBeInTheDocument();
    expect(screen.getByText('No QR code.')).toBeInTheDocument();
    const user = userEvent.setup();
    for (const name of ['Back', 'Next', 'Blank']) await user.click(screen.getByRole('button', { name }));
    expect(order.mock.calls).toEqual([['back'], ['next'], ['blank']]);
  });

  test('wait for the presentation; an address that is not whole says so', () => {
    const { unmount } = render(<NotesPage hash={`#notes=${freshName()}`} />);
    expect(screen.getByRole('status')).toHaveTextContent(/^Waiting for the presentation/);
    unmount();
    render(<NotesPage hash="#notes=12" />);
    expect(screen.getByRole('alert')).toHaveTextContent(/not whole/);
  });

  test.each([
    [0, '0:00'],
    [59_999, '0:59'],
    [605_000, '10:05'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('%i ms are %s', (ms, text) => {
    expect(clockText(ms)).toBe(text);
  });
});

beforeEach(() => {
  vi.restoreAllMocks();
  setRoom({ qr: true });
});
