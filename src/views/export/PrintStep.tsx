import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { page } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { PrintPage } from './PrintPage.tsx';

/** The browser's own Print: the shown step on paper, drawn when the browser asks for it. A handout prints itself. */
export function PrintStep() {
  const [printing, setPrinting] = useState(false);
  const shown = usePage((now) => now.shown);
  useEffect(() => {
    const before = (): void => flushSync(() => setPrinting(page().screen === 'player' && page().dialog !== 'handout'));
    const after = (): void => setPrinting(false);
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, []);
  if (!printing || shown === undefined) return null;
  return (
    <div className="print-only">
      <PrintPage all={[shown]} />
    </div>
  );
}
