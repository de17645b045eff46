// @vitest-environment jsdom
// The editor through its roles and names; what needs a layout (hover, the caret on the screen) is for a browser.
import '@testing-library/jest-dom/vitest';
import { undo } from '@codemirror/commands';
import type { TransactionSpec } from '@codemirror/state';
import { EditorView, runScopeHandlers } from '@codemirror/view';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Diagnostic } from '../../src/scenario/diagnostic.ts';
import { loadScenario, MAX_TEXT_BYTES } from '../../src/scenario/load.ts';
import { Editor, type EditorProps } from '../../src/views/editor/Editor.tsx';

beforeAll(() => {
  // Without a layout every letter is nowhere.
  Range.prototype.getClientRects = () => document.createElement('div').getClientRects();
  Range.prototype.getBoundingClientRect = () => new DOMRect();
});
afterEach(cleanup);

const TEXT = 'file A abcd\n\napp m = mmap A\napp store m 1 X -> ok\napp load m 1\n';
const NONE: readonly Diagnostic[] = [];
const NO_STEPS: readonly number[] = [];
const ignore = (): void => undefined;

const props = (over: Partial<EditorProps> = {}): EditorProps => ({
  text: TEXT,
  onChange: ignore,
  diagnostics: NONE,
  steps: NO_STEPS,
  onGoToLine: ignore,
  label: 'Text of the scenario',
  ...over,
});

const box = (): HTMLElement => screen.getByRole('textbox', { name: 'Text of the scenario' });

function viewOf(): EditorView {
  const view = EditorView.findFromDOM(box());
  if (view === null) throw new Error('no editor in the page');
  return view;
}

const textIn = (): string => viewOf().state.doc.toString();
const dispatch = (...specs: readonly TransactionSpec[]): void => act(() => viewOf().dispatch(...specs));
const select = (anchor: number): void => dispatch({ selection: { anchor } });

function press(key: string, init: KeyboardEventInit = {}): boolean {
  let taken = false;
  act(() => {
    taken = runScopeHandlers(viewOf(), new KeyboardEvent('keydown', { key, ...init }), 'editor');
  });
  return taken;
}

function type(at: number, insert: string): void {
  dispatch({ changes: { from: at, insert }, selection: { anchor: at + insert.length }, userEvent: 'input.type' });
}

/** Keeps the text as a page does. */
function Owner({ first, onText = ignore }: { readonly first: string; readonly onText?: (text: string) => void }) {
  const [text, setText] = useState(first);
  const loaded = loadScenario(text);
  const onChange = (next: string): void => {
    onText(next);
    setText(next);
  };
  return <Editor {...props({ text, onChange, diagnostics: loaded.ok ? loaded.value.notices : loaded.error })} />;
}

