import { lazy, type ReactNode } from 'react';
import type { EntityRef } from '../../sim/model/state.ts';
import { hover, select } from '../../store/actions.ts';
import { hasErrors, type Shown } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { openAtEvent } from '../actions/openActions.ts';
import { Part } from '../shared/Part.tsx';
import { Opening } from './Opening.tsx';
import './desk.css';

/** Neither is there before somebody asks for it. */
const Tables = lazy(async () => ({ default: (await import('../tables/Tables.tsx')).Tables }));
const HiddenChip = lazy(async () => ({ default: (await import('../hiding/HiddenChip.tsx')).HiddenChip }));

/** What a picture of the shown moment takes, be it the score or the list. */
export type PictureProps = Pick<Shown, 'program' | 'outline' | 'moment'> & {
  readonly focus: EntityRef | undefined;
  readonly selected: EntityRef | undefined;
  readonly hidden: readonly string[];
  readonly onFocus: (ref: EntityRef | undefined) => void;
  readonly onSelect: (ref: EntityRef | undefined) => void;
};

type Props = {
  /** Said over a picture whose text has an error since. */
  readonly staleWord: string;
  readonly picture: (props: PictureProps) => ReactNode;
};

/** The place of the picture, and what is pointed at and chosen in it. */
export function PictureArea({ staleWord, picture }: Props) {
  const shown = usePage((page) => page.shown);
  const focus = usePage((page) => page.hovered);
  const selected = usePage((page) => page.selected);
  const hidden = usePage((page) => page.hidden);
  const asTable = usePage((page) => page.view === 'table');
  const stale = usePage((page) => page.shown !== undefined && hasErrors(page.problems));
  return (
    <div className={stale ? 'at-stage stale' : 'at-stage'} onContextMenu={shown && openAtEvent}>
      {shown === undefined ? (
        <Opening />
      ) : asTable ? (
        <Part fallback={<Opening />}>
          <Tables shown={shown} selected={selected} />
        </Part>
      ) : (
        picture({
          program: shown.program,
          outline: shown.outline,
          moment: shown.moment,
          focus,
          selected,
          hidden,
          onFocus: hover,
          onSelect: select,
        })
      )}
      {shown !== undefined && !asTable && hidden.length > 0 && (
        <Part lost={null}>
          <HiddenChip shown={shown} hidden={hidden} />
        </Part>
      )}
      {stale && <p className="stale-word">{staleWord}</p>}
    </div>
  );
}
