/** The kernel functions that do it; an unverified name is marked as such. */
export function Functions({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p className="functions" title={names.join(' → ')}>
      <Chain names={names} />
    </p>
  );
}

/** In calling order. */
function Chain({ names }: { readonly names: readonly string[] }) {
  return names.map((name, i) => (
    <span key={name}>
      {i > 0 && ' → '}
      <code>{name.replace(' (unverified)', '')}</code>
      {name.endsWith('(unverified)') && (
        <i title="The name of the function is from memory, not from the source"> unverified</i>
      )}
    </span>
  ));
}
