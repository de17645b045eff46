import { Notice } from '../notice/Notice.tsx';
import { NowPanel } from '../now/NowPanel.tsx';
import { Timeline } from '../timeline/Timeline.tsx';
import { TopBar } from '../topbar/TopBar.tsx';
import { Transport } from '../transport/Transport.tsx';
import { StageArea } from './StageArea.tsx';

/** The page on a desk or a projector. */
export function DeskScreen({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <>
      <TopBar onHelp={onHelp} />
      <Notice />
      <StageArea />
      <Transport />
      <Timeline />
      <NowPanel />
    </>
  );
}
