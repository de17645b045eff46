import { hiddenScene } from '../../viewmodel/hiding.ts';
import { showAll } from '../../store/actions.ts';
import type { Shown } from '../../store/store.ts';
import { Octagon } from '../shared/Octagon.tsx';
import './hiding.css';

type Props = { readonly shown: Pick<Shown, 'program' | 'outline' | 'moment'>; readonly hidden: readonly string[] };

/** That something is not drawn, what of it is broken all the same, and the way back. */
export function HiddenChip({ shown: { program, outline, moment }, hidden }: Props) {
  const scene = hiddenScene({ program, outline, hidden }, moment);
  if (scene === undefined) return null;
  const { text, names, broken } = scene;
  return (
    <button
      type="button"
      className="hidden-chip"
      onClick={showAll}
      aria-keyshortcuts="Shift+H"
      title={`${names}. Show all (H)`}
      aria-label={`${names}${broken.length === 0 ? '' : `; broken among them: ${broken.join(', ')}`}: show all`}
    >
      <b>{text}</b>
      {broken.map((id) => (
        <Octagon key={id} id={id} size={22} />
      ))}
      <span>show all</span>
    </button>
  );
}
