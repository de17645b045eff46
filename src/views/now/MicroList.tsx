import type { MicroRow } from '../../viewmodel/nowScene.ts';
import { seek } from '../../store/actions.ts';

/** The step in the pieces that the kernel does at once; each a place to go to. */
export function MicroList({ rows }: { readonly rows: readonly MicroRow[] }) {
  return (
    <details className="micros">
      <summary>{rows.length} micro-steps</summary>
      <ol>
        {rows.map(({ key, label, what, done, now }) => (
          <li key={key} className={done ? 'done' : ''} aria-current={now ? 'step' : undefined}>
            <button type="button" className="jump" onClick={() => seek(key)}>
              {label}
            </button>
            <span>{what}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}
