import { ThemeButton } from './ThemeButton.tsx';
import { KernelPicker } from './KernelPicker.tsx';
import { Logo } from './Logo.tsx';
import { OptionPicker } from './OptionPicker.tsx';
import { ScenarioPicker } from './ScenarioPicker.tsx';
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
      <div className="gap" />
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
