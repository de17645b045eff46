// What jsdom lacks and the page asks for. Import it first in a view test.
import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { disconnect } from '../../src/store/session.ts';

let queries: ReadonlySet<string> = new Set();

/** These media queries hold, all others do not. */
export function setMedia(...holding: readonly string[]): void {
  queries = new Set(holding);
}

vi.stubGlobal('matchMedia', (query: string) => ({
  matches: queries.has(query),
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));

/** Everything is as wide as the stage of a 1280 window. */
class FixedSize {
  readonly observe = (): void => undefined;
  readonly unobserve = (): void => undefined;
  readonly disconnect = (): void => undefined;
}
vi.stubGlobal('ResizeObserver', FixedSize);
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 952, 532);
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.hasPointerCapture = () => true;
Element.prototype.setPointerCapture = () => undefined;
Element.prototype.releasePointerCapture = () => undefined;

afterEach(() => {
  cleanup();
  disconnect();
  setMedia();
});
