import { OPTION_CHOICES, writtenOption } from '../../viewmodel/pickers.ts';
import { setOption } from '../../store/actions.ts';
import { setOther } from '../../store/compare.ts';
import { useCompare } from '../../store/useCompare.ts';
import { usePage } from '../../store/usePage.ts';
import type { SideName } from '../../viewmodel/compareScene.ts';
import { Picker, type ChoiceGroup } from '../shared/Picker.tsx';

const PROPOSALS: ChoiceGroup = {
  name: 'Proposals',
  choices: OPTION_CHOICES.map(({ preset, from, gist }) => ({
    value: preset,
    text: preset,
    more: gist,
    name: (
      <span className="preset">
        <b>{preset}</b>
        <span className="from">{from}</span>
      </span>
    ),
  })),
};

const NAMES: { readonly [S in SideName]: string } = { left: 'Left option', right: 'Right option' };

/** The option of one side: any preset, and what stands there if it is none. */
export function SidePicker({ side }: { readonly side: SideName }) {
  const option = useCompare((state) => state[side].option);
  const written = usePage((page) => page.written?.option);
  const isPreset = OPTION_CHOICES.some(({ preset }) => preset === option);
  const custom: ChoiceGroup = { name: 'As it is', choices: [{ value: option, text: option, name: <b>{option}</b> }] };
  const choose = (value: string): void => {
    const preset = OPTION_CHOICES.find((one) => one.preset === value)?.preset;
    if (side === 'right') setOther(value);
    else if (preset !== undefined) {
      const asWritten = written !== undefined && writtenOption(written).isPreset && written.preset === preset;
      setOption(asWritten ? undefined : preset);
    }
  };
  return (
    <Picker
      label={NAMES[side]}
      value={option}
      shown={option === '' ? '…' : option}
      onChoose={choose}
      className="side-option"
      groups={isPreset || option === '' ? [PROPOSALS] : [custom, PROPOSALS]}
    />
  );
}
