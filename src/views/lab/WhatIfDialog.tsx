import { useState, type FormEvent } from 'react';
import { Dialog } from 'radix-ui';
import { addWhatIf, select } from '../../store/lab.ts';
import { useLab } from '../../store/useLab.ts';
import { whatIfScene } from '../../viewmodel/labWhatIf.ts';
import { CloseIcon } from '../shared/icons.tsx';

/** An option of the user's: a base, and any of its knobs at another value. */
export function WhatIfDialog({ onClose }: { readonly onClose: () => void }) {
  const selected = useLab((lab) => lab.selected?.row);
  const rows = useLab((lab) => lab.rows);
  const [base, setBase] = useState(() => rows.find(({ id }) => id === selected)?.option.preset ?? 'mainline');
  const [set, setSet] = useState<Readonly<Record<string, string>>>({});
  const [name, setName] = useState('');
  const { presets, knobs, text, changed, option } = whatIfScene(base, set);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const row = addWhatIf(option.preset, option.set, name.trim() === '' ? undefined : name.trim());
    if (row === undefined) return;
    select({ row });
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal container={document.querySelector<HTMLElement>('.page')}>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="what-if-dialog" aria-describedby={undefined}>
          <Dialog.Title className="what-if-title">What if …</Dialog.Title>
          <form onSubmit={submit}>
            <label className="field">
              <span>Base option</span>
              <select
                value={base}
                onChange={({ target }) => {
                  setBase(presets.find((preset) => preset === target.value) ?? 'mainline');
                  setSet({});
                }}
              >
                {presets.map((preset) => (
                  <option key={preset}>{preset}</option>
                ))}
              </select>
            </label>
            <fieldset>
              <legend>Knobs</legend>
              {knobs.map(({ knob, values, value, was }) => (
                <label key={knob} className={value === was ? 'field knob' : 'field knob changed'}>
                  <code>{knob}</code>
                  <select value={value} onChange={({ target }) => setSet({ ...set, [knob]: target.value })}>
                    {values.map((one) => (
                      <option key={one} value={one}>
                        {one === was && value !== was ? `${one} (as ${base} has it)` : one}
                      </option>
                    ))}
                  </select>
                </label>
              ))}
            </fieldset>
            <label className="field">
              <span>Name</span>
              <input value={name} maxLength={60} placeholder={text} onChange={({ target }) => setName(target.value)} />
            </label>
            <div className="what-if-foot">
              <code>{text}</code>
              <button
                type="submit"
                className="primary"
                aria-disabled={!changed}
                title={changed ? 'A row of its own, kept in this browser' : 'No knob is changed yet'}
              >
                Add the row
              </button>
            </div>
          </form>
          <Dialog.Close className="boxed close" aria-label="Close">
            <CloseIcon />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
