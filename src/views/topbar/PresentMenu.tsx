import { Picker } from '../shared/Picker.tsx';
import { presentMenu } from './presentChoices.ts';

/** For a room: full screen, one sentence at a time, large. */
export function PresentMenu() {
  const choices = presentMenu();
  return (
    <Picker
      label="Present"
      shown="Present"
      className="present-button"
      groups={[
        {
          choices: choices.map(({ name }) => ({ value: name, text: name, name })),
        },
      ]}
      onChoose={(chosen) => choices.find(({ name }) => name === chosen)?.act()}
    />
  );
}
