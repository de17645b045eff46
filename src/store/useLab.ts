import { useStore } from 'zustand';
import type { LabState } from '../viewmodel/labState.ts';
import { labStore } from './labStore.ts';

/** Select one field, or something that is computed and compares equal while it does not change. */
export function useLab<T>(select: (lab: LabState) => T): T {
  return useStore(labStore, select);
}
