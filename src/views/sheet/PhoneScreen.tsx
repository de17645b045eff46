import { usePage } from '../../store/usePage.ts';
import { ActionsHost } from '../actions/ActionsHost.tsx';
import { PictureArea } from '../desk/PictureArea.tsx';
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
          <PictureArea staleWord="The text has an error." picture={(props) => <PhoneStage {...props} />} />
          <PhoneSheet />
        </>
      )}
      <ActionsHost />
    </>
  );
}
