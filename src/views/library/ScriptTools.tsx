import { useRef, type ReactNode } from 'react';
import { toggleScript } from '../../store/actions.ts';
import type { Keeping } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { deleteOpen, duplicate, newScenario, openFiles, openName, openOwn, renameOpen } from '../../store/workshop.ts';
import { CloseIcon } from '../shared/icons.tsx';
import { saveFile } from './saveFile.ts';

const KEEPING: { readonly [K in Keeping]: { readonly text: string; readonly title: string } } = {
  saved: { text: 'saved', title: 'Kept in this browser' },
  saving: { text: 'saving …', title: 'On its way into the storage of this browser' },
  'not kept': { text: 'not kept', title: 'This browser does not keep it: save it to a file' },
};

/** The name of the scenario, what becomes of it, and what can be done with it. */
export function ScriptTools() {
  const own = usePage(openOwn);
  const name = usePage(openName);
  const keeping = usePage((page) => page.keeping);
  const files = useRef<HTMLInputElement>(null);
  const isOwn = own !== undefined;
  return (
    <header className="script-tools">
      <div className="row">
        {isOwn ? <NameField key={`${own.id} ${name}`} name={name} /> : <h2 title={name}>{name}</h2>}
        <span className={`keeping ${isOwn ? keeping.replace(' ', '-') : 'bundled'}`} role="status">
          {isOwn ? <span title={KEEPING[keeping].title}>{KEEPING[keeping].text}</span> : 'an edit makes a copy'}
        </span>
        <button
          type="button"
          className="boxed"
          onClick={toggleScript}
          aria-label="Put the script away"
          aria-keyshortcuts="e"
          title="Put the script away (e)"
        >
          <CloseIcon />
        </button>
      </div>
      <div className="row" role="toolbar" aria-label="Scenario">
        <Tool name="New" does="An empty scenario" onPress={newScenario} />
        <Tool name="Duplicate" does="A copy of this scenario, with its branches" onPress={duplicate} />
        <Tool
          name="Delete"
          does="Can be undone"
          blocked={isOwn ? undefined : 'this scenario comes with the page'}
          onPress={deleteOpen}
        />
        <Tool
          name="Open …"
          does="Open .dax files; they can be dropped anywhere, too"
          onPress={() => files.current?.click()}
        />
        <Tool name="Save" does="This text as a .dax file" onPress={saveFile} />
        <input
          ref={files}
          type="file"
          multiple
          accept=".dax,.txt,.eml,.json,text/plain"
          aria-label="Files to open"
          tabIndex={-1}
          className="spoken"
          onChange={(event) => {
            void openFiles([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
    </header>
  );
}

/** Written in place: Enter or leaving it takes the name, Escape takes it back. */
function NameField({ name }: { readonly name: string }) {
  return (
    <input
      className="name"
      aria-label="Name of the scenario"
      defaultValue={name}
      maxLength={120}
      spellCheck={false}
      onBlur={(event) => renameOpen(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = name;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

type ToolProps = {
  readonly name: string;
  readonly does: string;
  readonly blocked?: string | undefined;
  readonly onPress: () => void;
};

function Tool({ name, does, blocked, onPress }: ToolProps): ReactNode {
  return (
    <button
      type="button"
      className="boxed tool"
      aria-disabled={blocked !== undefined}
      aria-description={blocked ?? does}
      title={blocked === undefined ? does : `${name}: ${blocked}`}
      onClick={blocked === undefined ? onPress : undefined}
    >
      {name}
    </button>
  );
}
