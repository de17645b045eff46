import { KERNEL_CHOICES, kernelChoice } from '../../viewmodel/pickers.ts';
import { setKernel } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { Picker, type ChoiceGroup } from '../shared/Picker.tsx';

const GROUPS: readonly ChoiceGroup[] = [
  {
    choices: KERNEL_CHOICES.map(({ kernel, text, title }) => ({
      value: kernel,
      text: kernel,
      name: <b>{`${kernel}, ${text}`}</b>,
      more: title,
    })),
  },
];

/** Which kernel's behaviour runs, and whether it was recorded (solid edge) or read from the source (dashed). */
export function KernelPicker() {
  const chosen = usePage((page) => page.kernel);
  const written = usePage((page) => page.written?.kernel);
  if (written === undefined) return null;
  const { kernel, text, recorded } = kernelChoice(chosen ?? written);
  const choose = (value: string): void => {
    const choice = KERNEL_CHOICES.find((one) => one.kernel === value)?.kernel;
    setKernel(choice === written ? undefined : choice);
  };
  return (
    <Picker
      label="Kernel"
      value={kernel}
      shown={
        <>
          <b>{kernel}</b> {text}
        </>
      }
      onChoose={choose}
      className={recorded ? 'kernel recorded' : 'kernel'}
      groups={GROUPS}
    />
  );
}
