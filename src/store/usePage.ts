import { useStore } from 'zustand';
import type { Page } from './store.ts';
import { pageStore } from './store.ts';

/** Select one field, or something that is computed and compares equal while it does not change. */
export function usePage<T>(select: (page: Page) => T): T {
  return useStore(pageStore, select);
}
