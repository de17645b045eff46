import { useRef } from 'react';
import { Dialog } from 'radix-ui';
import { CloseIcon } from '../shared/icons.tsx';
import { keyShown, type Command } from '../commands/command.ts';
import { NEAR_KEYS } from '../shared/keys.ts';
import './help.css';

type Props = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly commands: readonly Command[];
};

export function HelpDialog({ open, onOpenChange, commands }: Props) {
  // No button of its own opens it alone, so it has to remember whose the focus was.
  const before = useRef<Element>(null);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className="help"
          aria-describedby={undefined}
          onOpenAutoFocus={() => (before.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
          }}
        >
          <Dialog.Title className="help-title">Keys</Dialog.Title>
          <dl>
            {listed(commands).map(({ keys, does }) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <p>
            Each block is one page of 4096 bytes. Files claim pages from above; CPU page tables and NIC tables from
            below. A zigzag is a claim that breaks a property.
          </p>
          <Dialog.Close className="close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const listed = (commands: readonly Command[]): typeof NEAR_KEYS => [
  ...commands.flatMap(({ keys, name }) => (keys.length === 0 ? [] : [{ keys: keys.map(keyShown), does: name }])),
  ...NEAR_KEYS,
];
