import { ShareButton } from './ShareButton.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import { CompareButton } from './CompareButton.tsx';
import { PresentMenu } from './PresentMenu.tsx';
import { KernelPicker } from './KernelPicker.tsx';
import { LabButton } from './LabButton.tsx';
import { Logo } from './Logo.tsx';
import { OptionPicker } from './OptionPicker.tsx';
import { RecordedBadge } from './RecordedBadge.tsx';
import { ScenarioPicker } from './ScenarioPicker.tsx';
import { SearchButton } from './SearchButton.tsx';
import { ScriptButton } from './ScriptButton.tsx';
import './topbar.css';

export function TopBar({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <header className="topbar at-top">
      <h1 className="brand">
        <Logo />
        <span>Daxpin</span>
      </h1>
      <ScenarioPicker />
      <OptionPicker />
      <KernelPicker />
      <RecordedBadge />
      <div className="gap" />
      <SearchButton />
      <ScriptButton />
      <CompareButton />
      <LabButton />
      <ShareButton />
      <PresentMenu />
      <ThemeButton />
      <button
        type="button"
        className="plain"
        onClick={onHelp}
        aria-label="Help"
        aria-keyshortcuts="?"
        title="Help: all keys (?)"
      >
        ?
      </button>
    </header>
  );
}
