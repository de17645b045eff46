import { hover, select } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { Stage } from '../stage/Stage.tsx';

/** The picture: the score, or on a phone the list of pages. */
export function StageArea({ phone }: { readonly phone: boolean }) {
  const shown = usePage((page) => page.shown);
  const hovered = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  if (shown === undefined) return <p className="at-stage opening">Working out the run …</p>;
  const { program, outline, moment } = shown;
  const props = { program, outline, moment, focus: hovered, selected, onFocus: hover, onSelect: select };
  return <div className="at-stage">{phone ? <Stage {...props} /> : <Stage {...props} />}</div>;
}
