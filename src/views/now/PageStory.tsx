import { useEffect, useState } from 'react';
import type { Shown } from '../../viewmodel/nowScene.ts';
import type { OwnersScene } from '../../viewmodel/ownersScene.ts';
import { storyScene, type StoryRow } from '../../viewmodel/storyScene.ts';
import { seek } from '../../store/actions.ts';
import { askStory } from '../../store/questions.ts';
import { usePage } from '../../store/usePage.ts';
import { LineText } from './LineText.tsx';

type Props = { readonly shown: Shown; readonly owners: OwnersScene };

/** What ever happened to the page whose owners are listed: asked for when it is opened, and open it stays. */
export function PageStory({ shown, owners: { page, name } }: Props) {
  const [open, setOpen] = useState(false);
  const { outline } = shown;
  useEffect(() => {
    if (open) askStory(page);
  }, [open, page, outline]);
  return (
    <details className="story" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>History of {name}</summary>
      {open && <StoryList shown={shown} page={page} />}
    </details>
  );
}

function StoryList({ shown, page }: { readonly shown: Shown; readonly page: number }) {
  const grain = usePage((now) => now.grain);
  const story = usePage(({ known }) => (known?.outline === shown.outline ? known.stories?.get(page) : undefined));
  const { past, later, cutBefore, cutAfter, none } = storyScene(shown, story, grain);
  if (none !== '') return <p className="more">{none}</p>;
  return (
    <>
      {cutBefore !== '' && <p className="more">{cutBefore}</p>}
      <Rows rows={past} />
      {later.length > 0 && <h3>Still to come</h3>}
      <Rows rows={later} />
      {cutAfter !== '' && <p className="more">{cutAfter}</p>}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly StoryRow[] }) {
  if (rows.length === 0) return null;
  return (
    <ol>
      {rows.map(({ key, label, to, now, facts }) => (
        <li key={key} aria-current={now ? 'step' : undefined}>
          <button type="button" className="jump" onClick={() => seek(to)}>
            {label}
          </button>
          <ul>
            {facts.map((fact) => (
              <li key={fact.key}>
                <LineText line={fact.line} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
