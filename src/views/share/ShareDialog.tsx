import { useRef } from 'react';
import { Dialog } from 'radix-ui';
import { closeDialog } from '../../store/actions.ts';
import { CloseIcon } from '../shared/icons.tsx';
import { LinkSection } from './LinkSection.tsx';
import { PasteSection } from './PasteSection.tsx';
import './share.css';

/** Everything that leaves the page, and the way back in. */
export function ShareDialog() {
  const before = useRef<Element>(null);
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
          <PasteSection />
          <Dialog.Close className="close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
