/**
 * The keyboard's way through the stage: left and right from page to page, up and down along the links of a page to its
 * claims; with Shift from a claim to those of the same index.
 */
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import type { SceneWalk } from '../../viewmodel/scene.ts';

export type Walk = {
  /** The one object that the tab key stops at. */
  readonly current: string;
  /** Where a key leads from an object; undefined: not a key of the walk, or nothing that way. */
  readonly next: (key: string, from: string | undefined) => string | undefined;
  readonly goTo: (key: string) => void;
};

type Place = { readonly page: number; readonly level: number };

/** Claims above count up from 1, claims below down from −1; 0 is the page itself. */
function keyAt(walks: readonly SceneWalk[], { page, level }: Place): string | undefined {
  const walk = walks[page];
  if (walk === undefined) return undefined;
  return level === 0 ? walk.page : level > 0 ? walk.above[level - 1] : walk.below[-level - 1];
}

function placeOf(walks: readonly SceneWalk[], key: string, near: number): Place | undefined {
  const order = [...walks.keys()].sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
  for (const page of order) {
    const walk = walks[page];
    if (walk?.page === key) return { page, level: 0 };
    const above = walk?.above.indexOf(key) ?? -1;
    if (above >= 0) return { page, level: above + 1 };
    const below = walk?.below.indexOf(key) ?? -1;
    if (below >= 0) return { page, level: -below - 1 };
  }
  return undefined;
}

function step(key: string, { page, level }: Place, last: number): Place | undefined {
  switch (key) {
    case 'ArrowRight':
      return { page: page + 1, level: 0 };
    case 'ArrowLeft':
      return { page: page - 1, level: 0 };
    case 'ArrowUp':
      return { page, level: level + 1 };
    case 'ArrowDown':
      return { page, level: level - 1 };
    case 'Home':
      return { page: 0, level: 0 };
    case 'End':
      return { page: last, level: 0 };
    default:
      return undefined;
  }
}

/** Up and down among the slots that mean the same index, whatever page each of them points at. */
function besideKin(kin: readonly (readonly string[])[], key: string, from: string | undefined): string | undefined {
  const group = kin.find((keys) => from !== undefined && keys.includes(from));
  return group?.[group.indexOf(from ?? '') + (key === KIN_UP ? -1 : 1)];
}

const KIN_UP = 'Shift+ArrowUp';
const KIN_DOWN = 'Shift+ArrowDown';

export function useWalk(walks: readonly SceneWalk[], kin: readonly (readonly string[])[]): Walk {
  const [at, setAt] = useState<{ key: string; page: number }>({ key: '', page: 0 });
  const place = useMemo(
    () => placeOf(walks, at.key, at.page) ?? { page: Math.min(at.page, Math.max(0, walks.length - 1)), level: 0 },
    [walks, at],
  );
  const current = keyAt(walks, place) ?? '';
  const next = useCallback(
    (key: string, from: string | undefined) => {
      if (key === KIN_UP || key === KIN_DOWN) return besideKin(kin, key, from);
      const here = (from === undefined ? undefined : placeOf(walks, from, place.page)) ?? place;
      const to = step(key, here, walks.length - 1);
      return to === undefined ? undefined : keyAt(walks, to);
    },
    [walks, kin, place],
  );
  const goTo = useCallback(
    (key: string) => setAt({ key, page: placeOf(walks, key, place.page)?.page ?? place.page }),
    [walks, place.page],
  );
  return { current, next, goTo };
}

export const isWalkKey = ({ key }: KeyboardEvent): boolean => /^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(key);

export const walkKey = ({ key, shiftKey }: KeyboardEvent): string =>
  shiftKey && (key === 'ArrowUp' || key === 'ArrowDown') ? `Shift+${key}` : key;
