import { useEffect, useState } from 'react';
import { closeDialog } from '../../store/actions.ts';
import { collectShown } from '../../store/handout.ts';
import type { Shown } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { PrintPage } from './PrintPage.tsx';

type Ready = { readonly shown: readonly Shown[]; readonly left: number };

/** A picture and a sentence for each step: to look at, and to print. */
export function Handout() {
  const shown = usePage((page) => page.shown);
  const [ready, setReady] = useState<Ready | string>('Preparing the pictures …');
  const program = shown?.program;
  useEffect(() => {
    if (program === undefined) return undefined;
    const left = new AbortController();
    collectShown(left.signal).then(setReady, (error: unknown) => {
      if (!left.signal.aborted) setReady(error instanceof Error ? error.message : String(error));
    });
    return () => left.abort();
  }, [program]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') closeDialog();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <section className="handout" role="dialog" aria-modal="true" aria-label="Handout">
      <header className="handout-bar">
        <button type="button" className="boxed" disabled={typeof ready === 'string'} onClick={() => window.print()}>
          Print
        </button>
        <button type="button" className="boxed" autoFocus onClick={closeDialog}>
          Close
        </button>
        <span role="status">{typeof ready === 'string' ? ready : handoutWord(ready)}</span>
      </header>
      {typeof ready !== 'string' && <PrintPage all={ready.shown} />}
    </section>
  );
}

function handoutWord({ shown, left }: Ready): string {
  const steps = `${shown.length - 1} ${shown.length === 2 ? 'step' : 'steps'}`;
  return left === 0 ? steps : `${steps}; ${left} more are left out`;
}
