type Props = { readonly x: number; readonly y: number; readonly k: number };

/** A pin stuck into the page; x, y: its head. */
export function Pin({ x, y, k }: Props) {
  return (
    <g className="sg-pin">
      <circle cx={x} cy={y} r={4 * k} />
      <path d={`M${x} ${y + 4 * k}v${6 * k}`} strokeWidth={1.6 * k} />
    </g>
  );
}

/** Somebody sleeps here; x, y: top left of 7 by 9. */
export function Hourglass({ x, y, k }: Props) {
  const w = 7.2 * k;
  const h = 9 * k;
  const [l, r] = [x + 0.9 * k, x + w - 0.9 * k];
  return (
    <path
      className="sg-hourglass"
      d={`M${x} ${y}h${w}M${x} ${y + h}h${w}M${l} ${y}L${r} ${y + h}M${r} ${y}L${l} ${y + h}`}
      strokeWidth={1.5 * k}
    />
  );
}

/** A closed lock; x: left end, y: baseline of the text beside it. */
export function LockGlyph({ x, y, k }: Props) {
  return (
    <g className="sg-lock" strokeWidth={1.4 * k}>
      <rect x={x} y={y - 5.6 * k} width={8.8 * k} height={6.2 * k} rx={1.5 * k} />
      <path d={`M${x + 1.7 * k} ${y - 5.6 * k}v${-1.5 * k}a${2.65 * k} ${2.9 * k} 0 0 1 ${5.3 * k} 0v${1.5 * k}`} />
    </g>
  );
}

/** Ground: the shared zero page, beneath or above a slot. `way`: 1 downwards. */
export function Ground({ x, y, k, way }: Props & { readonly way: 1 | -1 }) {
  const bar = (dy: number, half: number): string => `M${x - half * k} ${y + way * dy * k}h${2 * half * k}`;
  return (
    <path
      className="sg-ground"
      d={`M${x} ${y}v${way * 6 * k}${bar(6, 5.5)}${bar(9, 3.5)}${bar(12, 1.5)}`}
      strokeWidth={1.6 * k}
    />
  );
}
