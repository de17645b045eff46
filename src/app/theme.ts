/** Puts the theme on the page, and keeps the one that was chosen for the next visit. */
import { setTheme } from '../store/actions.ts';
import { pageStore, THEMES } from '../store/store.ts';
import { CONTRAST_QUERY, currentTheme, DARK_QUERY } from '../views/shared/theme.ts';

const KEY = 'daxpin.theme';

/** Where cookies are blocked, so is storage: touching it throws. */
const mayStore = (): boolean => navigator.cookieEnabled;

export function followTheme(): void {
  const stored = mayStore() ? localStorage.getItem(KEY) : null;
  setTheme(THEMES.find((theme) => theme === stored));
  const apply = (): void => {
    document.documentElement.dataset['theme'] = currentTheme();
  };
  apply();
  [CONTRAST_QUERY, DARK_QUERY].forEach((query) => window.matchMedia(query).addEventListener('change', apply));
  pageStore.subscribe((now, before) => {
    if (now.theme === before.theme) return;
    apply();
    if (now.theme !== undefined && mayStore()) localStorage.setItem(KEY, now.theme);
  });
}
