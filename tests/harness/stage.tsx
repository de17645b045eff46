// The stage alone, for looking at: /tests/harness/stage.html?f=main&at=12&theme=dark&w=952&h=532&phone=1
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import '../../src/app/tokens.css';
import type { StageRef } from '../../src/viewmodel/scene.ts';
import { PhoneStage } from '../../src/views/phone/PhoneStage.tsx';
import { Stage } from '../../src/views/stage/Stage.tsx';
import { runText } from '../support/runText.ts';
import { firstEnd, largeText, STAGE_TEXTS } from '../support/stageFixtures.ts';

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme !== null) document.documentElement.dataset['theme'] = theme;
const scale = query.get('k');
if (scale !== null) document.documentElement.style.setProperty('--k', scale);

const name = query.get('f') ?? 'main';
const scenario = query.get('s');
const text =
  scenario !== null
    ? await (await fetch(`/scenarios/${scenario}.dax`)).text()
    : name === 'large'
      ? largeText(Number(query.get('pages') ?? 64), Number(query.get('actors') ?? 8))
      : (STAGE_TEXTS[name]?.text ?? '');
const ran = runText(text);
const given = query.get('at');
const stepEnd = query.get('step');

function Harness() {
  const [at, setAt] = useState(
    given !== null
      ? Math.min(Number(given), ran.outline.length)
      : firstEnd(ran, Number(stepEnd ?? STAGE_TEXTS[name]?.step ?? 1)),
  );
  const [focus, setFocus] = useState<StageRef>();
  const [selected, setSelected] = useState<StageRef>();
  const props = {
    program: ran.program,
    outline: ran.outline,
    moment: ran.momentAt(at),
    focus,
    selected,
    onFocus: setFocus,
    onSelect: setSelected,
  };
  Object.assign(window, {
    daxpinSeek: setAt,
    daxpinLength: ran.outline.length,
    daxpinFocus: setFocus,
    daxpinTurns: ran.outline.turns,
  });
  const size = {
    width: query.has('w') ? Number(query.get('w')) : '100%',
    height: query.has('h') ? Number(query.get('h')) : '100%',
  };
  return <div style={size}>{query.has('phone') ? <PhoneStage {...props} /> : <Stage {...props} />}</div>;
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Harness />);
