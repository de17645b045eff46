import { useStore } from 'zustand';
import { compareStore, type CompareState } from './compareStore.ts';

/** Select one field, or something that is computed and compares equal while it does not change. */
export function useCompare<T>(select: (state: CompareState) => T): T {
  return useStore(compareStore, select);
}
