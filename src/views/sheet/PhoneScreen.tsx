import { hover, select } from '../../store/actions.ts';
import { hasErrors } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { ActionsHost } from '../actions/ActionsHost.tsx';
import { openAtEvent } from '../actions/openActions.ts';
import { Opening } from '../desk/Opening.tsx';
import { Script } from '../desk/SidePanel.tsx';
import { Notice } from '../notice/Notice.tsx';
import { PhoneStage } from '../phone/PhoneStage.tsx';
import { PhoneSheet } from './PhoneSheet.tsx';
import { PhoneTop } from './PhoneTop.tsx';

/** The page on a narrow screen: the list of pages, and a sheet with everything else; or the text, whole. */
export function PhoneScreen({ onHelp }: { readonly onHelp: () => void }) {
  const script = usePage(({ script: open, tab }) => open && tab === 'script');
  return (
    <>
      <PhoneTop onHelp={onHelp} />
      <Notice />
      {script ? (
        <div className="at-script">
          <Script />
        </div>
      ) : (
        <>
          <PhonePicture />
          <PhoneSheet />
        </>
      )}
      <ActionsHost />
    </>
  );
}

function PhonePicture() {
  const shown = usePage((page) => page.shown);
  const hovered = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  const stale = usePage((page) => page.shown !== undefined && hasErrors(page.problems));
  return (
    <div className={stale ? 'at-stage stale' : 'at-stage'} onContextMenu={shown && openAtEvent}>
      {shown === undefined ? (
        <Opening />
      ) : (
        <PhoneStage
          program={shown.program}
          outline={shown.outline}
          moment={shown.moment}
          focus={hovered}
          selected={selected}
          onFocus={hover}
          onSelect={select}
        />
      )}
      {stale && <p className="stale-word">The text has an error.</p>}
    </div>
  );
}
