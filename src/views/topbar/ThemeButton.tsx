import { usePage } from '../../store/usePage.ts';
import { ThemeIcon } from '../shared/icons.tsx';
import { cycleTheme, nextTheme, THEME_NAMES, useTheme } from '../shared/theme.ts';

export function ThemeButton() {
  const theme = useTheme(usePage((page) => page.theme));
  return (
    <button
      type="button"
      className="plain"
      onClick={cycleTheme}
      aria-label={`Theme: ${THEME_NAMES[theme]}. Change to ${THEME_NAMES[nextTheme(theme)]}`}
      aria-keyshortcuts="t"
      title={`Theme: ${THEME_NAMES[theme]} (t)`}
    >
      <ThemeIcon theme={theme} />
    </button>
  );
}
