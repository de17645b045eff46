import { lazy, Suspense, type ReactNode } from 'react';
import { DownIcon } from './icons.tsx';
import './picker.css';

export type Choice = {
  readonly value: string;
  /** What typing jumps to. */
  readonly text: string;
  readonly name: ReactNode;
  readonly more?: string;
};

export type ChoiceGroup = { readonly name?: string; readonly choices: readonly Choice[] };

export type PickerProps = {
  /** What is chosen here; spoken, and shown before the value where there is room. */
  readonly label: string;
  readonly value: string;
  /** What the button shows for the value. */
  readonly shown: ReactNode;
  readonly groups: readonly ChoiceGroup[];
  readonly onChange: (value: string) => void;
  readonly className?: string;
};

/** The list behind the button comes after the first paint: nobody picks before they see. */
const PickerSelect = lazy(async () => ({ default: (await import('./PickerSelect.tsx')).PickerSelect }));

/** A button that shows the value and opens the list to choose from. */
export function Picker(props: PickerProps) {
  return (
    <Suspense fallback={<PickerButton {...props} />}>
      <PickerSelect {...props} />
    </Suspense>
  );
}

/** The same to look at. */
function PickerButton({ label, shown, className = '' }: PickerProps) {
  return (
    <button type="button" className={`picker ${className}`} aria-label={label} aria-haspopup="listbox" aria-busy="true">
      <PickerFace label={label} shown={shown} />
    </button>
  );
}

export function PickerFace({ label, shown }: Pick<PickerProps, 'label' | 'shown'>) {
  return (
    <>
      <span className="what" aria-hidden="true">
        {label}
      </span>
      <span className="value">{shown}</span>
      <DownIcon />
    </>
  );
}
