import { useState } from 'react';
import { groupBy, sortBy } from '../../store/lab.ts';
import { useLab } from '../../store/useLab.ts';
import { GROUPS, SORTS } from '../../viewmodel/labRows.ts';
import { Picker } from '../shared/Picker.tsx';
import { WhatIfDialog } from './WhatIfDialog.tsx';

const choices = (list: readonly { readonly value: string; readonly name: string }[]) =>
  list.map(({ value, name }) => ({ value, text: name, name }));

/** Above the names of the options: another one, and their order. */
export function Corner() {
  const sort = useLab((lab) => lab.sort);
  const group = useLab((lab) => lab.group);
  const [open, setOpen] = useState(false);
  return (
    <div className="corner-tools">
      <button
        type="button"
        className="boxed what-if"
        aria-haspopup="dialog"
        title="Change a knob of an option, and check the result as a row of its own"
        onClick={() => setOpen(true)}
      >
        What if …
      </button>
      <Picker
        label="Sort"
        value={sort}
        shown={sort}
        groups={[{ choices: choices(SORTS) }]}
        onChoose={(value) => {
          const found = SORTS.find((one) => one.value === value);
          if (found !== undefined) sortBy(found.value);
        }}
      />
      <Picker
        label="Group"
        value={group}
        shown={group}
        groups={[{ choices: choices(GROUPS) }]}
        onChoose={(value) => {
          const found = GROUPS.find((one) => one.value === value);
          if (found !== undefined) groupBy(found.value);
        }}
      />
      {open && <WhatIfDialog onClose={() => setOpen(false)} />}
    </div>
  );
}
