import { useRef } from 'react';
import { DropdownMenu } from 'radix-ui';
import { CheckIcon } from './icons.tsx';
import { PickerFace, pickerClass, pickerName, type Choice, type Held, type PickerProps } from './Picker.tsx';

export function PickerMenu({ held, ...props }: PickerProps & { readonly held: Held }) {
  const { value, groups, onChoose } = props;
  // Chosen with the mouse, the keys stay the page's: Space plays, and does not open the list again.
  const byPointer = useRef(false);
  return (
    // Not modal: the page stays readable to everybody beside an open list.
    <DropdownMenu.Root modal={false} defaultOpen={held === 'pressed'}>
      <DropdownMenu.Trigger
        className={pickerClass(props)}
        aria-label={pickerName(props)}
        autoFocus={held !== undefined}
      >
        <PickerFace {...props} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.querySelector<HTMLElement>('.page')}>
        <DropdownMenu.Content
          className="popup"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          ref={showChosen}
          onPointerUpCapture={() => (byPointer.current = true)}
          onKeyDownCapture={() => (byPointer.current = false)}
          onCloseAutoFocus={(event) => {
            if (byPointer.current) event.preventDefault();
            byPointer.current = false;
          }}
        >
          {groups.map(({ name, choices }) => (
            <Group key={name ?? ''} name={name} value={value} choices={choices} onChoose={onChoose} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A long list opens where its choice is. After the frame in which Radix gives the focus to the list itself. */
function showChosen(content: HTMLElement | null): void {
  requestAnimationFrame(() => content?.querySelector<HTMLElement>('[data-state="checked"]')?.focus());
}

type GroupProps = {
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly choices: readonly Choice[];
  readonly onChoose: (value: string) => void;
};

function Group({ name, value, choices, onChoose }: GroupProps) {
  const label = name !== undefined && <DropdownMenu.Label className="group-name">{name}</DropdownMenu.Label>;
  if (value === undefined) {
    return (
      <DropdownMenu.Group>
        {label}
        {choices.map((choice) => (
          <DropdownMenu.Item
            key={choice.value}
            className="choice"
            textValue={choice.text}
            onSelect={() => onChoose(choice.value)}
          >
            {choice.name}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Group>
    );
  }
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
      {label}
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} className="choice" value={choice.value} textValue={choice.text}>
          <DropdownMenu.ItemIndicator className="mark">
            <CheckIcon />
          </DropdownMenu.ItemIndicator>
          {choice.name}
          {choice.more !== undefined && <span className="more">{choice.more}</span>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
