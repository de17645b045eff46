import { useRef, type ReactNode } from 'react';
import { Select } from 'radix-ui';
import { CheckIcon, DownIcon } from './icons.tsx';
import './picker.css';

type Props = {
  /** What is chosen here; spoken, and shown before the value where there is room. */
  readonly label: string;
  readonly value: string;
  /** What the button shows for the value. */
  readonly shown: ReactNode;
  readonly onChange: (value: string) => void;
  readonly className?: string;
  /** `Choices` and `ChoiceGroup`s. */
  readonly children: ReactNode;
};

/** A button that shows the value and opens the list to choose from. */
export function Picker({ label, value, shown, onChange, className = '', children }: Props) {
  // Chosen with the mouse, the keys stay the page's: Space plays, and does not open the list again.
  const byPointer = useRef(false);
  return (
    <Select.Root value={value} onValueChange={onChange}>
      <Select.Trigger className={`picker ${className}`} aria-label={label}>
        <span className="what" aria-hidden="true">
          {label}
        </span>
        <Select.Value asChild>
          <span className="value">{shown}</span>
        </Select.Value>
        <DownIcon />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content
          className="popup"
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          onPointerUpCapture={() => (byPointer.current = true)}
          onKeyDownCapture={() => (byPointer.current = false)}
          onCloseAutoFocus={(event) => {
            if (byPointer.current) event.preventDefault();
            byPointer.current = false;
          }}
        >
          <Select.Viewport>{children}</Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

export function ChoiceGroup({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Select.Group>
      <Select.Label className="group-name">{name}</Select.Label>
      {children}
    </Select.Group>
  );
}

type ChoiceProps = {
  readonly value: string;
  readonly name: ReactNode;
  readonly text: string;
  readonly more?: ReactNode;
};

/** `text` is what typing jumps to. */
export function Choice({ value, name, text, more }: ChoiceProps) {
  return (
    <Select.Item className="choice" value={value} textValue={text}>
      <Select.ItemIndicator className="mark">
        <CheckIcon />
      </Select.ItemIndicator>
      <Select.ItemText>{name}</Select.ItemText>
      {more !== undefined && <span className="more">{more}</span>}
    </Select.Item>
  );
}