describe('the text', () => {
  test('is in a textbox with the given name, and what is typed goes up', () => {
    const onChange = vi.fn();
    render(<Editor {...props({ onChange })} />);
    expect(textIn()).toBe(TEXT);
    type(TEXT.length, 'app sync');
    expect(onChange).toHaveBeenCalledExactlyOnceWith(`${TEXT}app sync`);
  });

  test('that changes outside comes in by the smallest edit: caret and undo list stay', () => {
    const onChange = vi.fn();
    const { rerender } = render(<Editor {...props({ onChange })} />);
    type(TEXT.indexOf('1 X'), '2');
    const typed = textIn();
    const caret = viewOf().state.selection.main.head;
    rerender(<Editor {...props({ onChange, text: typed })} />);
    rerender(<Editor {...props({ onChange, text: `# above\n${typed}app sync\n` })} />);
    expect(viewOf().state.selection.main.head).toBe(caret + '# above\n'.length);
    expect(onChange).toHaveBeenCalledTimes(1);
    act(() => void undo(viewOf()));
    expect(textIn()).toBe(typed);
    act(() => void undo(viewOf()));
    expect(textIn()).toBe(TEXT);
  });

  test('an echo of an older text does not take back what was typed since', () => {
    const { rerender } = render(<Editor {...props()} />);
    type(0, 'a');
    type(1, 'b');
    rerender(<Editor {...props({ text: `a${TEXT}` })} />);
    expect(textIn()).toBe(`ab${TEXT}`);
    rerender(<Editor {...props({ text: `ab${TEXT}` })} />);
    rerender(<Editor {...props({ text: `a${TEXT}` })} />);
    expect(textIn()).toBe(`a${TEXT}`);
  });

  test('the same, mounted again, is no edit', () => {
    const onChange = vi.fn();
    const { rerender } = render(<Editor {...props({ onChange })} />);
    rerender(<Editor {...props({ onChange, text: TEXT.replaceAll('\n', '\r\n') })} />);
    expect(textIn()).toBe(TEXT);
    expect(onChange).not.toHaveBeenCalled();
  });

  test('is not taken past the limit of the language, and that is said', () => {
    const onChange = vi.fn();
    render(<Editor {...props({ onChange })} />);
    type(0, 'x'.repeat(MAX_TEXT_BYTES));
    expect(textIn()).toBe(TEXT);
    expect(onChange).not.toHaveBeenCalled();
    expect(screen.getByText('Not inserted: the text would be longer than 256 kB.')).toBeVisible();
    type(0, '# ');
    expect(screen.queryByText(/^Not inserted/)).toBeNull();
  });

  test('a line of thousands of letters is folded with a message, and kept', () => {
    const long = `# ${'x'.repeat(12_000)}\n${TEXT}`;
    render(<Editor {...props({ text: long })} />);
    expect(box()).toHaveTextContent('… 10,002 more characters of this line are not shown');
    expect(textIn()).toBe(long);
  });

  test('control and direction characters are shown by number', () => {
    render(<Editor {...props({ text: 'a\u0000b\u202Ec\u2068d\u{E0041}' })} />);
    expect(box().textContent).toContain('aU+0000bU+202EcU+2068dU+E0041');
  });

  test('that is only to be read cannot be changed', () => {
    render(<Editor {...props({ readOnly: true })} />);
    expect(box()).toHaveAttribute('aria-readonly', 'true');
  });
});

