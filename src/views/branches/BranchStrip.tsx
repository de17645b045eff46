import { useMemo, useState } from 'react';
import type { OwnScenario } from '../../library/ownScenario.ts';
import { branchScene, ROW, type SceneBranch } from '../../viewmodel/branchScene.ts';
import { timelineRun } from '../../viewmodel/timelineRun.ts';
import { branchSteps, deleteBranch, nameBranch, switchBranch } from '../../store/branches.ts';
import { usePage } from '../../store/usePage.ts';
import { CloseIcon } from '../shared/icons.tsx';
import { useScale } from '../shared/useMedia.ts';
import { useWidth } from '../shared/useWidth.ts';
import './branches.css';

/** The branches of the open scenario: tracks to the scale of the timeline below, each with its name. */
export function BranchStrip({ own: { branches, current: running } }: { readonly own: OwnScenario }) {
  const { ref, width } = useWidth<HTMLElement>();
  const program = usePage((page) => page.shown?.program);
  const outline = usePage((page) => page.shown?.outline);
  const at = usePage((page) => page.shown?.moment.at ?? 0);
  const left = usePage((page) => page.left);
  const k = useScale();
  const run = useMemo(() => program && outline && timelineRun(program, outline), [program, outline]);
  const scene = useMemo(() => {
    if (run === undefined || width === 0) return undefined;
    const facts = branches.map(({ id, name, text }) => ({ id, name, steps: branchSteps(text), left: left[id] }));
    return branchScene(run, facts, { at, width, k, current: running });
  }, [run, branches, running, left, at, width, k]);
  return (
    <section className="branches at-branches" aria-label="Branches" ref={ref}>
      {scene !== undefined && (
        <div className="tracks" style={{ height: scene.height }}>
          <svg width={width} height={scene.height} aria-hidden="true">
            {scene.rows.map((row) => (
              <Track key={row.id} row={row} k={k} />
            ))}
          </svg>
          <ul>
            {scene.rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Track({ row: { current, path, ticks, playhead, y }, k }: { readonly row: SceneBranch; readonly k: number }) {
  const middle = y + (ROW * k) / 2;
  return (
    <g className={current ? 'track current' : 'track'}>
      <path d={path} />
      {ticks.map((x) => (
        <path key={x} d={`M${x} ${middle - 3 * k}v${6 * k}`} />
      ))}
      {playhead !== undefined && (
        <path
          className="handle"
          transform={`translate(${playhead},${middle}) scale(${k})`}
          d="M0 -5.5l5.5 5.5l-5.5 5.5l-5.5 -5.5z"
        />
      )}
    </g>
  );
}

function Row({ row: { id, name, current, title, y } }: { readonly row: SceneBranch }) {
  const [naming, setNaming] = useState(false);
  return (
    <li style={{ top: y }}>
      {naming ? (
        <NameField id={id} name={name} onDone={() => setNaming(false)} />
      ) : (
        <button
          type="button"
          className="branch"
          aria-current={current}
          aria-description={title}
          title={`${name}: ${title}`}
          onClick={() => switchBranch(id)}
        >
          {name}
        </button>
      )}
      <span className="branch-tools">
        <button
          type="button"
          className="boxed"
          aria-label={`Rename the branch ${name}`}
          title="Rename"
          onClick={() => setNaming(true)}
        >
          <span aria-hidden="true">✎</span>
        </button>
        <button
          type="button"
          className="boxed"
          aria-label={`Delete the branch ${name}`}
          title="Delete this branch"
          onClick={() => deleteBranch(id)}
        >
          <CloseIcon />
        </button>
      </span>
    </li>
  );
}

type FieldProps = { readonly id: string; readonly name: string; readonly onDone: () => void };

function NameField({ id, name, onDone }: FieldProps) {
  return (
    <input
      className="branch"
      aria-label="Name of the branch"
      defaultValue={name}
      maxLength={120}
      // It came up because somebody asked to write here.
      ref={(field) => field?.select()}
      onBlur={(event) => {
        nameBranch(id, event.target.value);
        onDone();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.value = name;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}
