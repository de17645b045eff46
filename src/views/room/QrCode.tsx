import { useMemo } from 'react';
import { qrOf } from '../../io/qr.ts';

/** Dark on white in every theme, or phones do not read it. Nothing where the text is too long for a code. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const qr = useMemo(() => qrOf(text), [text]);
  if (qr === undefined) return null;
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${qr.size} ${qr.size}`} shapeRendering="crispEdges">
      <rect className="paper" width={qr.size} height={qr.size} />
      <path className="ink" d={qr.path} />
    </svg>
  );
}
