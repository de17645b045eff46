import type { WaitScene } from '../../viewmodel/whyScene.ts';
import { hover, select } from '../../store/actions.ts';
import { LineText } from './LineText.tsx';

type Props = { readonly chain: WaitScene };

/** Box, verb, box: from the sleeper to who can let it go on; each lit on the stage while it is pointed at. */
export function WaitChainList({ chain }: Props) {
  const { links, cycle, end, facts, others } = chain;
  return (
    <section className="waits" aria-labelledby="waits">
      <h2 id="waits">{cycle ? 'Why it can never go on' : 'Why it waits'}</h2>
      <ol>
        {links.map(({ verb, name, detail, ref, since }, i) => (
          <li key={i} onPointerEnter={() => hover(ref)} onPointerLeave={() => hover(undefined)}>
            {verb !== '' && <span className="verb">{verb}</span>}
            <div className="box">
              <button
                type="button"
                onClick={() => select(ref)}
                onFocus={() => hover(ref)}
                onBlur={() => hover(undefined)}
              >
                <b>{name}</b> {detail}
              </button>
              {since.length > 0 && (
                <span className="since">
                  <LineText line={since} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
      {cycle && <p className="cycle">↺ the chain ends where it began</p>}
      {end !== '' && <p>{end}</p>}
      <ul>
        {facts.map((line, i) => (
          <li key={i}>
            <LineText line={line} />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <h3>Also asleep</h3>
          <ul>
            {others.map(({ task, text }) => (
              <li key={task}>
                <button type="button" className="jump" onClick={() => select({ type: 'task', task })}>
                  {text}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
