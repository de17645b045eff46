import { scenarioGroups } from '../../viewmodel/pickers.ts';
import { openScenario } from '../../store/actions.ts';
import { catalogue } from '../../store/catalogue.ts';
import { usePage } from '../../store/usePage.ts';
import { Choice, ChoiceGroup, Picker } from '../shared/Picker.tsx';

export function ScenarioPicker() {
  const scenario = usePage((page) => page.scenario);
  const groups = scenarioGroups(catalogue());
  const title = groups.flatMap(({ scenarios }) => scenarios).find(({ id }) => id === scenario)?.title ?? scenario;
  return (
    <Picker label="Scenario" value={scenario} shown={title} onChange={openScenario} className="scenario">
      {groups.map(({ name, scenarios }) => (
        <ChoiceGroup key={name} name={name}>
          {scenarios.map(({ id, title, about }) => (
            <Choice key={id} value={id} name={title} text={title} more={about} />
          ))}
        </ChoiceGroup>
      ))}
    </Picker>
  );
}
