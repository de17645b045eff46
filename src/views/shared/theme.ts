/** Which theme is shown: the one chosen, else what the system asks for. */
import { setTheme } from '../../store/actions.ts';
import type { Theme } from '../../store/store.ts';
import { page, THEMES } from '../../store/store.ts';
import { useMedia } from './useMedia.ts';

export const THEME_NAMES: { readonly [T in Theme]: string } = { light: 'light', dark: 'dark', hc: 'high contrast' };

export const DARK_QUERY = '(prefers-color-scheme: dark)';
export const CONTRAST_QUERY = '(prefers-contrast: more)';

function themeOf(chosen: Theme | undefined, wantsContrast: boolean, wantsDark: boolean): Theme {
  if (chosen !== undefined) return chosen;
  if (wantsContrast) return 'hc';
  return wantsDark ? 'dark' : 'light';
}

export function useTheme(chosen: Theme | undefined): Theme {
  return themeOf(chosen, useMedia(CONTRAST_QUERY), useMedia(DARK_QUERY));
}

const matches = (query: string): boolean => window.matchMedia(query).matches;

export const currentTheme = (): Theme => themeOf(page().theme, matches(CONTRAST_QUERY), matches(DARK_QUERY));

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'light';
}

/** Light, dark, high contrast, and round again. */
export function cycleTheme(): void {
  setTheme(nextTheme(currentTheme()));
}
