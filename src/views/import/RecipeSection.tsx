import { RECIPE } from '../../import/recipe.ts';
import { CopyBox } from '../shared/CopyBox.tsx';

/** The commands to run there. */
export function RecipeSection({ open }: { readonly open: boolean }) {
  return (
    <details className="import-recipe" open={open}>
      <summary>The commands to run on the machine</summary>
      <CopyBox name="The recipe" action="Copy commands" text={RECIPE} lines />
      <p className="hint">
        They only read. Take the file daxpin-import.txt that they write, look at it, and drop it on this page. A pagemap
        can also come as it is, as a file named pagemap-PID-START.
      </p>
    </details>
  );
}
