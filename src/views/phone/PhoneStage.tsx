/** The stage on a narrow screen: a list, one row a page. Draws a scene, decides nothing. */
import { memo, useEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react'; // prettier-ignore
import type { PhoneClaim, PhonePage, PhoneRow, PhoneScene } from '../../viewmodel/phoneScene.ts';
import { phoneScene } from '../../viewmodel/phoneScene.ts';
import type { SceneCell, StageMoment, StageOutline, StageProgram, StageRef } from '../../viewmodel/scene.ts';
import { CHANGES_NEXT } from '../../viewmodel/aheadScene.ts';
import { useAhead } from '../shared/useAhead.ts';
import { ClaimMark, SleepMark, Verdict } from './PhoneMarks.tsx';
import './phone.css';

type Props = {
  readonly program: StageProgram;
  readonly outline: StageOutline;
  readonly moment: StageMoment;
  readonly focus: StageRef | undefined;
  readonly selected: StageRef | undefined;
  /** Keys of boxes that are not drawn. */
  readonly hidden?: readonly string[];
  readonly onFocus: (ref: StageRef | undefined) => void;
  readonly onSelect: (ref: StageRef | undefined) => void;
};

const NONE: readonly string[] = [];
/** claimKeys of what the next step will change. */
type Keyed = ReadonlySet<string>;
const NOTHING: Keyed = new Set();
const names = (...parts: (string | false)[]): string => parts.filter(Boolean).join(' ');

const Claim = memo(function Claim({ claim, ahead }: { readonly claim: PhoneClaim; readonly ahead: boolean }) {
  const broken = claim.violated.length > 0;
  const hue = claim.mark === 'clasp' ? 'file' : claim.mark === 'full' || claim.mark === 'hollow' ? 'cpu' : 'dma';
  const mark = <ClaimMark mark={claim.mark} violated={broken} />;
  return (
    <div
      role="img"
      aria-label={ahead ? `${claim.name}${CHANGES_NEXT}` : claim.name}
      data-key={claim.key}
      className={names(
        'ph-claim',
        hue,
        claim.changed && 'changed',
        claim.faded && 'faded',
        broken && 'violated',
        ahead && 'ahead',
      )}
    >
      {hue !== 'file' && mark}
      <span className="title">{claim.title}</span>
      {claim.detail !== '' && <span className="detail">{claim.detail}</span>}
      {hue === 'file' && mark}
      {claim.violated.map((id) => (
        <Verdict key={id} id={id} next={false} />
      ))}
      {claim.next.map((id) => (
        <Verdict key={id} id={id} next />
      ))}
    </div>
  );
});

function Cell({ cell, ahead }: { readonly cell: SceneCell; readonly ahead: boolean }) {
  return (
    <div
      className={names(
        'ph-cell',
        cell.look,
        `sheets${cell.sheets}`,
        cell.changed && 'changed',
        cell.ringed && 'ringed',
        cell.violated && 'violated',
        ahead && 'ahead',
      )}
    >
      <span className="number">{cell.number}</span>
      <span className="count">
        {cell.countWas !== '' && <s>{cell.countWas}</s>} {cell.count}
      </span>
      <b className={cell.tagFaint ? 'tag faint' : 'tag'}>{cell.tag}</b>
      {cell.sleeper !== '' && (
        <span className="word">
          <SleepMark /> {cell.sleeper}
        </span>
      )}
      {cell.sleeper === '' && cell.look !== 'owned' && cell.word !== '' && <span className="word">{cell.word}</span>}
    </div>
  );
}

function Page({ row, current, ahead }: { readonly row: PhonePage; readonly current: boolean; readonly ahead: Keyed }) {
  const { cell, owners, cpu, dma } = row;
  return (
    <li
      className={names('ph-row', cell.faded && 'faded')}
      data-key={row.key}
      tabIndex={current ? 0 : -1}
      aria-label={ahead.has(row.key) ? `${cell.name}${CHANGES_NEXT}` : cell.name}
    >
      <div className="ph-owners">
        {owners.map((claim) => (
          <Claim key={claim.key} claim={claim} ahead={ahead.has(claim.key)} />
        ))}
      </div>
      <Cell cell={cell} ahead={ahead.has(row.key)} />
      <div className="ph-claims">
        {cpu.length === 0 && dma.length > 0 && <span className="ph-none">no mapping</span>}
        {[...cpu, ...dma].map((claim) => (
          <Claim key={claim.key} claim={claim} ahead={ahead.has(claim.key)} />
        ))}
      </div>
    </li>
  );
}

const pagesOf = (scene: PhoneScene): readonly PhonePage[] =>
  scene.sections.flatMap(({ rows }) => rows.flatMap((row) => (row.type === 'page' ? [row] : [])));

function refsOf(scene: PhoneScene): ReadonlyMap<string, StageRef> {
  const pages = pagesOf(scene);
  const claims = [...pages.flatMap(({ owners, cpu, dma }) => [...owners, ...cpu, ...dma]), ...scene.zero];
  const named = [...claims, ...scene.notices].map(({ key, ref }) => [key, ref] as const);
  return new Map([...pages.map(({ key, cell }) => [key, cell.ref] as const), ...named]);
}

function keyUnder(target: EventTarget): string | undefined {
  return (target instanceof Element ? target.closest('[data-key]') : null)?.getAttribute('data-key') ?? undefined;
}

type Keys = {
  readonly scene: PhoneScene;
  readonly refs: ReadonlyMap<string, StageRef>;
  readonly root: RefObject<HTMLDivElement | null>;
  readonly onSelect: Props['onSelect'];
};

/** Up and down walk the pages, Enter or a touch selects, Escape lets go. */
function useListKeys({ scene, refs, root, onSelect }: Keys) {
  const pages = useMemo(() => pagesOf(scene).map(({ key }) => key), [scene]);
  const [at, setAt] = useState('');
  const current = pages.includes(at) ? at : (pages[0] ?? '');
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const next = pages[pages.indexOf(current) + step];
    if (step !== 0 && next !== undefined) {
      setAt(next);
      root.current?.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
    } else if (event.key === 'Enter') onSelect(refs.get(keyUnder(event.target) ?? ''));
    else if (event.key === 'Escape') onSelect(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent): void => onSelect(refs.get(keyUnder(event.target) ?? ''));
  return { current, onKeyDown, onClick };
}

/** What a step is about is scrolled to. */
function useRowInView(scene: PhoneScene, at: number, root: RefObject<HTMLDivElement | null>): void {
  const pages = pagesOf(scene).map(({ cell }) => cell);
  const subject =
    pages.find((cell) => cell.violated) ?? pages.find((cell) => cell.changed) ?? pages.find((cell) => cell.ringed);
  useEffect(() => {
    const row = subject === undefined ? null : root.current?.querySelector(`[data-key="${subject.key}"]`);
    if (row instanceof HTMLElement && 'scrollIntoView' in row) row.scrollIntoView({ block: 'nearest' });
    // Only a new moment scrolls the list.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, root]);
}

function Rows({
  rows,
  current,
  ahead,
}: {
  readonly rows: readonly PhoneRow[];
  readonly current: string;
  readonly ahead: Keyed;
}) {
  return (
    <ul className="ph-rows" role="list">
      {rows.map((row) =>
        row.type === 'page' ? (
          <Page key={row.key} row={row} current={row.key === current} ahead={ahead} />
        ) : (
          <li key={row.key} className="ph-free">
            {row.text}
          </li>
        ),
      )}
    </ul>
  );
}

function Above({ scene }: { readonly scene: PhoneScene }) {
  return (
    <>
      {scene.notices.map(({ key, title, texts }) => (
        <p className="ph-notice" key={key} data-key={key}>
          <b>{title}</b> {texts.join(', ')}
        </p>
      ))}
      <div className="ph-heads" aria-hidden="true">
        <span>Files own</span>
        <span>{scene.sections[0]?.key === 'dram' ? 'DRAM' : 'Page'}</span>
        <span>CPU maps, DMA pins</span>
      </div>
    </>
  );
}

export function PhoneStage({ program, outline, moment, focus, selected, hidden = NONE, onFocus, onSelect }: Props) {
  const scene = useMemo(
    () => phoneScene({ program, outline, moment, focus: focus ?? selected, hidden }),
    [program, outline, moment, focus, selected, hidden],
  );
  const ahead = useAhead({ program, outline, moment })?.keys ?? NOTHING;
  const refs = useMemo(() => refsOf(scene), [scene]);
  const root = useRef<HTMLDivElement>(null);
  const { current, onKeyDown, onClick } = useListKeys({ scene, refs, root, onSelect });
  useRowInView(scene, moment.at, root);
  return (
    <div className="phone-stage" ref={root} onKeyDown={onKeyDown} onClick={onClick} onBlur={() => onFocus(undefined)}>
      <Above scene={scene} />
      {scene.sections.map(({ key, title, rows }, i) => (
        <section key={key} aria-label={title}>
          {i > 0 && <h3 className="ph-section">{title}</h3>}
          <Rows rows={rows} current={current} ahead={ahead} />
        </section>
      ))}
      {scene.zero.length > 0 && (
        <div className="ph-zero">
          <span>the zero page</span>
          {scene.zero.map((claim) => (
            <Claim key={claim.key} claim={claim} ahead={ahead.has(claim.key)} />
          ))}
        </div>
      )}
    </div>
  );
}
