import { hover, leaveCompare, openDialog, openLab, select } from '../../store/actions.ts';
import { lookAt } from '../../store/compare.ts';
import { useCompare } from '../../store/useCompare.ts';
import { usePage } from '../../store/usePage.ts';
import type { Comparison } from '../../viewmodel/compareRows.ts';
import {
  compareNow,
  headScene,
  innerSentence,
  rowScene,
  type RowSide,
  type SideName,
} from '../../viewmodel/compareScene.ts';
import { Notice } from '../notice/Notice.tsx';
import { PhoneStage } from '../phone/PhoneStage.tsx';
import { MoreIcon } from '../shared/icons.tsx';
import { Octagon } from '../shared/Octagon.tsx';
import { Picker } from '../shared/Picker.tsx';
import { cycleTheme } from '../shared/theme.ts';
import { Logo } from '../topbar/Logo.tsx';
import { ScenarioPicker } from '../topbar/ScenarioPicker.tsx';
import { OutcomeLine, useShownMoment, Waiting } from './ComparedSides.tsx';
import { CompareButtons, FirstDifference } from './CompareTransport.tsx';
import { SidePicker } from './SidePicker.tsx';
import '../sheet/sheet.css';

const SIDES = ['left', 'right'] as const satisfies readonly SideName[];

/** One picture at a time, what both came to below it, one clock. */
export function PhoneCompare({ onHelp }: { readonly onHelp: () => void }) {
  const comparison = useCompare((state) => state.comparison);
  const seen = useCompare((state) => state.seen);
  return (
    <>
      <PhoneCompareTop onHelp={onHelp} />
      <Notice />
      <div className="at-stage">
        {comparison === undefined ? <Refused /> : <PhonePicture comparison={comparison} side={seen} />}
      </div>
      {comparison !== undefined && <PhoneSheet comparison={comparison} />}
    </>
  );
}

function PhoneCompareTop({ onHelp }: { readonly onHelp: () => void }) {
  const comparison = useCompare((state) => state.comparison);
  const seen = useCompare((state) => state.seen);
  const does: ReadonlyMap<string, () => void> = new Map([
    ['Player', leaveCompare],
    ['Lab', () => void openLab()],
    ['Share', () => openDialog('share')],
    ['Next theme', cycleTheme],
    ['Help', onHelp],
  ]);
  const choices = [...does.keys()].map((name) => ({ value: name, text: name, name }));
  return (
    <header className="phone-top at-top">
      <div className="row">
        <Logo />
        <h1 className="spoken">Daxpin</h1>
        <ScenarioPicker />
        <Picker label="More" shown={<MoreIcon />} groups={[{ choices }]} onChoose={(name) => does.get(name)?.()} />
      </div>
      <div className="row compare-pickers">
        {SIDES.map((side) => (
          <div key={side} className={side === seen ? 'seen' : ''}>
            <SidePicker side={side} />
            <button
              type="button"
              className="see"
              aria-pressed={side === seen}
              aria-label={`Picture of the ${side} run`}
              onClick={() => lookAt(side)}
            >
              {comparison === undefined ? '…' : headScene(comparison[side]).words}
            </button>
          </div>
        ))}
      </div>
    </header>
  );
}

function Refused() {
  const left = useCompare((state) => state.left.status);
  return <Waiting side={left === 'refused' || left === 'failed' ? 'left' : 'right'} />;
}

function PhonePicture({ comparison, side }: { readonly comparison: Comparison; readonly side: SideName }) {
  const focus = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  const moment = useShownMoment(comparison, side);
  const { program, outline } = comparison[side];
  if (moment === undefined) return null;
  return (
    <PhoneStage
      key={side}
      program={program}
      outline={outline}
      moment={moment}
      focus={focus}
      selected={selected}
      onFocus={hover}
      onSelect={select}
    />
  );
}

function PhoneSheet({ comparison }: { readonly comparison: Comparison }) {
  const row = useCompare((state) => state.row);
  const micro = useCompare((state) => state.micro);
  const now = compareNow(comparison, row);
  const scene = row === 0 ? undefined : rowScene(comparison, row);
  return (
    <section className="sheet at-sheet" aria-label="Both now">
      <p className="eyebrow">
        <span>
          {now.ahead ? 'next ' : ''}
          {now.line}
        </span>
        <span>{now.place}</span>
      </p>
      <p className="compare-verdict">
        {scene === undefined ? (
          'Both begin alike.'
        ) : (
          <span className={scene.first ? 'flag' : ''}>{scene.first ? 'first difference' : scene.verdict}</span>
        )}
        <FirstDifference short />
      </p>
      {scene !== undefined && (
        <dl className="compare-both">
          {SIDES.map((side) => (
            <div key={side} className={scene[side].absent ? 'absent' : ''}>
              <dt>{comparison[side].program.option.preset}</dt>
              <dd>
                {micro > 0 ? <Within comparison={comparison} side={side} /> : <Told side={scene[side]} />}
                {micro === 0 && now[side] !== undefined && <OutcomeLine outcome={now[side]} />}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="sheet-buttons" role="toolbar" aria-label="Steps of both">
        <CompareButtons withNext={false} />
      </div>
    </section>
  );
}

function Within({ comparison, side }: { readonly comparison: Comparison; readonly side: SideName }) {
  const moment = useShownMoment(comparison, side);
  return <p className="words">{moment !== undefined && innerSentence(comparison[side], moment)}</p>;
}

function Told({ side: { pieces, broken } }: { readonly side: RowSide }) {
  return (
    <p className="words">
      {pieces.map(({ text, differs }, i) => (differs ? <b key={i}>{text}</b> : <span key={i}>{text}</span>))}
      {broken.map((id) => (
        <span key={id} className="breaks">
          <Octagon id={id} size={22} />
          <span className="spoken">breaks {id}</span>
        </span>
      ))}
    </p>
  );
}
