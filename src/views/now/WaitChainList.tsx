import type { NowScene } from '../../viewmodel/nowScene.ts';
import { hover, select } from '../../store/actions.ts';

type Props = { readonly chain: NonNullable<NowScene['chain']> };

/** Box, verb, box: from the sleeper to who can let it go on. */
export function WaitChainList({ chain }: Props) {
  return (
    <section className="waits">
      <h2>{chain.cycle ? 'Why it can never go on' : 'Why it waits'}</h2>
      <ol>
        {chain.links.map(({ verb, name, detail, ref }, i) => (
          <li key={i} onPointerEnter={() => hover(ref)} onPointerLeave={() => hover(undefined)}>
            {verb !== '' && <span className="verb">{verb}</span>}
            <button type="button" className="box" onClick={() => select(ref)}>
              <b>{name}</b> {detail}
            </button>
          </li>
        ))}
      </ol>
      {chain.end !== '' && <p>{chain.end}</p>}
    </section>
  );
}
