import { useMemo, useRef, useState } from 'react';
import { Command as Cmdk } from 'cmdk';
import { Dialog } from 'radix-ui';
import { rank } from '../../viewmodel/search.ts';
import { closeDialog } from '../../store/actions.ts';
import { page } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import type { Command } from '../commands/command.ts';
import { allEntries, scenarioEntries, type Entry } from './entries.ts';
import './palette.css';

type Props = {
  readonly commands: readonly Command[];
  /** Scenarios alone. */
  readonly scenarios: boolean;
};

/** Of each group, while something is looked for. */
const MOST = 8;
const PLACEHOLDER = 'Command, object, step, property, scenario …';

/** Everything that can be done and everything that is there, in one box: typed, chosen, done. */
export function Palette({ commands, scenarios }: Props) {
  const before = useRef<Element>(null);
  const chosen = useRef<Entry>(undefined);
  const name = scenarios ? 'Scenarios' : 'Commands and search';
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className="palette"
          aria-describedby={undefined}
          onOpenAutoFocus={() => (before.current = document.activeElement)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            finish(before.current, chosen.current);
          }}
        >
          <Dialog.Title className="spoken">{name}</Dialog.Title>
          <Box commands={commands} scenarios={scenarios} name={name} onChosen={(entry) => (chosen.current = entry)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Only when the focus is back where it was: what is chosen may open a dialog of its own, or move the focus. */
function finish(before: Element | null, chosen: Entry | undefined): void {
  const focus = (to: Element | null): void => {
    if (to instanceof HTMLElement || to instanceof SVGElement) to.focus();
  };
  focus(before);
  chosen?.run();
  if (chosen?.focus === undefined) return;
  const { focus: key } = chosen;
  // The picture of the new selection is drawn in the next frame.
  requestAnimationFrame(() => focus(document.querySelector(`.at-stage [data-key="${key}"][tabindex]`)));
}

type BoxProps = Props & { readonly name: string; readonly onChosen: (entry: Entry) => void };

function Box({ commands, scenarios, name, onChosen }: BoxProps) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState('');
  const here = usePage((now) => now.catalogueOpen);
  const entries = useMemo(
    () => (scenarios ? scenarioEntries(page()) : allEntries(commands, page(), query)),
    // The catalogue may come while the box is open.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [commands, scenarios, query, here],
  );
  const groups = useMemo(() => rank(entries, query, MOST), [entries, query]);
  const ids = groups.flatMap(({ items }) => items.map(({ id }) => id));
  const choose = (entry: Entry): void => {
    if (entry.blocked !== undefined) return;
    onChosen(entry);
    closeDialog();
  };
  return (
    <Cmdk label={name} shouldFilter={false} loop value={ids.includes(at) ? at : (ids[0] ?? '')} onValueChange={setAt}>
      <Cmdk.Input
        value={query}
        onValueChange={(text) => {
          setQuery(text);
          setAt('');
        }}
        placeholder={scenarios ? 'Scenario …' : PLACEHOLDER}
        maxLength={200}
      />
      <Cmdk.List label={name}>
        <Cmdk.Empty>Nothing here is called that.</Cmdk.Empty>
        {groups.map(({ group, items, more }) => (
          <Cmdk.Group key={group} heading={more === 0 ? group : `${group}, ${more} more`}>
            {items.map((entry) => (
              <Item key={entry.id} entry={entry} onChoose={choose} />
            ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk>
  );
}

function Item({ entry, onChoose }: { readonly entry: Entry; readonly onChoose: (entry: Entry) => void }) {
  const { id, name, detail, keys, blocked } = entry;
  return (
    <Cmdk.Item value={id} className={blocked === undefined ? undefined : 'blocked'} onSelect={() => onChoose(entry)}>
      <span className="what">{name}</span>
      {blocked === undefined ? (
        detail !== '' && <span className="detail">{detail}</span>
      ) : (
        <span className="detail">not now: {blocked}</span>
      )}
      {keys.length > 0 && (
        <span className="keys">
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </Cmdk.Item>
  );
}
