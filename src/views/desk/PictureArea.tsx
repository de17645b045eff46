import type { ReactNode } from 'react';
import type { EntityRef } from '../../sim/model/state.ts';
import { hover, select } from '../../store/actions.ts';
import { hasErrors, type Shown } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { openAtEvent } from '../actions/openActions.ts';
import { Opening } from './Opening.tsx';
import './desk.css';

/** What a picture of the shown moment takes, be it the score or the list. */
export type PictureProps = Pick<Shown, 'program' | 'outline' | 'moment'> & {
  readonly focus: EntityRef | undefined;
  readonly selected: EntityRef | undefined;
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
  const stale = usePage((page) => page.shown !== undefined && hasErrors(page.problems));
  return (
    <div className={stale ? 'at-stage stale' : 'at-stage'} onContextMenu={shown && openAtEvent}>
      {shown === undefined ? (
        <Opening />
      ) : (
        picture({
          program: shown.program,
          outline: shown.outline,
          moment: shown.moment,
          focus,
          selected,
          onFocus: hover,
          onSelect: select,
        })
      )}
      {stale && <p className="stale-word">{staleWord}</p>}
    </div>
  );
}
