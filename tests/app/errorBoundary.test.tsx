// @vitest-environment jsdom
import '../support/jsdomPage.ts';
import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { ErrorBoundary } from '../../src/app/ErrorBoundary.tsx';

function Broken(): never {
  throw new RangeError('position 9 of 3');
}

test('a view that throws leaves what is needed to find the bug, and a way on', () => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  render(
    <ErrorBoundary>
      <Broken />
    </ErrorBoundary>,
  );
  silent.mockRestore();
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('a bug in Daxpin');
  expect(screen.getByText(/position 9 of 3/)).toHaveTextContent(location.href);
  expect(screen.getByRole('button', { name: 'Open this moment again' })).toBeInTheDocument();
});

test('without an error it is not there', () => {
  render(
    <ErrorBoundary>
      <p>all is well</p>
    </ErrorBoundary>,
  );
  expect(screen.getByText('all is well')).toBeInTheDocument();
});
