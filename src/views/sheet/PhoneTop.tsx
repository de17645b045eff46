import { lazy, Suspense } from 'react';
import { MoreIcon } from '../shared/icons.tsx';
import { KernelPicker } from '../topbar/KernelPicker.tsx';
import { Logo } from '../topbar/Logo.tsx';
import { OptionPicker } from '../topbar/OptionPicker.tsx';
import { ScenarioPicker } from '../topbar/ScenarioPicker.tsx';

const MoreMenu = lazy(async () => ({ default: (await import('./MoreMenu.tsx')).MoreMenu }));

export function PhoneTop({ onHelp }: { readonly onHelp: () => void }) {
  const waiting = (
    <button type="button" className="press" aria-label="More" aria-busy="true">
      <MoreIcon />
    </button>
  );
  return (
    <header className="phone-top at-top">
      <div className="row">
        <Logo />
        <h1 className="spoken">Daxpin</h1>
        <ScenarioPicker />
        <Suspense fallback={waiting}>
          <MoreMenu onHelp={onHelp} />
        </Suspense>
      </div>
      <div className="row">
        <OptionPicker />
        <KernelPicker />
      </div>
    </header>
  );
}
