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

function listed(commands: readonly Command[]): typeof NEAR_KEYS {
  const rows = new Map<string, string[]>();
  for (const { keys, name, row = name } of commands) rows.set(row, [...(rows.get(row) ?? []), ...keys.map(keyShown)]);
  const isRow = (does: string): boolean => commands.some(({ row }) => row === does);
  return [
    ...[...rows].flatMap(([does, keys]) =>
      keys.length === 0 ? [] : [{ keys: isRow(does) ? [`${keys[0]} … ${keys.at(-1)}`] : keys, does }],
    ),
    ...NEAR_KEYS,
  ];
}
