/** Which theme is shown: the one chosen, else what the system asks for. */
import type { Theme } from '../../store/store.ts';
import { THEMES } from '../../store/store.ts';
import { useMedia } from './useMedia.ts';

export const THEME_NAMES: { readonly [T in Theme]: string } = { light: 'light', dark: 'dark', hc: 'high contrast' };

export const DARK_QUERY = '(prefers-color-scheme: dark)';
export const CONTRAST_QUERY = '(prefers-contrast: more)';

export function systemTheme(wantsContrast: boolean, wantsDark: boolean): Theme {
  if (wantsContrast) return 'hc';
  return wantsDark ? 'dark' : 'light';
}

export function useSystemTheme(): Theme {
  return systemTheme(useMedia(CONTRAST_QUERY), useMedia(DARK_QUERY));
}

export const shownTheme = (chosen: Theme | undefined, system: Theme): Theme => chosen ?? system;

export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'light';
}
