import { DropdownMenu } from 'radix-ui';
import { cycleTheme } from '../shared/theme.ts';
import { goToNextViolation, toggleGrain } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { MoreIcon } from '../shared/icons.tsx';
import { KernelPicker } from '../topbar/KernelPicker.tsx';
import { Logo } from '../topbar/Logo.tsx';
import { OptionPicker } from '../topbar/OptionPicker.tsx';
import { ScenarioPicker } from '../topbar/ScenarioPicker.tsx';

export function PhoneTop({ onHelp }: { readonly onHelp: () => void }) {
  const grain = usePage((page) => page.grain);
  return (
    <header className="phone-top at-top">
      <div className="row">
        <Logo />
        <h1 className="spoken">Daxpin</h1>
        <ScenarioPicker />
        <DropdownMenu.Root>
          <DropdownMenu.Trigger className="press" aria-label="More">
            <MoreIcon />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content className="popup" align="end" collisionPadding={8}>
              <DropdownMenu.Item className="choice" onSelect={toggleGrain}>
                {grain === 'step' ? 'Go by micro-step' : 'Go by step'}
              </DropdownMenu.Item>
              <DropdownMenu.Item className="choice" onSelect={goToNextViolation}>
                Next broken property
              </DropdownMenu.Item>
              <DropdownMenu.Item className="choice" onSelect={cycleTheme}>
                Next theme
              </DropdownMenu.Item>
              <DropdownMenu.Item className="choice" onSelect={onHelp}>
                Help
              </DropdownMenu.Item>
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      </div>
      <div className="row">
        <OptionPicker />
        <KernelPicker />
      </div>
    </header>
  );
}
