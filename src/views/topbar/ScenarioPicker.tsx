import { scenarioGroups } from '../../viewmodel/pickers.ts';
import { openScenario } from '../../store/actions.ts';
import { catalogue } from '../../store/catalogue.ts';
import { OWN } from '../../store/store.ts';
import { tracesOpened } from '../../store/traces.ts';
import { usePage } from '../../store/usePage.ts';
import { Picker } from '../shared/Picker.tsx';

const branchWords = (count: number): string => (count === 1 ? '' : `${count} branches`);

export function ScenarioPicker() {
  const scenario = usePage((page) => page.scenario);
  const own = usePage((page) => page.own);
  // The others come after the first picture.
  const listed = usePage(catalogue);
  const yours = own.map(({ id, name, branches }) => ({
    id: OWN + id,
    title: name,
    about: branchWords(branches.length),
  }));
  const found = tracesOpened().map(({ id, name }) => ({ id, title: name, about: '' }));
  const groups = [
    ...(found.length > 0 ? [{ name: 'Found in the lab', scenarios: found }] : []),
    ...(yours.length > 0 ? [{ name: 'Yours', scenarios: yours }] : []),
    ...scenarioGroups(listed),
  ];
  const chosen = groups.flatMap(({ scenarios }) => scenarios).find(({ id }) => id === scenario);
  return (
    <Picker
      label="Scenario"
      value={scenario}
      shown={chosen?.title ?? scenario}
      onChoose={(id) => openScenario(id)}
      className="scenario"
      groups={groups.map(({ name, scenarios }) => ({
        name,
        choices: scenarios.map(({ id, title, about }) => ({
          value: id,
          text: title,
          name: <b>{title}</b>,
          ...(about === '' ? {} : { more: about }),
        })),
      }))}
    />
  );
}
