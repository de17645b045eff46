import { OPTION_CHOICES, writtenOption } from '../../viewmodel/pickers.ts';
import { setOption } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { Picker, type ChoiceGroup } from '../shared/Picker.tsx';

/** The value of the option that the text names; not the name of a preset. */
const WRITTEN = 'as written';

export function OptionPicker() {
  const preset = usePage((page) => page.preset);
  const option = usePage((page) => page.written?.option);
  if (option === undefined) return null;
  const written = writtenOption(option);
  const choose = (value: string): void => {
    const choice = OPTION_CHOICES.find((one) => one.preset === value)?.preset;
    setOption(written.isPreset && choice === option.preset ? undefined : choice);
  };
  const asWritten: ChoiceGroup = {
    name: 'As the text has it',
    choices: [{ value: WRITTEN, text: written.name, name: <b>{written.name}</b> }],
  };
  const proposals: ChoiceGroup = {
    name: 'Proposals',
    choices: OPTION_CHOICES.map(({ preset: value, from, gist }) => ({
      value,
      text: value,
      more: gist,
      name: (
        <span className="preset">
          <b>{value}</b>
          {written.isPreset && value === option.preset && <i>as written</i>}
          <span className="from">{from}</span>
        </span>
      ),
    })),
  };
  return (
    <Picker
      label="Option"
      value={preset ?? (written.isPreset ? option.preset : WRITTEN)}
      shown={preset ?? written.name}
      onChoose={choose}
      className="option"
      groups={written.isPreset ? [proposals] : [asWritten, proposals]}
    />
  );
}
