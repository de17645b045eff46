import { leaveCompare, openLab } from '../../store/actions.ts';
import { KernelPicker } from '../topbar/KernelPicker.tsx';
import { Logo } from '../topbar/Logo.tsx';
import { ScenarioPicker } from '../topbar/ScenarioPicker.tsx';
import { ShareButton } from '../topbar/ShareButton.tsx';
import { ThemeButton } from '../topbar/ThemeButton.tsx';
import '../topbar/topbar.css';

export function CompareTop({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <header className="topbar at-top">
      <h1 className="brand">
        <Logo />
        <span>Daxpin</span>
      </h1>
      <ScenarioPicker />
      <KernelPicker />
      <div className="gap" />
      <div className="screens">
        <button type="button" className="screen-button" onClick={leaveCompare} title="Back to one run (c)">
          Player
        </button>
        <button type="button" className="screen-button" aria-current="page" aria-keyshortcuts="c">
          Compare
        </button>
        <button
          type="button"
          className="screen-button"
          onClick={() => void openLab()}
          aria-keyshortcuts="l"
          title="The lab: every option against every property (l)"
        >
          Lab
        </button>
        <ShareButton />
        <ThemeButton />
        <button type="button" className="plain" onClick={onHelp} aria-label="Help" title="Help: all keys (?)">
          ?
        </button>
      </div>
    </header>
  );
}
