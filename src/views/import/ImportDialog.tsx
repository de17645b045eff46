import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { Dialog } from 'radix-ui';
import { importMachine } from '../../import/importMachine.ts';
import { closeDialog } from '../../store/actions.ts';
import { usePage } from '../../store/usePage.ts';
import { CloseIcon } from '../shared/icons.tsx';
import { OutputsSection } from './OutputsSection.tsx';
import { PiecesSection } from './PiecesSection.tsx';
import { RecipeSection } from './RecipeSection.tsx';
import { Sentences } from './Sentences.tsx';
import { StateSection } from './StateSection.tsx';
import '../share/share.css';
import './import.css';

/** Outputs of tools on the left, the state that they make on the right. */
export function ImportDialog() {
  const before = useRef<Element>(null);
  const sources = usePage((page) => page.importing);
  const [hidden, setHidden] = useState(true);
  // A long paste is read after it is shown.
  const given = useDeferredValue(sources);
  const report = useMemo(() => importMachine(given, { hidden }), [given, hidden]);
  const empty = sources.length === 0;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className={empty ? 'share-dialog import-dialog' : 'share-dialog import-dialog full'}
          onOpenAutoFocus={() => (before.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
          }}
        >
          <header>
            <Dialog.Title className="share-title">Import a real machine</Dialog.Title>
            <Dialog.Description className="hint">
              Extents, mappings and MRs, as the tools print them, become a scenario. All of it stays in this page.
            </Dialog.Description>
          </header>
          <div className="import-columns">
            <div className="import-column">
              <OutputsSection sources={sources} />
              {!empty && <PiecesSection pieces={report.pieces} />}
              {!empty && <Sentences title="Did not fit" lines={report.misfits} />}
            </div>
            {!empty && (
              <div className="import-column">
                <StateSection report={report} hidden={hidden} onHidden={setHidden} />
              </div>
            )}
          </div>
          <RecipeSection open={empty} />
          <Dialog.Close className="close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
