import { back, forward, nextViolation } from '../../store/places.ts';
import * as actions from '../../store/actions.ts';
import { togglePlay } from '../../store/playback.ts';
import { usePage } from '../../store/usePage.ts';
import {
  BackIcon,
  FirstIcon,
  ForwardIcon,
  LastIcon,
  NextViolationIcon,
  PauseIcon,
  PlayIcon,
} from '../shared/icons.tsx';
import { TransportButton } from './TransportButton.tsx';

const AT_START = 'this is the beginning';
const AT_END = 'this is the end';
const LOADING = 'the run is being worked out';

function nextViolationBlocked(broken: number | undefined, any: boolean): string | undefined {
  if (broken !== undefined) return undefined;
  return any ? 'no property breaks after this step' : 'no property breaks in this run';
}

/** First, back, play, forward, last; and on to the next broken property. */
export function TransportButtons({ withNext }: { readonly withNext: boolean }) {
  const outline = usePage((page) => page.shown?.outline);
  const at = usePage((page) => page.at);
  const grain = usePage((page) => page.grain);
  const playing = usePage((page) => page.playing);
  const loading = outline === undefined ? LOADING : undefined;
  const backBlocked = loading ?? (outline && back(outline, at, grain) === undefined ? AT_START : undefined);
  const forwardBlocked = loading ?? (outline && forward(outline, at, grain) === undefined ? AT_END : undefined);
  const unit = grain === 'step' ? 'step' : 'micro-step';
  const nextBlocked =
    loading ?? (outline && nextViolationBlocked(nextViolation(outline, at, grain), outline.violations.length > 0));
  return (
    <>
      <TransportButton name="Go to the beginning" keys="Home" blocked={backBlocked} onPress={actions.first}>
        <FirstIcon />
      </TransportButton>
      <TransportButton
        name={`Back one ${unit}`}
        keys="ArrowLeft"
        blocked={backBlocked}
        onPress={() => actions.stepBack()}
      >
        <BackIcon />
      </TransportButton>
      <TransportButton
        name={playing ? 'Pause' : 'Play'}
        keys="Space"
        blocked={loading}
        onPress={togglePlay}
        className="play"
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
      </TransportButton>
      <TransportButton
        name={`Forward one ${unit}`}
        keys="ArrowRight"
        blocked={forwardBlocked}
        onPress={() => actions.stepForward()}
      >
        <ForwardIcon />
      </TransportButton>
      <TransportButton name="Go to the end" keys="End" blocked={forwardBlocked} onPress={actions.last}>
        <LastIcon />
      </TransportButton>
      {withNext && (
        <TransportButton
          name="Next broken property"
          keys="n"
          blocked={nextBlocked}
          onPress={actions.goToNextViolation}
          className="next"
        >
          <NextViolationIcon />
        </TransportButton>
      )}
    </>
  );
}
