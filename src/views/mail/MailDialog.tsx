import { useRef } from 'react';
import { Dialog } from 'radix-ui';
import { closeDialog } from '../../store/actions.ts';
import { CloseIcon } from '../shared/icons.tsx';
import { MailText } from './MailText.tsx';
import '../help/help.css';

/** To copy what is shown with two keys; the same stands in the Share dialog. */
export function MailDialog() {
  const before = useRef<Element>(null);
  const content = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          ref={content}
          className="help mail-dialog"
          onOpenAutoFocus={(event) => {
            before.current = document.activeElement;
            // Who only wants to copy presses Enter.
            event.preventDefault();
            content.current?.querySelector<HTMLButtonElement>('.mail-foot button')?.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
          }}
        >
          <Dialog.Title className="help-title">Copy as text</Dialog.Title>
          <Dialog.Description className="mail-about">
            72 columns, safe to quote. Pasted anywhere in this page, wrapped anew and quoted as it may be, it opens
            again.
          </Dialog.Description>
          <MailText />
          <Dialog.Close className="close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
