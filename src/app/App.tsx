import { lazy, Suspense, useEffect, useState } from 'react';
import { Notice } from '../views/notice/Notice.tsx';
import { NowPanel } from '../views/now/NowPanel.tsx';
import { Spoken } from '../views/now/Spoken.tsx';
import { cycleTheme } from '../views/shared/theme.ts';
import { useMedia } from '../views/shared/useMedia.ts';
import { PhoneSheet } from '../views/sheet/PhoneSheet.tsx';
import { PhoneTop } from '../views/sheet/PhoneTop.tsx';
import { StageArea } from '../views/stageArea/StageArea.tsx';
import { Timeline } from '../views/timeline/Timeline.tsx';
import { TopBar } from '../views/topbar/TopBar.tsx';
import { Transport } from '../views/transport/Transport.tsx';
import { bindShortcuts } from './shortcuts.ts';

/** Not needed before it is asked for. */
const HelpDialog = lazy(async () => ({ default: (await import('../views/help/HelpDialog.tsx')).HelpDialog }));

export function App() {
  const phone = useMedia('(max-width: 639px)');
  const [help, setHelp] = useState(false);
  useEffect(() => bindShortcuts({ onHelp: () => setHelp(true), onTheme: cycleTheme }), []);
  const onHelp = (): void => setHelp(true);
  return (
    <main className="page">
      {phone ? <PhoneTop onHelp={onHelp} /> : <TopBar onHelp={onHelp} />}
      <Notice />
      <StageArea phone={phone} />
      {phone ? (
        <PhoneSheet />
      ) : (
        <>
          <Transport />
          <Timeline />
          <NowPanel />
        </>
      )}
      <Spoken />
      <Suspense>{help && <HelpDialog open onOpenChange={setHelp} />}</Suspense>
    </main>
  );
}
