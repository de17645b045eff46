import { lazy, useRef } from 'react';
import { Dialog } from 'radix-ui';
import { closeDialog } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { CloseIcon } from '../shared/icons.tsx';
import { Part } from '../shared/Part.tsx';
import { DownloadSection } from './DownloadSection.tsx';
import { LinkSection } from './LinkSection.tsx';
import { PasteSection } from './PasteSection.tsx';
import './share.css';

/** It comes with the drawing of texts. */
const MailText = lazy(async () => ({ default: (await import('../mail/MailText.tsx')).MailText }));

const EmbedSection = lazy(async () => ({ default: (await import('./EmbedSection.tsx')).EmbedSection }));

/** Everything that leaves the page, and the way back in. */
export function ShareDialog() {
  const before = useRef<Element>(null);
  const onLab = usePage((page) => page.screen === 'lab');
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className="share-dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={() => (before.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
          }}
        >
          <Dialog.Title className="share-title">Share</Dialog.Title>
          <LinkSection />
          {!onLab && (
            <div className="share-mail">
              <h3>Text for a mail</h3>
              <Part lost={null}>
                <MailText />
              </Part>
            </div>
          )}
          <DownloadSection />
          {!onLab && (
            <Part lost={null}>
              <EmbedSection />
            </Part>
          )}
          <PasteSection />
          <Dialog.Close className="close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
