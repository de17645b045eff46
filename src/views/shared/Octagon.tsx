import './octagon.css';

/** Corners of a regular octagon with flat sides, on a circle of radius 1 that touches its sides. */
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => {
  const angle = (Math.PI / 8) * (2 * i + 1);
  return [Math.cos(angle), Math.sin(angle)] as const;
});

type Props = {
  readonly id: string;
  /** Drawn across. */
  readonly size: number;
  /** One step away: not violated yet. */
  readonly armed?: boolean;
};

/** A property that is broken: told by shape and letters, the hue repeats it. */
export function Octagon({ id, size, armed = false }: Props) {
  const radius = size / 2 - 1.5;
  const points = CORNERS.map(([x, y]) => `${size / 2 + x * radius},${size / 2 + y * radius}`).join(' ');
  const fontSize = size * (id.length > 2 ? 0.33 : 0.4);
  return (
    <svg className={armed ? 'octagon armed' : 'octagon'} width={size} height={size} aria-hidden="true">
      <polygon points={points} />
      <text x={size / 2} y={size / 2 + fontSize * 0.36} fontSize={fontSize} textAnchor="middle">
        {id}
      </text>
    </svg>
  );
}
