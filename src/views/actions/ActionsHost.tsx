import { lazy } from 'react';
import { usePage } from '../../store/usePage.ts';
import { Part } from '../shared/Part.tsx';

/** Nobody acts before they see. */
const ActionsMenu = lazy(async () => ({ default: (await import('./ActionsMenu.tsx')).ActionsMenu }));

/** The list of what can be done, when somebody asked for it. */
export function ActionsHost() {
  const menu = usePage((page) => page.menu);
  if (menu === undefined) return null;
  return (
    <Part lost={null}>
      <ActionsMenu key={`${menu.x} ${menu.y}`} menu={menu} />
    </Part>
  );
}
