import { Notice } from '../notice/Notice.tsx';
import { Part } from '../shared/Part.tsx';
import { useCompare } from '../../store/useCompare.ts';
import { ComparedSides } from './ComparedSides.tsx';
import { CompareSpoken } from './CompareSpoken.tsx';
import { CompareTable } from './CompareTable.tsx';
import { CompareTop } from './CompareTop.tsx';
import { CompareTransport } from './CompareTransport.tsx';
import { PhoneCompare } from './PhoneCompare.tsx';
import '../now/now.css';
import './compare.css';

type Props = { readonly phone: boolean; readonly onHelp: () => void };

/** One text under two options in lock-step: two pictures, one clock, and every step of both in one table. */
export function CompareScreen({ phone, onHelp }: Props) {
  return (
    <>
      <CompareSpoken />
      {phone ? (
        <PhoneCompare onHelp={onHelp} />
      ) : (
        <>
          <CompareTop onHelp={onHelp} />
          <Notice />
          <DeskCompare />
        </>
      )}
    </>
  );
}

function DeskCompare() {
  const comparison = useCompare((state) => state.comparison);
  return (
    <>
      <Part>
        <ComparedSides />
      </Part>
      <CompareTransport />
      {comparison === undefined ? <div className="compare-rows" /> : <CompareTable comparison={comparison} />}
    </>
  );
}
