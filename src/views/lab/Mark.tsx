import type { CellMark } from '../../viewmodel/labCells.ts';

/** 24 × 24; told by shape and letters, the hue repeats it. */
const SHAPES: { readonly [M in CellMark]: React.ReactNode } = {
  holds: <circle className="ring" cx="12" cy="12" r="9.4" />,
  violated: <path className="octagon-shape" d="M7.2.6h9.6l6.6 6.6v9.6l-6.6 6.6H7.2L.6 16.8V7.2z" />,
  unknown: <path className="diamond" d="M12 1.2L22.8 12 12 22.8 1.2 12z" />,
  vacuous: <path className="dotted" d="M2.5 20h19" />,
  running: (
    <>
      <circle className="track" cx="12" cy="12" r="7.4" />
      <path className="arc" d="M12 4.6A7.4 7.4 0 0 1 19.4 12" />
    </>
  ),
  paused: (
    <>
      <circle className="track" cx="12" cy="12" r="7.4" />
      <path className="bars" d="M10 8.8v6.4M14 8.8v6.4" />
    </>
  ),
  queued: <circle className="dot" cx="12" cy="12" r="1.9" />,
  none: null,
  failed: <path className="crossed" d="M5 5l14 14M19 5L5 19" />,
};

/** The verdict of a cell as a drawing; its name is its holder's. */
export function Mark({ mark, text }: { readonly mark: CellMark; readonly text: string }) {
  return (
    <span className={`mark ${mark}`} aria-hidden="true">
      <svg viewBox="0 0 24 24">{SHAPES[mark]}</svg>
      {mark !== 'failed' && text !== '' && <b>{text}</b>}
    </span>
  );
}
