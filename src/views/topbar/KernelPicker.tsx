import { KERNEL_CHOICES, kernelChoice } from '../../viewmodel/pickers.ts';
import { setKernel } from '../../store/actions.ts';
import { entryOf } from '../../store/catalogue.ts';
import { usePage } from '../../store/usePage.ts';
import { Choice, Picker } from '../shared/Picker.tsx';

/** Which kernel's behaviour runs, and whether it was recorded (solid edge) or read from the source (dashed). */
export function KernelPicker() {
  const scenario = usePage((page) => page.scenario);
  const chosen = usePage((page) => page.kernel);
  const written = entryOf(scenario)?.program?.kernel;
  if (written === undefined) return null;
  const shown = kernelChoice(chosen ?? written);
  const choose = (value: string): void => {
    const choice = KERNEL_CHOICES.find(({ kernel }) => kernel === value)?.kernel;
    setKernel(choice === written ? undefined : choice);
  };
  return (
    <Picker
      label="Kernel"
      value={shown.kernel}
      onChange={choose}
      className={shown.recorded ? 'kernel recorded' : 'kernel'}
      shown={
        <>
          <b>{shown.kernel}</b> {shown.text}
        </>
      }
    >
      {KERNEL_CHOICES.map(({ kernel, text, title }) => (
        <Choice key={kernel} value={kernel} text={kernel} name={<b>{`${kernel}, ${text}`}</b>} more={title} />
      ))}
    </Picker>
  );
}
