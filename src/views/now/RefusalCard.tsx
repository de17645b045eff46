import type { WhyScene } from '../../viewmodel/whyScene.ts';
import { AlternativeList } from './AlternativeList.tsx';
import { Functions } from './Functions.tsx';
import { LineText } from './LineText.tsx';

type Props = {
  readonly card: NonNullable<WhyScene['refusal']>;
  readonly functions: readonly string[];
};

/** Why a step did not do what it was asked: the rule, what stood in the way, the order of the checks, what would pass. */
export function RefusalCard({ card, functions }: Props) {
  const { title, repeats, rule, knob, proposed, inTheWay, order, man, passes } = card;
  return (
    <section className="refusal" aria-labelledby="refusal">
      <h2 id="refusal">{title}</h2>
      {!repeats && (
        <p className="rule">
          <LineText line={rule} />{' '}
          {knob !== undefined && (
            <code>
              {knob.name} = {knob.value}
            </code>
          )}
          {knob === undefined && order.length > 0 && 'No knob decides this.'}
        </p>
      )}
      {inTheWay.length > 0 && (
        <ul aria-label="In the way">
          {inTheWay.map((line, i) => (
            <li key={i}>
              <LineText line={line} />
            </li>
          ))}
        </ul>
      )}
      {order.length > 1 && <Order marks={order} />}
      {man !== '' && <p>{man}</p>}
      {proposed && (
        <p>One of the proposals: no kernel has this rule.{functions.length > 0 && ' It would be decided in'}</p>
      )}
      <Functions names={functions} />
      <AlternativeList title="Passes with one knob changed" found={passes} none="No knob changed alone lets it pass." />
    </section>
  );
}

const SPOKEN = { passed: 'passed', here: 'said no', later: 'not reached' } as const;

/** The checks that the call makes, first to last; the one that said no is framed, and those behind it were not made. */
function Order({ marks }: { readonly marks: Props['card']['order'] }) {
  return (
    <ol className="checks" aria-label="Checks in their order">
      {marks.map(({ name, state }) => (
        <li key={name} className={state} aria-current={state === 'here' ? 'step' : undefined}>
          <span className="check">{name}</span>
          <span className="spoken">, {SPOKEN[state]}</span>
        </li>
      ))}
    </ol>
  );
}
