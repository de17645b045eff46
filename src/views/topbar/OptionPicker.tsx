import { OPTION_CHOICES, writtenOption } from '../../viewmodel/pickers.ts';
import { setOption } from '../../store/actions.ts';
import { entryOf } from '../../store/catalogue.ts';
import { usePage } from '../../store/usePage.ts';
import { Choice, ChoiceGroup, Picker } from '../shared/Picker.tsx';

/** The value of the option that the text names; not the name of a preset. */
const WRITTEN = 'as written';

export function OptionPicker() {
  const scenario = usePage((page) => page.scenario);
  const preset = usePage((page) => page.preset);
  const option = entryOf(scenario)?.program?.option;
  if (option === undefined) return null;
  const written = writtenOption(option);
  const choose = (value: string): void => {
    const choice = OPTION_CHOICES.find((one) => one.preset === value);
    setOption(
      choice === undefined || (written.isPreset && choice.preset === option.preset) ? undefined : choice.preset,
    );
  };
  const value = preset ?? (written.isPreset ? option.preset : WRITTEN);
  return (
    <Picker label="Option" value={value} shown={preset ?? written.name} onChange={choose} className="option">
      {!written.isPreset && (
        <ChoiceGroup name="As the text has it">
          <Choice value={WRITTEN} name={<b>{written.name}</b>} text={written.name} />
        </ChoiceGroup>
      )}
      <ChoiceGroup name="Proposals">
        {OPTION_CHOICES.map(({ preset: name, from, gist }) => (
          <Choice
            key={name}
            value={name}
            text={name}
            name={
              <span className="preset">
                <b>{name}</b>
                {written.isPreset && name === option.preset && <i>as written</i>}
                <span className="from">{from}</span>
              </span>
            }
            more={gist}
          />
        ))}
      </ChoiceGroup>
    </Picker>
  );
}
