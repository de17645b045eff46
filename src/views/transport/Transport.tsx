import { transportScene } from '../../viewmodel/transportScene.ts';
import { setGrain, setSpeed } from '../../store/actions.ts';
import { hasErrors, SPEEDS } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { ActionsButton } from '../actions/ActionsButton.tsx';
import { Picker, type ChoiceGroup } from '../shared/Picker.tsx';
import { speedName } from '../shared/speed.ts';
import { ErrorLine } from './ErrorLine.tsx';
import { TransportButtons } from './TransportButtons.tsx';
import './transport.css';

export function Transport() {
  const broken = usePage((page) => hasErrors(page.problems));
  return (
    <div className="transport at-transport" role="toolbar" aria-label="Steps">
      <TransportButtons withNext />
      {broken ? <ErrorLine /> : <TransportLine />}
      <div className="gap" />
      <ActionsButton />
      <GrainPicker />
      <SpeedPicker />
    </div>
  );
}

function TransportLine() {
  const shown = usePage((page) => page.shown);
  if (shown === undefined) return null;
  const { place, actor, line, verdict, short, unexpected, ahead } = transportScene(
    shown.program,
    shown.outline,
    shown.moment.at,
  );
  return (
    <p className={ahead ? 'step-line ahead' : 'step-line'}>
      <b>{place}</b>
      {line !== '' && (
        <code title={`${actor} ${line}`}>
          {ahead && <i>next </i>}
          {actor} {line}
        </code>
      )}
      {verdict !== '' && (
        <span className={unexpected ? 'verdict unexpected' : 'verdict'} title={verdict}>
          {short === verdict ? (
            verdict
          ) : (
            <>
              <span aria-hidden="true">{short}</span>
              <span className="spoken">{verdict}</span>
            </>
          )}
        </span>
      )}
    </p>
  );
}

const GRAINS: readonly ChoiceGroup[] = [
  {
    choices: [
      { value: 'step', text: 'by step', name: 'by step', more: 'A line of the text, to its end or to its next wait' },
      { value: 'micro', text: 'by micro-step', name: 'by micro-step', more: 'What the kernel does at once' },
    ],
  },
];

function GrainPicker() {
  const grain = usePage((page) => page.grain);
  return (
    <Picker
      label="Go"
      value={grain}
      shown={grain === 'step' ? 'by step' : 'by micro-step'}
      onChoose={(value) => setGrain(value === 'micro' ? 'micro' : 'step')}
      className="quiet"
      groups={GRAINS}
    />
  );
}

const SPEED_CHOICES: readonly ChoiceGroup[] = [
  { choices: SPEEDS.map((speed) => ({ value: String(speed), text: speedName(speed), name: speedName(speed) })) },
];

function SpeedPicker() {
  const speed = usePage((page) => page.speed);
  return (
    <Picker
      label="Speed of playing"
      value={String(speed)}
      shown={speedName(speed)}
      onChoose={(value) => setSpeed(SPEEDS.find((one) => String(one) === value) ?? 1)}
      className="quiet speed"
      groups={SPEED_CHOICES}
    />
  );
}
