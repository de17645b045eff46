import { scenarioGroups } from '../../viewmodel/pickers.ts';
import { openScenario } from '../../store/actions.ts';
import { catalogue } from '../../store/catalogue.ts';
import { usePage } from '../../store/usePage.ts';
import { Picker } from '../shared/Picker.tsx';

export function ScenarioPicker() {
  const scenario = usePage((page) => page.scenario);
  const groups = scenarioGroups(catalogue());
  const chosen = groups.flatMap(({ scenarios }) => scenarios).find(({ id }) => id === scenario);
  return (
    <Picker
      label="Scenario"
      value={scenario}
      shown={chosen?.title ?? scenario}
      onChoose={openScenario}
      className="scenario"
      groups={groups.map(({ name, scenarios }) => ({
        name,
        choices: scenarios.map(({ id, title, about }) => ({
          value: id,
          text: title,
          name: <b>{title}</b>,
          more: about,
        })),
      }))}
    />
  );
}
