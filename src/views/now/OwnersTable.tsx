import type { Shown } from '../../viewmodel/nowScene.ts';
import type { OwnersScene } from '../../viewmodel/ownersScene.ts';
import { hover } from '../../store/actions.ts';
import { LineText } from './LineText.tsx';
import { PageStory } from './PageStory.tsx';
import './owners.css';

/** Each claim on one page, lit on the stage while it is pointed at; what it believes against the file in bold. */
export function OwnersTable({ shown, owners }: { readonly shown: Shown; readonly owners: OwnersScene }) {
  const { name, rows, more } = owners;
  return (
    <section>
      <h2 id="owners-of">Who owns {name}?</h2>
      <table className="owners" aria-labelledby="owners-of">
        <tbody>
          {rows.map(({ key, side, who, odd, since, ref, hue }) => (
            <tr key={key} className={hue} onPointerOver={() => hover(ref)} onPointerLeave={() => hover(undefined)}>
              {side === '' ? <td /> : <th scope="row">{side}</th>}
              <td>
                <p>
                  <span>
                    <LineText line={who} />
                  </span>
                  <small>
                    <LineText line={since} />
                  </small>
                </p>
                {odd.length > 0 && (
                  <p>
                    <b className="odd">
                      <LineText line={odd} />
                    </b>
                  </p>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="more">and {more} more</p>}
      <PageStory shown={shown} owners={owners} />
    </section>
  );
}
