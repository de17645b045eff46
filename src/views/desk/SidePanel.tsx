import { lazy, type KeyboardEvent } from 'react';
import { setTab } from '../../store/actions.ts';
import type { Tab } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { Part } from '../shared/Part.tsx';
import { NowPanel } from './LazyNow.tsx';
import './desk.css';

const ScriptPanel = lazy(async () => ({ default: (await import('../library/ScriptPanel.tsx')).ScriptPanel }));

const TABS: readonly (readonly [Tab, string])[] = [
  ['now', 'Now'],
  ['script', 'Script'],
];

export const Script = () => (
  <Part fallback={<p className="opening">Loading the script …</p>}>
    <ScriptPanel />
  </Part>
);

/** A column of its own, where there is room for both. */
export function ScriptColumn() {
  return (
    <aside className="at-script" aria-label="Script">
      <Script />
    </aside>
  );
}

/** One place for both: what happened, or the text. */
export function SidePanel() {
  const tab = usePage((page) => page.tab);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = tab === 'now' ? 'script' : 'now';
    setTab(next);
    document.getElementById(`tab-${next}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="at-now side">
      <div className="tabs" role="tablist" aria-label="Panel" onKeyDown={onKeyDown}>
        {TABS.map(([value, name]) => (
          <button
            key={value}
            id={`tab-${value}`}
            type="button"
            role="tab"
            aria-selected={tab === value}
            aria-controls="side-panel"
            tabIndex={tab === value ? 0 : -1}
            onClick={() => setTab(value)}
          >
            {name}
          </button>
        ))}
      </div>
      <div id="side-panel" className="panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'now' ? <NowPanel /> : <Script />}
      </div>
    </div>
  );
}
