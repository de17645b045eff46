import { lazy, useEffect, useMemo, useState } from 'react';
import { usePage } from '../store/usePage.ts';
import { DeskScreen } from '../views/desk/DeskScreen.tsx';
import { DropTarget } from '../views/library/DropTarget.tsx';
import { Part } from '../views/shared/Part.tsx';
import { useMedia } from '../views/shared/useMedia.ts';
import { commandsOf } from './commands.ts';
import { bindPaste } from './paste.ts';
import { bindShortcuts } from './shortcuts.ts';

/** A phone loads its own screen; a desk never does. */
const PhoneScreen = lazy(async () => ({ default: (await import('../views/sheet/PhoneScreen.tsx')).PhoneScreen }));

/** Another screen altogether: who only plays never loads it. */
const LabScreen = lazy(async () => ({ default: (await import('../views/lab/LabScreen.tsx')).LabScreen }));

/** As the lab. */
const CompareScreen = lazy(async () => ({
  default: (await import('../views/compare/CompareScreen.tsx')).CompareScreen,
}));
/** Loaded by who presents. */
const RoomScreen = lazy(async () => ({ default: (await import('../views/room/RoomScreen.tsx')).RoomScreen }));

/** There is nothing to say before the run is there. */
const Spoken = lazy(async () => ({ default: (await import('../views/now/Spoken.tsx')).Spoken }));

/** None is needed before it is asked for. */
const Handout = lazy(async () => ({ default: (await import('../views/export/Handout.tsx')).Handout }));
const PrintStep = lazy(async () => ({ default: (await import('../views/export/PrintStep.tsx')).PrintStep }));
const ShareDialog = lazy(async () => ({ default: (await import('../views/share/ShareDialog.tsx')).ShareDialog }));
const MailDialog = lazy(async () => ({ default: (await import('../views/mail/MailDialog.tsx')).MailDialog }));
const ImportDialog = lazy(async () => ({ default: (await import('../views/import/ImportDialog.tsx')).ImportDialog }));
const Palette = lazy(async () => ({ default: (await import('../views/palette/Palette.tsx')).Palette }));
const HelpDialog = lazy(async () => ({ default: (await import('../views/help/HelpDialog.tsx')).HelpDialog }));

/** Of a frame in somebody's page; nothing else of the page is loaded there. */
const EmbedScreen = lazy(async () => ({ default: (await import('../views/embed/EmbedScreen.tsx')).EmbedScreen }));

export function App() {
  return usePage((page) => page.embedded) ? <Framed /> : <Whole />;
}

function Framed() {
  useEffect(() => bindShortcuts(commandsOf({ onHelp: () => undefined }).filter(({ group, id }) => group === 'Step' || id === 'clear')), []); // prettier-ignore
  return (
    <main className="page embed-page">
      <Part fallback={<p className="opening">Opening …</p>}>
        <EmbedScreen />
      </Part>
    </main>
  );
}

function Whole() {
  const phone = useMedia('(max-width: 639px)');
  const script = usePage((page) => page.script);
  const tab = usePage((page) => page.tab);
  const [help, setHelp] = useState(false);
  const commands = useMemo(() => commandsOf({ onHelp: () => setHelp(true) }), []);
  useEffect(() => bindShortcuts(commands), [commands]);
  useEffect(bindPaste, []);
  const dialog = usePage((page) => page.dialog);
  const onLab = usePage((page) => page.screen === 'lab');
  const onCompare = usePage((page) => page.screen === 'compare');
  const inRoom = usePage((page) => page.screen === 'room');
  const panel = inRoom
    ? 'page room-page'
    : onLab
      ? 'page lab-page'
      : onCompare
        ? 'page compare-page'
        : script
          ? `page with-script ${tab}-tab`
          : 'page';
  const Screen = phone ? PhoneScreen : DeskScreen;
  return (
    <main className={panel}>
      {inRoom ? (
        <Part fallback={<p className="opening">Opening the presentation …</p>}>
          <RoomScreen />
        </Part>
      ) : onLab ? (
        <Part fallback={<p className="opening">Opening the lab …</p>}>
          <LabScreen onHelp={() => setHelp(true)} />
        </Part>
      ) : onCompare ? (
        <Part fallback={<p className="opening">Opening the comparison …</p>}>
          <CompareScreen phone={phone} onHelp={() => setHelp(true)} />
        </Part>
      ) : (
        <>
          <Part>
            <Screen onHelp={() => setHelp(true)} />
          </Part>
          <Part lost={null}>
            <Spoken />
          </Part>
        </>
      )}
      <DropTarget />
      <Part lost={null}>
        {(dialog === 'palette' || dialog === 'scenarios') && (
          <Palette commands={commands} scenarios={dialog === 'scenarios'} />
        )}
      </Part>
      <Part lost={null}>{dialog === 'share' && <ShareDialog />}</Part>
      <Part lost={null}>{dialog === 'import' && <ImportDialog />}</Part>
      <Part lost={null}>{dialog === 'mail' && <MailDialog />}</Part>
      <Part lost={null}>{dialog === 'handout' && <Handout />}</Part>
      <Part lost={null}>
        <PrintStep />
      </Part>
      <Part lost={null}>{help && <HelpDialog open onOpenChange={setHelp} commands={commands} />}</Part>
    </main>
  );
}
