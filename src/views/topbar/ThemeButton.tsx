import { usePage } from '../../store/usePage.ts';
import { setTheme } from '../../store/actions.ts';
import { nextTheme, shownTheme, THEME_NAMES, useSystemTheme } from '../shared/theme.ts';
import { ThemeIcon } from '../shared/icons.tsx';

/** Light, dark, high contrast, and round again. */
export function ThemeButton() {
  const system = useSystemTheme();
  const theme = shownTheme(
    usePage((page) => page.theme),
    system,
  );
  const next = nextTheme(theme);
  return (
    <button
      type="button"
      className="plain"
      onClick={() => setTheme(next)}
      aria-label={`Theme: ${THEME_NAMES[theme]}. Change to ${THEME_NAMES[next]}`}
      aria-keyshortcuts="t"
      title={`Theme: ${THEME_NAMES[theme]} (t)`}
    >
      <ThemeIcon theme={theme} />
    </button>
  );
}
