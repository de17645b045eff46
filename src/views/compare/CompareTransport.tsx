import { useState } from 'react';
import * as actions from '../../store/actions.ts';
import { goToFirstDifference, setLayout, swapSides, whyNotSwapped } from '../../store/compare.ts';
import { findShortest, stopFinding, whyNotFound } from '../../store/compareFind.ts';
import { togglePlay } from '../../store/playback.ts';
import { useCompare } from '../../store/useCompare.ts';
import { usePage } from '../../store/usePage.ts';
import { nextBroken, type Comparison } from '../../viewmodel/compareRows.ts';
import { compareNow, knobDifferences } from '../../viewmodel/compareScene.ts';
import {
  BackIcon,
  FirstIcon,
  ForwardIcon,
  LastIcon,
  NextViolationIcon,
  PauseIcon,
  PlayIcon,
} from '../shared/icons.tsx';
import { TransportButton } from '../transport/TransportButton.tsx';
import { useStacked } from './ComparedSides.tsx';
import '../transport/transport.css';

const LOADING = 'both runs are being worked out';

/** One clock for both: first, back, play, forward, last, on to what breaks; and to where the two part. */
export function CompareTransport() {
  const comparison = useCompare((state) => state.comparison);
  return (
    <div className="transport compare-transport" role="toolbar" aria-label="Steps of both">
      <CompareButtons withNext />
      {comparison !== undefined && <Line comparison={comparison} />}
      <div className="gap" />
      {comparison !== undefined && <Knobs comparison={comparison} />}
      <FirstDifference />
      <FindShortest />
      <Swap />
      <LayoutSwitch />
    </div>
  );
}

export function CompareButtons({ withNext }: { readonly withNext: boolean }) {
  const comparison = useCompare((state) => state.comparison);
  const row = useCompare((state) => state.row);
  const micro = useCompare((state) => state.micro);
  const playing = usePage((page) => page.playing);
  const unit = usePage((page) => (page.grain === 'step' ? 'step' : 'micro-step'));
  const loading = comparison === undefined ? LOADING : undefined;
  const back = loading ?? (row === 0 ? 'this is the beginning' : undefined);
  const forward = loading ?? (micro === 0 && row >= (comparison?.rows.length ?? 0) ? 'this is the end' : undefined);
  const next = loading ?? (comparison && nextBroken(comparison, row) === undefined ? 'no property breaks after this step' : undefined); // prettier-ignore
  return (
    <>
      <TransportButton name="Go to the beginning" keys="Home" blocked={back} onPress={actions.first}>
        <FirstIcon />
      </TransportButton>
      <TransportButton
        name={`Both back one ${unit}`}
        keys="ArrowLeft"
        blocked={back}
        onPress={() => actions.stepBack()}
      >
        <BackIcon />
      </TransportButton>
      <TransportButton
        name={playing ? 'Pause' : 'Play'}
        keys="Space"
        blocked={loading}
        onPress={togglePlay}
        className="play"
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </TransportButton>
      <TransportButton
        name={`Both forward one ${unit}`}
        keys="ArrowRight"
        blocked={forward}
        onPress={() => actions.stepForward()}
      >
        <ForwardIcon />
      </TransportButton>
      <TransportButton name="Go to the end" keys="End" blocked={forward} onPress={actions.last}>
        <LastIcon />
      </TransportButton>
      {withNext && (
        <TransportButton
          name="Next broken property"
          keys="n"
          blocked={next}
          onPress={actions.goToNextViolation}
          className="next"
        >
          <NextViolationIcon />
        </TransportButton>
      )}
    </>
  );
}

function Line({ comparison }: { readonly comparison: Comparison }) {
  const row = useCompare((state) => state.row);
  const micro = useCompare((state) => state.micro);
  const { place, line, ahead } = compareNow(comparison, row);
  return (
    <p className={ahead ? 'step-line ahead' : 'step-line'}>
      <b>{place}</b>
      {line !== '' && (
        <code title={line}>
          {ahead && <i>next </i>}
          {line}
        </code>
      )}
      {micro > 0 && <span className="verdict">micro-step {micro}</span>}
    </p>
  );
}

/** Which knobs the two options set otherwise, as a table that opens over the stage. */
function Knobs({ comparison }: { readonly comparison: Comparison }) {
  const [open, setOpen] = useState(false);
  const knobs = knobDifferences(comparison);
  const { left, right } = comparison;
  if (knobs.length === 0) return <span className="no-knobs">no knob differs</span>;
  return (
    <details className="compare-knobs" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="act">{knobs.length === 1 ? '1 knob differs' : `${knobs.length} knobs differ`}</summary>
      <table aria-label="Knobs that differ">
        <thead>
          <tr>
            <th scope="col">knob</th>
            <th scope="col">{left.program.option.preset}</th>
            <th scope="col">{right.program.option.preset}</th>
          </tr>
        </thead>
        <tbody>
          {knobs.map((one) => (
            <tr key={one.knob}>
              <th scope="row">{one.knob}</th>
              <td>{one.left}</td>
              <td>{one.right}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function FirstDifference({ short = false }: { readonly short?: boolean }) {
  const comparison = useCompare((state) => state.comparison);
  if (comparison === undefined) return null;
  if (comparison.first === undefined) return <span className="no-difference">no step differs</span>;
  return (
    <button
      type="button"
      className="act"
      onClick={goToFirstDifference}
      aria-keyshortcuts="d"
      title="To the first step that the two take otherwise (d)"
    >
      {short ? 'First difference' : 'Go to first difference'}
    </button>
  );
}

/** The options change places; where the right one is none that the player can take, the button says why not. */
function Swap() {
  const right = useCompare((state) => state.right.option);
  const comparison = useCompare((state) => state.comparison);
  if (right === '' || comparison === undefined) return null;
  const why = whyNotSwapped();
  return (
    <button
      type="button"
      className="act"
      aria-disabled={why !== undefined}
      aria-description={why}
      title={why ?? 'The left option to the right, and the right one to the left'}
      onClick={why === undefined ? swapSides : undefined}
    >
      Swap
    </button>
  );
}

/** Over all runs of a text that leaves a choice: the shortest on which the two options part. */
function FindShortest() {
  const find = useCompare((state) => state.find);
  const comparison = useCompare((state) => state.comparison);
  if (comparison === undefined) return null;
  if (find?.status === 'running')
    return (
      <button type="button" className="act" onClick={stopFinding} title={find.words}>
        Stop looking
      </button>
    );
  const why = whyNotFound(comparison.left.program) ?? find?.words;
  const blocked = whyNotFound(comparison.left.program) !== undefined;
  return (
    <button
      type="button"
      className="act find"
      aria-disabled={blocked}
      aria-description={why}
      title={why ?? 'Through all runs of this text, up to the first that tells the two options apart'}
      onClick={blocked ? undefined : findShortest}
    >
      {find === undefined ? 'Find shortest difference' : 'None found: look again'}
    </button>
  );
}

function LayoutSwitch() {
  const stacked = useStacked();
  return (
    <button
      type="button"
      className="press layout"
      aria-label="Stacked"
      aria-pressed={stacked}
      title={stacked ? 'Stacked; press for side by side' : 'Side by side; press for one below the other'}
      onClick={() => setLayout(stacked ? 'side by side' : 'stacked')}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" className="icon">
        <path
          d={stacked ? 'M2 2.8h12v10.4H2zM2 8h12' : 'M2 2.8h12v10.4H2zM8 2.8v10.4'}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      </svg>
    </button>
  );
}
