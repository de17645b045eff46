import { useMemo, useState } from 'react';
import { hover, select } from '../../store/actions.ts';
import { useCompare } from '../../store/useCompare.ts';
import { usePage } from '../../store/usePage.ts';
import type { Comparison } from '../../viewmodel/compareRows.ts';
import { compareNow, headScene, innerAt, innerSentence, knobDifferences, momentOf, type OutcomeScene, type SideName } from '../../viewmodel/compareScene.ts'; // prettier-ignore
import { HiddenChip } from '../hiding/HiddenChip.tsx';
import { Octagon } from '../shared/Octagon.tsx';
import { useMedia } from '../shared/useMedia.ts';
import { Stage } from '../stage/Stage.tsx';
import { createZoomLink, ZoomLinkContext } from '../stage/zoomLink.ts';
import { SidePicker } from './SidePicker.tsx';

/** Below this the two do not stand beside each other. */
const BESIDE_QUERY = '(min-width: 900px)';

/** Beside each other where there is room, else one below the other; the switch has the last word. */
export function useStacked(): boolean {
  const layout = useCompare((state) => state.layout);
  const wide = useMedia(BESIDE_QUERY);
  return layout === undefined ? !wide : layout === 'stacked';
}

export function ComparedSides() {
  const stacked = useStacked();
  const comparison = useCompare((state) => state.comparison);
  const [link] = useState(createZoomLink);
  return (
    <ZoomLinkContext value={link}>
      <div className={stacked ? 'compare-sides stacked' : 'compare-sides'}>
        <Side side="left" comparison={comparison} />
        <Side side="right" comparison={comparison} />
      </div>
    </ZoomLinkContext>
  );
}

const SIDES: { readonly [S in SideName]: string } = { left: 'Left run', right: 'Right run' };

type Props = { readonly side: SideName; readonly comparison: Comparison | undefined };

function Side({ side, comparison }: Props) {
  return (
    <section className={`compare-side ${side}`} aria-label={SIDES[side]}>
      <SideHead side={side} comparison={comparison} />
      <div className="compare-stage at-stage">
        {comparison === undefined ? <Waiting side={side} /> : <Picture side={side} comparison={comparison} />}
      </div>
      <Outcome side={side} comparison={comparison} />
    </section>
  );
}

export function SideHead({ side, comparison }: Props) {
  return (
    <header className="compare-head">
      <span className="what" aria-hidden="true">
        Option
      </span>
      <SidePicker side={side} />
      {comparison !== undefined && <HeadOfRun side={side} comparison={comparison} />}
    </header>
  );
}

function HeadOfRun({ side, comparison }: { readonly side: SideName; readonly comparison: Comparison }) {
  const run = comparison[side];
  const { violated, words } = headScene(run);
  const knobs = knobDifferences(comparison).map((one) => `${one.knob} = ${one[side]}`);
  const { misfit } = run.outline;
  return (
    <>
      <code className="knobs" title={knobs.join('\n')}>
        {knobs.join(', ')}
      </code>
      {misfit !== undefined && (
        <span className="misfit" title={misfit.why}>
          its order does not fit: on as written
        </span>
      )}
      <span className={violated.length === 0 ? 'verdict' : 'verdict breaks'}>
        {violated.map((id) => (
          <Octagon key={id} id={id} size={26} />
        ))}
        <span className="spoken">{violated.join(', ')}</span>
        {words}
      </span>
    </>
  );
}

/** What stands in the place of a picture: both come together, or neither. */
export function Waiting({ side }: { readonly side: SideName }) {
  const { status, message } = useCompare((state) => state[side]);
  if (status === 'refused')
    return <p className="opening">The text cannot be run: {message}. Put it right in the script of the player.</p>;
  if (status === 'failed') return <p className="opening">{message}</p>;
  return <p className="opening">Working out both runs …</p>;
}

function Picture({ side, comparison }: { readonly side: SideName; readonly comparison: Comparison }) {
  const focus = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  const hidden = usePage((page) => page.hidden);
  const other = comparison[side === 'left' ? 'right' : 'left'];
  const beside = useMemo(() => ({ program: other.program, outline: other.outline }), [other]);
  const run = comparison[side];
  const moment = useShownMoment(comparison, side);
  if (moment === undefined) return null;
  return (
    <>
      <Stage
        program={run.program}
        outline={run.outline}
        moment={moment}
        focus={focus}
        selected={selected}
        hidden={hidden}
        onFocus={hover}
        onSelect={select}
        beside={beside}
      />
      {hidden.length > 0 && (
        <HiddenChip shown={{ program: run.program, outline: run.outline, moment }} hidden={hidden} />
      )}
    </>
  );
}

/** Of one side after a row, or in the midst of it. */
export function useShownMoment(comparison: Comparison, side: SideName): ReturnType<typeof momentOf> {
  const row = useCompare((state) => state.row);
  const micro = useCompare((state) => state.micro);
  const inner = useCompare((state) => state.inner[side]);
  return useMemo(() => {
    const at = comparison.rows[row - 1];
    const within = innerAt(at?.[side], micro);
    const found = within === undefined ? undefined : inner.get(within);
    return found ?? momentOf(comparison[side], (side === 'left' ? at?.leftAt : at?.rightAt) ?? 0, at?.[side]);
  }, [comparison, side, row, micro, inner]);
}

function Outcome({ side, comparison }: Props) {
  return (
    <div className="compare-outcome">
      {comparison !== undefined && <OutcomeOf side={side} comparison={comparison} />}
    </div>
  );
}

function OutcomeOf({ side, comparison }: { readonly side: SideName; readonly comparison: Comparison }) {
  const row = useCompare((state) => state.row);
  const micro = useCompare((state) => state.micro);
  const moment = useShownMoment(comparison, side);
  const outcome = useMemo(() => compareNow(comparison, row)[side], [comparison, row, side]);
  if (micro > 0 && moment !== undefined) {
    const sentence = innerSentence(comparison[side], moment);
    return (
      <p className="within" title={sentence}>
        {sentence}
      </p>
    );
  }
  return outcome === undefined ? null : <OutcomeLine outcome={outcome} />;
}

export function OutcomeLine({ outcome: { lead, what, broken } }: { readonly outcome: OutcomeScene }) {
  return (
    <p>
      {lead} <b className={broken ? 'breaks' : ''}>{what}</b>
    </p>
  );
}
