import { lazy } from 'react';
import { OWN } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { Part } from '../shared/Part.tsx';

const BranchStrip = lazy(async () => ({ default: (await import('./BranchStrip.tsx')).BranchStrip }));

/** What was done otherwise, if anything was. */
export function Branches() {
  const own = usePage(({ own: all, scenario }) => all.find(({ id }) => OWN + id === scenario));
  if (own === undefined || own.branches.length < 2) return null;
  return (
    <Part lost={null}>
      <BranchStrip own={own} />
    </Part>
  );
}
