import { lazy, useState, type ReactNode } from 'react';
import { DownIcon } from './icons.tsx';
import { Part } from './Part.tsx';
import './picker.css';

export type Choice = {
  readonly value: string;
  /** Spoken, and what typing jumps to. */
  readonly text: string;
  readonly name: ReactNode;
  readonly more?: string;
};

export type ChoiceGroup = { readonly name?: string; readonly choices: readonly Choice[] };

export type PickerProps = {
  /** What is chosen here; spoken, and shown before the value where there is room. */
  readonly label: string;
  /** Absent: a menu of things to do. */
  readonly value?: string;
  /** What the button shows: the value, or a picture. */
  readonly shown: ReactNode;
  readonly groups: readonly ChoiceGroup[];
  readonly onChoose: (value: string) => void;
  readonly className?: string;
};

/** What was done to the button before its list was there. */
export type Held = 'focused' | 'pressed' | undefined;

/** The list behind the button comes after the first paint: nobody picks before they see. */
const PickerMenu = lazy(async () => ({ default: (await import('./PickerMenu.tsx')).PickerMenu }));

/** A button that shows the value and opens the list to choose from. */
export function Picker(props: PickerProps) {
  const [held, setHeld] = useState<Held>();
  const waiting = <WaitingButton {...props} onHeld={setHeld} />;
  return (
    <Part fallback={waiting} lost={waiting}>
      <PickerMenu {...props} held={held} />
    </Part>
  );
}

/** The same to look at and to reach; what is done to it is done to the real one as soon as that is there. */
function WaitingButton({ onHeld, ...props }: PickerProps & { readonly onHeld: (held: Held) => void }) {
  return (
    <button
      type="button"
      className={pickerClass(props)}
      aria-label={pickerName(props)}
      aria-haspopup="menu"
      onFocus={() => onHeld('focused')}
      onBlur={() => onHeld(undefined)}
      // The browser's own answer, the focus, would come after the list is open, and close it.
      onPointerDown={(event) => {
        event.preventDefault();
        onHeld('pressed');
      }}
      onClick={() => onHeld('pressed')}
    >
      <PickerFace {...props} />
    </button>
  );
}

export const pickerClass = ({ className = '', value }: PickerProps): string =>
  `${value === undefined ? 'press' : 'picker'} ${className}`.trim();

/** `Option: wait`. */
export function pickerName({ label, value, groups }: PickerProps): string {
  const chosen = groups.flatMap(({ choices }) => choices).find((choice) => choice.value === value);
  return chosen === undefined ? label : `${label}: ${chosen.text}`;
}

export function PickerFace({ label, value, shown }: PickerProps) {
  if (value === undefined) return shown;
  return (
    <>
      <span className="what">{label}</span>
      <span className="value">{shown}</span>
      <DownIcon />
    </>
  );
}
