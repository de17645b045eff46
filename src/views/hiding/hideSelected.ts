/** Takes the selected object off the stage, for the list of commands. */
import { hideKeyOf } from '../../viewmodel/hideKey.ts';
import { setHidden } from '../../store/actions.ts';
import { page } from '../../store/store.ts';

function keyOfSelected(): string | undefined {
  const { selected, shown } = page();
  return selected === undefined || shown === undefined ? undefined : hideKeyOf(shown.moment.state, selected);
}

/** Why it cannot be hidden; undefined: it can. */
export function cannotHide(): string | undefined {
  if (page().selected === undefined) return 'Select an object first.';
  return keyOfSelected() === undefined ? 'Pages and actors stay: select a file, a mapping, an MR.' : undefined;
}

export function hideSelected(): void {
  const key = keyOfSelected();
  if (key !== undefined) setHidden([...page().hidden, key]);
}
