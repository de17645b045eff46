import { useState } from 'react';
import { exportName } from '../../io/fileName.ts';
import { closeDialog, openDialog } from '../../store/actions.ts';
import { THEMES, type Shown, type Theme } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { nameParts } from '../../viewmodel/figureWords.ts';
import { BUILD_ID } from '../shared/buildId.ts';
import { download } from '../shared/download.ts';
import { currentTheme, THEME_NAMES } from '../shared/theme.ts';

type Made = { readonly ending: string; readonly content: Blob | string; readonly type?: string };

type Kind = {
  readonly name: string;
  readonly title: string;
  readonly make: (shown: Shown, theme: Theme) => Promise<Made>;
};

/** What makes a file comes with its button. */
const KINDS: readonly Kind[] = [
  {
    name: 'SVG',
    title: 'The picture of this step, with its words; scales to any size',
    make: async (shown, theme) => {
      const { drawSvg } = await import('../export/pictures.tsx');
      return { ending: 'svg', content: drawSvg(shown, theme).svg, type: 'image/svg+xml' };
    },
  },
  {
    name: 'PNG',
    title: 'The same in pixels, 2400 wide',
    make: async (shown, theme) => {
      const { drawPng } = await import('../export/pictures.tsx');
      return { ending: 'png', content: await drawPng(shown, theme) };
    },
  },
  {
    name: 'JSON',
    title: 'The whole run for scripts; dropped on the page it opens again',
    make: async () => {
      const { runAsJson } = await import('../../store/runFiles.ts');
      return { ending: 'json', content: await runAsJson(BUILD_ID), type: 'application/json' };
    },
  },
  {
    name: 'This run as .html',
    title: 'This page in one file, which opens this run at this step without a network',
    make: async () => {
      const { runAsPage } = await import('../../store/runFiles.ts');
      return { ending: 'html', content: await runAsPage(), type: 'text/html;charset=utf-8' };
    },
  },
];

/** Files of what is shown. */
export function DownloadSection() {
  const shown = usePage((page) => page.shown);
  const [theme, setTheme] = useState(currentTheme);
  const [said, setSaid] = useState('');
  if (shown === undefined) return null;
  const save = async ({ name, make }: Kind): Promise<void> => {
    setSaid(`${name}: making it …`);
    try {
      const { ending, content, type } = await make(shown, theme);
      const file = exportName(nameParts(shown), ending);
      download(file, content, type);
      setSaid(`${name}: saved as ${file}`);
    } catch (error) {
      setSaid(`${name}: it could not be made: ${error instanceof Error ? error.message : String(error)}.`);
    }
  };
  const saveText = async (): Promise<void> => {
    const { saveFile } = await import('../library/saveFile.ts');
    saveFile();
    setSaid('Scenario: saved as a .dax file');
  };
  const print = (): void => {
    closeDialog();
    openDialog('handout');
  };
  return (
    <section>
      <h3>Download</h3>
      <div className="downloads">
        {KINDS.map((kind) => (
          <button key={kind.name} type="button" className="boxed" title={kind.title} onClick={() => void save(kind)}>
            {kind.name}
          </button>
        ))}
        <button type="button" className="boxed" title="The text of the scenario" onClick={() => void saveText()}>
          Scenario as .dax
        </button>
        <button type="button" className="boxed" title="A picture and a sentence for each step" onClick={print}>
          Handout …
        </button>
        <label className="theme">
          Pictures{' '}
          <select value={theme} onChange={({ target }) => setTheme(THEMES.find((one) => one === target.value) ?? 'light')}>
            {THEMES.map((one) => (
              <option key={one} value={one}>
                {THEME_NAMES[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="hint" role="status">
        {said}
      </p>
    </section>
  );
} // prettier-ignore
