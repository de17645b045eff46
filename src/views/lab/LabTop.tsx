import { checkInLab } from '../../store/actions.ts';
import { chooseWorld, leaveLab, setGrain, setKernel } from '../../store/lab.ts';
import { useLab } from '../../store/useLab.ts';
import { usePage } from '../../store/usePage.ts';
import { KERNEL_CHOICES, kernelChoice } from '../../viewmodel/pickers.ts';
import { Picker, type ChoiceGroup } from '../shared/Picker.tsx';
import { Logo } from '../topbar/Logo.tsx';
import { ThemeButton } from '../topbar/ThemeButton.tsx';
import '../topbar/topbar.css';
import { ReductionPicker } from './ReductionPicker.tsx';

export function LabTop({ onHelp }: { readonly onHelp: () => void }) {
  return (
    <header className="topbar lab-top at-top">
      <h1 className="brand">
        <Logo />
        <span>Daxpin</span>
      </h1>
      <WorldPicker />
      <LabKernelPicker />
      <GrainPicker />
      <ReductionPicker />
      <div className="gap" />
      <div className="screens">
        <button type="button" className="screen-button" onClick={leaveLab} title="Back to the player (l)">
          Player
        </button>
        <button type="button" className="screen-button" aria-current="page" aria-keyshortcuts="l">
          Lab
        </button>
        <ThemeButton />
        <button type="button" className="plain" onClick={onHelp} aria-label="Help" title="Help: all keys (?)">
          ?
        </button>
      </div>
    </header>
  );
}

/** The value of "the text in the editor". */
const EDITOR = 'editor:';

function WorldPicker() {
  const world = useLab((lab) => lab.world);
  const worlds = useLab((lab) => lab.worlds);
  const open = usePage((page) => page.shown?.program.title ?? page.scenario);
  const bundled = worlds.filter(({ source }) => source === 'bundled');
  const groups: readonly ChoiceGroup[] = [
    {
      name: 'Worlds',
      choices: bundled.map(({ id, title, program }) => ({
        value: id,
        text: title,
        name: <b>{title}</b>,
        ...(program?.about[0] === undefined ? {} : { more: program.about[0] }),
      })),
    },
    {
      name: 'Yours',
      choices: [{ value: EDITOR, text: 'The text in the editor', name: <b>The text in the editor</b>, more: open }],
    },
  ];
  return (
    <Picker
      label="World"
      value={world?.source === 'own' ? EDITOR : (world?.id ?? '')}
      shown={world?.title ?? '…'}
      groups={groups}
      onChoose={(id) => (id === EDITOR ? void checkInLab() : chooseWorld(id))}
      className="world"
    />
  );
}

const KERNELS: readonly ChoiceGroup[] = [
  {
    choices: KERNEL_CHOICES.map(({ kernel, text, title }) => ({
      value: kernel,
      text: kernel,
      name: <b>{`${kernel}, ${text}`}</b>,
      more: title,
    })),
  },
];

function LabKernelPicker() {
  const chosen = useLab((lab) => lab.kernel);
  const written = useLab((lab) => lab.world?.program?.kernel);
  if (written === undefined) return null;
  const { kernel, text, recorded } = kernelChoice(chosen ?? written);
  return (
    <Picker
      label="Kernel"
      value={kernel}
      shown={
        <>
          <b>{kernel}</b> {text}
        </>
      }
      onChoose={(value) => {
        const choice = KERNEL_CHOICES.find((one) => one.kernel === value)?.kernel;
        setKernel(choice === written ? undefined : choice);
      }}
      className={recorded ? 'kernel recorded' : 'kernel'}
      groups={KERNELS}
    />
  );
}

const GRAINS: readonly ChoiceGroup[] = [
  {
    choices: [
      { value: 'op', text: 'operations', name: <b>operations</b>, more: 'An operation runs from its start, or its wake-up, to its end or next wait.' }, // prettier-ignore
      { value: 'micro', text: 'micro-steps', name: <b>micro-steps</b>, more: 'Others may come in between any two micro-steps: many more states.' }, // prettier-ignore
    ],
  },
];

function GrainPicker() {
  const grain = useLab((lab) => lab.grain);
  return (
    <Picker
      label="Grain"
      value={grain}
      shown={grain === 'op' ? 'operations' : 'micro-steps'}
      groups={GRAINS}
      onChoose={(value) => setGrain(value === 'micro' ? 'micro' : 'op')}
      className="grain"
    />
  );
}
