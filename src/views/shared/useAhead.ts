import { useMemo } from 'react';
import { aheadScene, type AheadScene } from '../../viewmodel/aheadScene.ts';
import type { Shown } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';

/** What the next step will change, where that is asked for and known. */
export function useAhead({ program, outline, moment }: Omit<Shown, 'scenario'>): AheadScene | undefined {
  const next = usePage(({ ahead, screen, known }) =>
    ahead && screen === 'player' && known?.outline === outline && known.ahead?.from === moment.at
      ? known.ahead.moment
      : undefined,
  );
  return useMemo(() => (next === undefined ? undefined : aheadScene(program, next)), [program, next]);
}
