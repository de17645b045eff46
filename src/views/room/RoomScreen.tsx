import { useEffect, useMemo, type CSSProperties } from 'react';
import { hover } from '../../store/actions.ts';
import { isAtSlide, leaveRoom, talkNow } from '../../store/room.ts';
import { setRoom, useRoom } from '../../store/roomStore.ts';
import type { Shown } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';
import { roomScene, type RoomScene, type SlideNow } from '../../viewmodel/roomScene.ts';
import { Notice } from '../notice/Notice.tsx';
import { Octagon } from '../shared/Octagon.tsx';
import { Stage } from '../stage/Stage.tsx';
import { enterFullScreen, exitFullScreen, isFullScreen } from './fullScreen.ts';
import { QrCode } from './QrCode.tsx';
import { RoomBar } from './RoomBar.tsx';
import { useNotesLink, type Told } from './useNotesLink.ts';
import { useQuiet } from './useQuiet.ts';
import { useRoomLink } from './useLink.ts';
import { useRoomScale, type RoomScale } from './useRoomScale.ts';
import './room.css';

/** For a wall: the picture, one sentence, where we are. */
export function RoomScreen() {
  const shown = usePage((page) => page.shown);
  const scale = useRoomScale();
  const quiet = useQuiet();
  const blank = useRoom((room) => room.blank);
  useFullScreen();
  useBlank(blank);
  const style = { '--k': scale.stage.k, '--u': `${scale.u}px` } as CSSProperties;
  return (
    <section className={quiet ? 'room quiet' : 'room'} aria-label="Presentation" style={style}>
      <Notice />
      {shown === undefined ? <p className="opening">Working out the run …</p> : <Wall shown={shown} scale={scale} />}
      <RoomBar />
      {blank && (
        <div
          className="blank"
          role="status"
          aria-label="The screen is blank: any key shows it again"
          onClick={() => setRoom({ blank: false })}
        />
      )}
    </section>
  );
}

function useSlide(shown: Shown): SlideNow | undefined {
  const place = usePage((page) => page.room);
  return useMemo(() => {
    const now = place === undefined ? undefined : talkNow();
    const slide = now?.talk.slides[now.index];
    if (now === undefined || slide === undefined) return undefined;
    const next = now.talk.slides[now.index + 1];
    return {
      talk: now.talk.title,
      index: now.index,
      count: now.talk.slides.length,
      caption: isAtSlide(slide, shown) ? slide.caption : undefined,
      note: slide.note,
      next: next === undefined ? 'The end of the talk.' : (next.caption ?? next.note[0] ?? next.scenario),
    };
  }, [place, shown]);
}

function Wall({ shown, scale }: { readonly shown: Shown; readonly scale: RoomScale }) {
  const slide = useSlide(shown);
  const scene = useMemo(() => roomScene(shown, slide), [shown, slide]);
  const focus = usePage((page) => page.hovered);
  const hidden = usePage((page) => page.hidden);
  const showsQr = useRoom((room) => room.qr);
  const blank = useRoom((room) => room.blank);
  const link = useRoomLink();
  useNotesLink(useMemo((): Told => ({ title: slide?.talk ?? scene.title, place: scene.place, caption: scene.caption, sentence: scene.sentence, note: scene.note, next: scene.next, blank, qr: link.trouble }), [slide, scene, blank, link])); // prettier-ignore
  return (
    <>
      <Head scene={scene} />
      {/* Pointing is for pages of the picture; the keys stay the clicker's. */}
      <div
        className="room-stage"
        onPointerDown={(event) => event.preventDefault()}
        onMouseDown={(event) => event.preventDefault()}
      >
        <Stage
          program={shown.program}
          outline={shown.outline}
          moment={shown.moment}
          focus={focus}
          selected={undefined}
          hidden={hidden}
          onFocus={hover}
          onSelect={() => undefined}
          room={scale.stage}
        />
      </div>
      <div className="room-foot">
        <Caption scene={scene} scale={scale} />
        {showsQr && link.url !== '' && <QrCode text={link.url} label="QR code: this step, on a phone" />}
      </div>
      <Parts now={scene.counter} of={scene.of} />
    </>
  );
}

function Head({ scene }: { readonly scene: RoomScene }) {
  return (
    <header className="room-head">
      <h1>{scene.title}</h1>
      <p>
        option <b>{scene.option}</b>
      </p>
      <p>{scene.kernel}</p>
      {scene.step !== '' && <p>{scene.step}</p>}
      <p className="counter" aria-label={scene.place}>
        <b>{scene.counter}</b>/{scene.of}
      </p>
    </header>
  );
}

function Caption({
  scene: { broken, caption },
  scale: { u },
}: {
  readonly scene: RoomScene;
  readonly scale: RoomScale;
}) {
  return (
    <div className="room-caption" aria-live="polite">
      {broken !== undefined && (
        <p className="broken">
          <Octagon id={broken.id} size={Math.round(76 * u)} />
          <span>
            <span className="spoken">{broken.id} is violated: </span>
            {broken.title}
          </span>
        </p>
      )}
      <p className="says">{caption}</p>
    </div>
  );
}

/** Past so many, a part of its own could not be seen. */
const MOST_PARTS = 120;

function Parts({ now, of }: { readonly now: number; readonly of: number }) {
  const count = Math.min(of, MOST_PARTS);
  const at = of <= MOST_PARTS ? now : Math.ceil((now * count) / of);
  return (
    <div className="room-parts" aria-hidden="true">
      {Array.from({ length: count }, (_, i) => (
        <i key={i} className={i + 1 === at ? 'now' : i < at ? 'done' : ''} />
      ))}
    </div>
  );
}

/** Leaving full screen, which is what Esc and a clicker's Stop do, leaves the room. */
function useFullScreen(): void {
  useEffect(() => {
    let entered = false;
    const onChange = (): void => {
      if (isFullScreen()) entered = true;
      else if (entered) leaveRoom();
    };
    document.addEventListener('fullscreenchange', onChange);
    void enterFullScreen();
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      void exitFullScreen();
    };
  }, []);
}

/** While the wall is black any key only shows it again. */
function useBlank(blank: boolean): void {
  useEffect(() => {
    if (!blank) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setRoom({ blank: false });
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [blank]);
}
