import { useMemo } from 'react';
import type { Shown } from '../../store/store.ts';
import { figureWords } from '../../viewmodel/figureWords.ts';
import { summary } from '../../viewmodel/verdictScene.ts';
import { textWidth } from '../../viewmodel/textWidth.ts';
import { StaticStage } from '../stage/StaticStage.tsx';
import './export.css';
import './print.css';

const WIDTH = 1000;
const HEIGHT = 470;

/** Paper: light, a figure a step, nothing to press. */
export function PrintPage({ all }: { readonly all: readonly Shown[] }) {
  const first = all[0];
  if (first === undefined) return null;
  const { program, outline } = first;
  const { title, setting } = words(first);
  const { broken } = summary(program, outline);
  return (
    <div className="paper" data-theme="light">
      <h1>{title}</h1>
      <p className="setting">{setting}</p>
      {all.length > 1 && program.about.map((line) => <p key={line}>{line}</p>)}
      {all.length > 1 && (
        <p className="setting">
          {broken.length === 0 ? 'No property breaks in this run.' : `Broken in this run: ${broken.join(', ')}.`}
        </p>
      )}
      {all.map((shown) => (
        <Figure key={shown.moment.at} shown={shown} />
      ))}
    </div>
  );
}

/** Unbroken: paper breaks lines by itself. */
const words = (shown: Shown) => figureWords(shown, Infinity, textWidth);

function Figure({ shown }: { readonly shown: Shown }) {
  const { place, lines } = words(shown);
  const view = useMemo(() => ({ width: WIDTH, height: HEIGHT, k: 1 }), []);
  return (
    <figure>
      <figcaption>
        <b>{place}</b>
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </figcaption>
      <StaticStage program={shown.program} outline={shown.outline} moment={shown.moment} view={view} />
    </figure>
  );
}
