import { usePage } from '../../store/usePage.ts';

/** The picture. */
export function StageArea({ phone }: { readonly phone: boolean }) {
  const shown = usePage((page) => page.shown);
  return (
    <div className="at-stage">
      {shown === undefined ? (
        <p className="opening">Working out the run …</p>
      ) : (
        <p className="opening">{phone ? 'phone' : 'stage'}</p>
      )}
    </div>
  );
}
