import { hover, select } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { Notice } from '../notice/Notice.tsx';
import { PhoneStage } from '../phone/PhoneStage.tsx';
import { PhoneSheet } from './PhoneSheet.tsx';
import { PhoneTop } from './PhoneTop.tsx';

/** The page on a narrow screen: the list of pages, and a sheet with everything else. */
export function PhoneScreen({ onHelp }: { readonly onHelp: () => void }) {
  const shown = usePage((page) => page.shown);
  const hovered = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  return (
    <>
      <PhoneTop onHelp={onHelp} />
      <Notice />
      <div className="at-stage">
        {shown === undefined ? (
          <p className="opening">Working out the run …</p>
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
      </div>
      <PhoneSheet />
    </>
  );
}
