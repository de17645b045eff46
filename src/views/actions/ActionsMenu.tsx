import { useMemo, useRef } from 'react';
import { DropdownMenu } from 'radix-ui';
import { actionSections, type ActionGroup, type ActionSection } from '../../viewmodel/actions.ts';
import { hideChoices } from '../../viewmodel/hiding.ts';
import { closeMenu, setHidden } from '../../store/actions.ts';
import { takeStep } from '../../store/branches.ts';
import { hasErrors, type Menu } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import './actions.css';

const BROKEN = 'The text has an error: put it right first.';
const NOTHING = 'Nothing of the language takes this object now.';

/** What can be done with an object, by whom: each entry is the line of text that it adds after the shown step. */
export function ActionsMenu({ menu }: { readonly menu: Menu }) {
  const shown = usePage((page) => page.shown);
  const broken = usePage((page) => hasErrors(page.problems));
  const before = useRef(document.activeElement);
  const sections = useMemo(
    () => (shown === undefined ? [] : actionSections(shown.program, shown.moment.state, menu.ref)),
    [shown, menu.ref],
  );
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && closeMenu()}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          tabIndex={-1}
          aria-label="Do this now"
          className="menu-anchor"
          style={{ left: menu.x, top: menu.y }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.querySelector<HTMLElement>('.page')}>
        <DropdownMenu.Content
          className="popup actions"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Do this now"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (before.current instanceof HTMLElement || before.current instanceof SVGElement) before.current.focus();
          }}
        >
          {broken && <Remark text={BROKEN} />}
          {!broken && sections.length === 0 && <Remark text={NOTHING} />}
          {!broken && sections.map((section) => <Section key={section.key} section={section} />)}
          <Hiding menu={menu} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Off the stage with it, or with all that is of its owner. */
function Hiding({ menu }: { readonly menu: Menu }) {
  const shown = usePage((page) => page.shown);
  const hidden = usePage((page) => page.hidden);
  if (shown === undefined) return null;
  const { program, outline, moment } = shown;
  const choices = hideChoices({ program, outline, hidden }, moment.state, menu.ref);
  if (choices.length === 0) return null;
  return (
    <DropdownMenu.Group className="action-section">
      {choices.map((choice) => (
        <DropdownMenu.Item
          key={choice.name}
          className="choice plain"
          textValue={choice.name}
          onSelect={() => setHidden(choice.hidden)}
        >
          {choice.name}
        </DropdownMenu.Item>
      ))}
    </DropdownMenu.Group>
  );
}

function Remark({ text }: { readonly text: string }) {
  return (
    <DropdownMenu.Item className="choice plain" disabled>
      {text}
    </DropdownMenu.Item>
  );
}

/** Whoever can act first, at once; everybody else behind a list of their own. */
function Section({ section: { title, groups } }: { readonly section: ActionSection }) {
  const [first, ...others] = groups;
  if (first === undefined) return null;
  return (
    <DropdownMenu.Group className="action-section">
      <DropdownMenu.Label className="group-name">{title}</DropdownMenu.Label>
      {first.blocked === undefined ? <Lines group={first} /> : <Blocked group={first} />}
      {others.map((group) =>
        group.blocked === undefined ? (
          <Others key={group.actor} group={group} />
        ) : (
          <Blocked key={group.actor} group={group} />
        ),
      )}
    </DropdownMenu.Group>
  );
}

function Lines({ group: { actor, lines } }: { readonly group: ActionGroup }) {
  return lines.map((line) => (
    <DropdownMenu.Item
      key={line}
      className="choice plain line"
      textValue={line}
      onSelect={() => takeStep({ actor, line })}
    >
      <span className="who">{actor}</span> <code>{line}</code>
    </DropdownMenu.Item>
  ));
}

function Others({ group }: { readonly group: ActionGroup }) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="choice plain sub" textValue={group.actor}>
        as <b>{group.actor}</b>
        {group.fresh && <i>new</i>}
        <span className="arrow" aria-hidden="true">
          ›
        </span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal container={document.querySelector<HTMLElement>('.page')}>
        <DropdownMenu.SubContent className="popup actions" collisionPadding={8} aria-label={`As ${group.actor}`}>
          <Lines group={group} />
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

function Blocked({ group: { actor, blocked } }: { readonly group: ActionGroup }) {
  return (
    <DropdownMenu.Item className="choice plain blocked" disabled>
      as <b>{actor}</b>: {blocked}
    </DropdownMenu.Item>
  );
}
