/** Puts the theme on the page, and keeps the one that was chosen for the next visit. */
import { setTheme } from '../store/actions.ts';
import { page, pageStore, THEMES } from '../store/store.ts';
import { CONTRAST_QUERY, currentTheme, DARK_QUERY } from '../views/shared/theme.ts';

const KEY = 'daxpin.theme';

/** Where storage is blocked, touching it throws; where it is full, writing does. The theme is not worth a word then. */
function kept(touch: (storage: Storage) => string | null | void): string | null {
  try {
    return touch(localStorage) ?? null;
  } catch {
    return null;
  }
}

export function followTheme(): void {
  // In somebody's frame it is for them to choose, and not to be kept.
  const stored = page().embedded ? page().theme : kept((storage) => storage.getItem(KEY));
  setTheme(THEMES.find((theme) => theme === stored));
  const apply = (): void => {
    document.documentElement.dataset['theme'] = currentTheme();
  };
  apply();
  [CONTRAST_QUERY, DARK_QUERY].forEach((query) => window.matchMedia(query).addEventListener('change', apply));
  pageStore.subscribe((now, before) => {
    if (now.theme === before.theme) return;
    apply();
    const { theme } = now;
    if (theme !== undefined && !now.embedded) kept((storage) => storage.setItem(KEY, theme));
  });
}