describe('the steps', () => {
  const steps = [3, 4, 5];
  const results = [
    { line: 3, result: 'ok' },
    { line: 4, result: 'ETXTBSY', expected: 'ok', met: false },
  ];

  test('are buttons named by line and result, and go there', async () => {
    const onGoToLine = vi.fn();
    render(<Editor {...props({ steps, results, onGoToLine })} />);
    const numbers = within(screen.getByRole('group', { name: 'Steps' })).getAllByRole('button');
    expect(numbers.map((button) => button.getAttribute('aria-label'))).toEqual([
      'Go to line 3, returned ok',
      'Go to line 4, returned ETXTBSY, expected ok',
      'Go to line 5',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Go to line 5' }));
    expect(onGoToLine).toHaveBeenCalledExactlyOnceWith(5);
    expect(box()).toHaveTextContent('→ ETXTBSY ✗ expected ok');
  });

  test('the one at the playhead is marked by more than colour', () => {
    const { rerender, container } = render(<Editor {...props({ steps, running: 4 })} />);
    const current = (): (string | null)[] =>
      screen.getAllByRole('button', { current: 'step' }).map((b) => b.textContent);
    expect(current()).toEqual(['4']);
    expect(container.querySelectorAll('.cm-mark-running')).toHaveLength(1);
    rerender(<Editor {...props({ steps, running: 5 })} />);
    expect(current()).toEqual(['5']);
    expect(container.querySelectorAll('.cm-running')).toHaveLength(1);
  });

  test('stay with their lines while a line is put in above', () => {
    const { rerender } = render(<Editor {...props({ steps, results })} />);
    rerender(<Editor {...props({ steps, results, text: `# above\n${TEXT}` })} />);
    expect(screen.getByRole('button', { name: 'Go to line 4, returned ok' })).toBeInTheDocument();
  });

  test('Ctrl Enter goes to the one at the caret, and says so where there is none', () => {
    const onGoToLine = vi.fn();
    render(<Editor {...props({ steps, onGoToLine })} />);
    select(TEXT.indexOf('store'));
    press('Enter', { ctrlKey: true });
    expect(onGoToLine).toHaveBeenCalledExactlyOnceWith(4);
    select(0);
    press('Enter', { ctrlKey: true });
    expect(onGoToLine).toHaveBeenCalledTimes(1);
    expect(screen.getByText('Line 1 is no step.')).toBeVisible();
    expect(textIn()).toBe(TEXT);
  });

  test('lines that are not in the text are left out', () => {
    render(<Editor {...props({ steps: [3, 99, 0], results: [{ line: 99, result: 'ok' }], running: 99 })} />);
    expect(within(screen.getByRole('group', { name: 'Steps' })).getAllByRole('button')).toHaveLength(1);
  });
});

describe('errors', () => {
  const WRONG = 'file A abcd\napp ftruncat A 2\napp lod A\n';

  test('are told below the text, the one at the caret first, and put right by a key', async () => {
    const onText = vi.fn();
    render(<Owner first={WRONG} onText={onText} />);
    expect(screen.getByText(/^Line 2: 'ftruncat' is not a verb/)).toBeVisible();
    select(WRONG.indexOf('lod'));
    expect(await screen.findByText(/^Line 3: 'lod' is not a verb/)).toBeVisible();
    press('.', { ctrlKey: true });
    expect(onText).toHaveBeenLastCalledWith(WRONG.replace('lod', 'load'));
    select(WRONG.indexOf('ftr'));
    await userEvent.click(await screen.findByRole('button', { name: 'Replace with ftruncate' }));
    expect(onText).toHaveBeenLastCalledWith(WRONG.replace('lod', 'load').replace('ftruncat', 'ftruncate'));
  });

  test('F8 and Shift F8 go from one to the next', () => {
    render(<Owner first={WRONG} />);
    const selected = (): string => {
      const { from, to } = viewOf().state.selection.main;
      return textIn().slice(from, to);
    };
    press('F8');
    expect(selected()).toBe('ftruncat');
    press('F8');
    expect(selected()).toBe('lod');
    press('F8', { shiftKey: true });
    expect(selected()).toBe('ftruncat');
  });

  test('are marked beside their line, and spoken once typing pauses', async () => {
    const { container } = render(<Owner first={WRONG} />);
    expect(container.querySelectorAll('.cm-mark-error')).toHaveLength(2);
    const said = screen.getAllByRole('status').find((region) => region.closest('.problems') !== null);
    expect(said).toBeEmptyDOMElement();
    await vi.waitFor(() => expect(said).toHaveTextContent("2 errors. Line 2: 'ftruncat' is not a verb"), 5000);
  });

  test('cannot be put right in a text that is only to be read', () => {
    const loaded = loadScenario(WRONG);
    render(<Editor {...props({ text: WRONG, diagnostics: loaded.ok ? NONE : loaded.error, readOnly: true })} />);
    select(WRONG.indexOf('ftr'));
    expect(screen.queryByRole('button', { name: /^Replace/ })).toBeNull();
    press('.', { ctrlKey: true });
    expect(textIn()).toBe(WRONG);
  });

  test('of a text that is not there any more do no harm', () => {
    const stale: Diagnostic = {
      line: 900,
      column: 900,
      length: 9,
      code: 'missing-word',
      severity: 'error',
      message: 'gone',
    };
    render(<Editor {...props({ diagnostics: [stale] })} />);
    expect(screen.getByText(/gone$/)).toBeVisible();
  });
});

test('F1 tells about the word at the caret', () => {
  render(<Editor {...props()} />);
  select(TEXT.indexOf('store'));
  press('F1');
  const said = screen.getAllByRole('status').map((region) => region.textContent);
  expect(said.some((text) => text.startsWith('store MAPPING INDEX TAG.'))).toBe(true);
});

test('Tab is not taken: it leaves the editor', () => {
  render(<Editor {...props()} />);
  expect(press('Tab')).toBe(false);
  expect(press('Tab', { shiftKey: true })).toBe(false);
});
