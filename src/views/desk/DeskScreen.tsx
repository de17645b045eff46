import { lazy } from 'react';
import { usePage } from '../../store/usePage.ts';
import { ActionsHost } from '../actions/ActionsHost.tsx';
import { Branches } from '../branches/Branches.tsx';
import { Notice } from '../notice/Notice.tsx';
import { Part } from '../shared/Part.tsx';
import { useMedia } from '../shared/useMedia.ts';
import { TopBar } from '../topbar/TopBar.tsx';
import { Transport } from '../transport/Transport.tsx';
import { NowPanel } from './LazyNow.tsx';
import { ScriptColumn, SidePanel } from './SidePanel.tsx';
import { StageArea } from './StageArea.tsx';

// As the stage: it comes while the worker works out the run that it will draw.
const timeline = import('../timeline/Timeline.tsx');
const Timeline = lazy(async () => ({ default: (await timeline).Timeline }));

/** From here on there is room for the script beside the Now panel; as in app.css. */
const BOTH_QUERY = '(min-width: 1500px)';

/** The page on a desk or a projector. */
export function DeskScreen({ onHelp }: { readonly onHelp: () => void }) {
  const script = usePage((page) => page.script);
  const both = useMedia(BOTH_QUERY);
  return (
    <>
      <TopBar onHelp={onHelp} />
      <Notice />
      {script && both && <ScriptColumn />}
      <StageArea />
      <Transport />
      <Branches />
      <Part fallback={<section className="timeline at-timeline" aria-label="Timeline" />}>
        <Timeline />
      </Part>
      {script && !both ? <SidePanel /> : <NowPanel />}
      <ActionsHost />
    </>
  );
}
