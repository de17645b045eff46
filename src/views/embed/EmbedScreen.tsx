import { useEffect, useState } from 'react';
import { nowScene } from '../../viewmodel/nowScene.ts';
import { transportScene } from '../../viewmodel/transportScene.ts';
import { verdictCards } from '../../viewmodel/verdictScene.ts';
import { linkNow } from '../../store/addressNow.ts';
import { usePage } from '../../store/usePage.ts';
import { PictureArea } from '../desk/PictureArea.tsx';
import { StageArea } from '../desk/StageArea.tsx';
import { Notice } from '../notice/Notice.tsx';
import { PhoneStage } from '../phone/PhoneStage.tsx';
import { Octagon } from '../shared/Octagon.tsx';
import { useMedia } from '../shared/useMedia.ts';
import { TransportButtons } from '../transport/TransportButtons.tsx';
import '../transport/transport.css';
import './embed.css';

/** Below this the score is too small to be read. */
const LIST_QUERY = '(max-width: 639px), (max-height: 419px)';

/** In somebody's frame: picture, sentence, steps, and the way to the whole page. */
export function EmbedScreen() {
  const list = useMedia(LIST_QUERY);
  return (
    <>
      <EmbedTop />
      <Notice />
      {/* The menu of what can be done belongs to the whole page. */}
      <div className="embed-stage" onContextMenuCapture={(event) => event.stopPropagation()}>
        {list ? (
          <PictureArea staleWord="The text has an error." picture={(props) => <PhoneStage {...props} />} />
        ) : (
          <StageArea />
        )}
      </div>
      <EmbedSay />
      <EmbedSteps />
    </>
  );
}

function EmbedTop() {
  const program = usePage((page) => page.shown?.program);
  const link = useWholeLink();
  return (
    <header className="embed-top">
      <h1>{program?.title ?? 'Daxpin'}</h1>
      {program !== undefined && (
        <p>
          {program.option.preset ?? 'custom'} · {program.kernel}
        </p>
      )}
      <a href={link} target="_blank" rel="noopener">
        Open in Daxpin
      </a>
    </header>
  );
}

/** The sentence, and what it broke. */
function EmbedSay() {
  const shown = usePage((page) => page.shown);
  const cards = shown === undefined ? [] : verdictCards(shown.outline, shown.moment.at);
  return (
    <div className="embed-say">
      <p aria-live="polite">{shown !== undefined && nowScene(shown, undefined).sentence}</p>
      {cards.length > 0 && (
        <ul aria-label="Broken properties">
          {cards.map(({ id, title, since }) => (
            <li key={`${id} ${since}`} title={title}>
              <Octagon id={id} size={24} />
              <span>{title}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function EmbedSteps() {
  const shown = usePage((page) => page.shown);
  const scene = shown === undefined ? undefined : transportScene(shown.program, shown.outline, shown.moment.at);
  return (
    <div className="transport embed-steps" role="toolbar" aria-label="Steps">
      <TransportButtons withNext />
      {scene !== undefined && (
        <p className={scene.ahead ? 'step-line ahead' : 'step-line'}>
          <b>{scene.place}</b>
          <code title={`${scene.actor} ${scene.line}`}>
            {scene.ahead && <i>next </i>}
            {scene.actor} {scene.line}
          </code>
        </p>
      )}
    </div>
  );
}

function useWholeLink(): string {
  const shown = usePage((page) => page.shown);
  const selected = usePage((page) => page.selected);
  const [link, setLink] = useState('');
  useEffect(() => {
    let wanted = true;
    void linkNow().then((now) => wanted && setLink(now));
    return () => {
      wanted = false;
    };
  }, [shown, selected]);
  return link;
}
