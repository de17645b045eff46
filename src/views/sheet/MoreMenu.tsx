import { DropdownMenu } from 'radix-ui';
import { goToNextViolation, toggleGrain } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { MoreIcon } from '../shared/icons.tsx';
import { cycleTheme } from '../shared/theme.ts';

export function MoreMenu({ onHelp }: { readonly onHelp: () => void }) {
  const grain = usePage((page) => page.grain);
  const items: readonly (readonly [name: string, does: () => void])[] = [
    [grain === 'step' ? 'Go by micro-step' : 'Go by step', toggleGrain],
    ['Next broken property', goToNextViolation],
    ['Next theme', cycleTheme],
    ['Help', onHelp],
  ];
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="press" aria-label="More">
        <MoreIcon />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="popup" align="end" collisionPadding={8}>
          {items.map(([name, does]) => (
            <DropdownMenu.Item key={name} className="choice" onSelect={does}>
              {name}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
