import {
  goToNextViolation,
  openCompare,
  openDialog,
  openLab,
  toggleGrain,
  toggleScript,
  toggleView,
} from '../../store/actions.ts';
import { toggleAhead } from '../../store/ahead.ts';
import { usePage } from '../../store/usePage.ts';
import { openActions } from '../actions/openActions.ts';
import { presentMenu } from '../topbar/presentChoices.ts';
import { MoreIcon } from '../shared/icons.tsx';
import { Picker } from '../shared/Picker.tsx';
import { cycleTheme } from '../shared/theme.ts';
import { KernelPicker } from '../topbar/KernelPicker.tsx';
import { Logo } from '../topbar/Logo.tsx';
import { OptionPicker } from '../topbar/OptionPicker.tsx';
import { RecordedBadge } from '../topbar/RecordedBadge.tsx';
import { ScenarioPicker } from '../topbar/ScenarioPicker.tsx';

export function PhoneTop({ onHelp }: { readonly onHelp: () => void }) {
  const grain = usePage((page) => page.grain);
  const ahead = usePage((page) => page.ahead);
  const table = usePage((page) => page.view === 'table');
  const script = usePage(({ script: open, tab }) => open && tab === 'script');
  const does: ReadonlyMap<string, () => void> = new Map([
    [script ? 'Picture' : 'Script', toggleScript],
    ['Commands and search', () => openDialog('palette')],
    [table ? 'View as list' : 'View as table', toggleView],
    [ahead ? 'Hide what changes next' : 'Show what changes next', toggleAhead],
    ['Compare', () => void openCompare()],
    ['Lab', () => void openLab()],
    ['Share', () => openDialog('share')],
    ['Import a real machine', () => openDialog('import')],
    ...presentMenu().map(({ name, act }) => [name, act] as const),
    ['Do this now …', () => openActions()],
    [grain === 'step' ? 'Go by micro-step' : 'Go by step', toggleGrain],
    ['Next broken property', goToNextViolation],
    ['Next theme', cycleTheme],
    ['Help', onHelp],
  ]);
  const choices = [...does.keys()].map((name) => ({ value: name, text: name, name }));
  return (
    <header className="phone-top at-top">
      <div className="row">
        <Logo />
        <h1 className="spoken">Daxpin</h1>
        <ScenarioPicker />
        <Picker label="More" shown={<MoreIcon />} groups={[{ choices }]} onChoose={(name) => does.get(name)?.()} />
      </div>
      <div className="row">
        <OptionPicker />
        <KernelPicker />
        <RecordedBadge />
      </div>
    </header>
  );
}
