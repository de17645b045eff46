import { useRef } from 'react';
import { Select } from 'radix-ui';
import { CheckIcon } from './icons.tsx';
import { PickerFace, type Choice, type PickerProps } from './Picker.tsx';

export function PickerSelect({ label, value, shown, groups, onChange, className = '' }: PickerProps) {
  // Chosen with the mouse, the keys stay the page's: Space plays, and does not open the list again.
  const byPointer = useRef(false);
  return (
    <Select.Root value={value} onValueChange={onChange}>
      <Select.Trigger className={`picker ${className}`} aria-label={label}>
        <PickerFace label={label} shown={shown} />
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
          <Select.Viewport>
            {groups.map((group) => (
              <Select.Group key={group.name ?? ''}>
                {group.name !== undefined && <Select.Label className="group-name">{group.name}</Select.Label>}
                {group.choices.map((choice) => (
                  <Item key={choice.value} choice={choice} />
                ))}
              </Select.Group>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

function Item({ choice }: { readonly choice: Choice }) {
  const { value, text, name, more } = choice;
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
