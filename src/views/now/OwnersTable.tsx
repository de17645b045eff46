import type { OwnersScene } from '../../viewmodel/ownersScene.ts';
import { hover } from '../../store/actions.ts';

/** Each claim on one page, lit on the stage under the pointer; where one disagrees with the file, that in bold. */
export function OwnersTable({ owners }: { readonly owners: OwnersScene }) {
  const { page, rows, more } = owners;
  return (
    <section>
      <h2 id="owners-of">Who owns {page}?</h2>
      <table className="owners" aria-labelledby="owners-of">
        <tbody>
          {rows.map(({ side, who, disagrees, since, ref, hue, first }) => (
            <tr
              key={`${side} ${who}`}
              className={hue}
              onPointerEnter={() => hover(ref)}
              onPointerLeave={() => hover(undefined)}
            >
              {first ? <th scope="row">{side}</th> : <td />}
              <td>
                {who}
                {disagrees !== '' && (
                  <>
                    , <b className="odd">{disagrees}</b>
                  </>
                )}
              </td>
              <td>{since}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="more">and {more} more</p>}
    </section>
  );
}
