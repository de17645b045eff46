import type { SureRow } from '../../viewmodel/labSure.ts';

/** Counts, bounds and shortcuts behind the answer. */
export function SureSection({ sure }: { readonly sure: readonly SureRow[] }) {
  if (sure.length === 0) return null;
  return (
    <section>
      <h3>How sure</h3>
      <dl className="sure">
        {sure.map(({ what, words }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
