/** Whole sentences, each an item; nothing where there are none. */
export function Sentences({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>
        {title}: {lines.length}
      </h3>
      <ul className="import-sentences" aria-label={title}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
