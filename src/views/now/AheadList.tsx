import type { Shown } from '../../viewmodel/nowScene.ts';
import { aheadTitle } from '../../viewmodel/aheadScene.ts';
import { hover } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { useAhead } from '../shared/useAhead.ts';
import { LineText } from './LineText.tsx';
import './ahead.css';

/** What the next step will change, for who asked for that. */
export function AheadList({ shown }: { readonly shown: Shown }) {
  const on = usePage(({ ahead, screen }) => ahead && screen === 'player');
  const grain = usePage((page) => page.grain);
  const scene = useAhead(shown);
  if (!on) return null;
  const title = aheadTitle(shown, grain);
  return (
    <section className="ahead" aria-label="Will change">
      <h2>{title ?? 'Will change'}</h2>
      {title === undefined && <p className="more">There is no next step: the run ends here.</p>}
      {title !== undefined && scene === undefined && <p className="more">…</p>}
      {scene?.rows.length === 0 && <p className="more">Nothing changes.</p>}
      {scene !== undefined && (
        <ul>
          {scene.rows.map(({ key, line, ref }) => (
            <li key={key} onPointerOver={() => hover(ref)} onPointerLeave={() => hover(undefined)}>
              <LineText line={line} />
            </li>
          ))}
          {scene.more > 0 && <li className="more">and {scene.more} more</li>}
        </ul>
      )}
    </section>
  );
}
