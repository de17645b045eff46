import type { Line } from '../../explain/parts.ts';
import { goToStep, hover, select } from '../../store/actions.ts';

/** A sentence whose steps can be gone to, and whose objects can be looked at: lit on the stage while they are pointed at. */
export function LineText({ line }: { readonly line: Line }) {
  return line.map((part, i) => {
    if (typeof part === 'string') return part;
    if ('step' in part) {
      return (
        <button key={i} type="button" className="jump" onClick={() => goToStep(part.step)}>
          {part.text}
        </button>
      );
    }
    const { text, ref } = part;
    return (
      <button
        key={i}
        type="button"
        className="object"
        onClick={() => select(ref)}
        onPointerEnter={() => hover(ref)}
        onPointerLeave={() => hover(undefined)}
        onFocus={() => hover(ref)}
        onBlur={() => hover(undefined)}
      >
        {text}
      </button>
    );
  });
}
