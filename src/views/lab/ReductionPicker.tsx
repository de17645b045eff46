import { setReductions } from '../../store/lab.ts';
import { useLab } from '../../store/useLab.ts';
import { REDUCTION_CHOICES, reductionChoice } from '../../viewmodel/labReductions.ts';
import { Picker, type ChoiceGroup } from '../shared/Picker.tsx';

const GROUPS: readonly ChoiceGroup[] = [
  { choices: REDUCTION_CHOICES.map(({ value, text, more }) => ({ value, text, name: <b>{text}</b>, more })) },
];

export function ReductionPicker() {
  const symmetry = useLab((lab) => lab.symmetry);
  const order = useLab((lab) => lab.order);
  const { value, text } = reductionChoice({ symmetry, order });
  return (
    <Picker
      label="Reductions"
      value={value}
      shown={text}
      groups={GROUPS}
      onChoose={(chosen) => {
        const choice = REDUCTION_CHOICES.find((one) => one.value === chosen);
        if (choice !== undefined) setReductions({ symmetry: choice.symmetry, order: choice.order });
      }}
      className="grain"
    />
  );
}
