import { useEffect, useMemo } from 'react';
import { start } from '../../store/lab.ts';
import { lab as labNow } from '../../store/labStore.ts';
import { useLab } from '../../store/useLab.ts';
import { labScene } from '../../viewmodel/labScene.ts';
import { Notice } from '../notice/Notice.tsx';
import { useMedia } from '../shared/useMedia.ts';
import { BUILD_ID } from '../shared/buildId.ts';
import { LabCard } from './LabCard.tsx';
import { LabFooter } from './LabFooter.tsx';
import { LabList } from './LabList.tsx';
import { LabTop } from './LabTop.tsx';
import { Legend } from './Legend.tsx';
import { Matrix } from './Matrix.tsx';
import './lab.css';

/** The lab: every option against every property, and a card for what is selected. */
export function LabScreen({ onHelp }: { readonly onHelp: () => void }) {
  const lab = useLab((state) => state);
  const scene = useMemo(() => labScene(lab, BUILD_ID), [lab]);
  const unasked = lab.world?.program !== undefined && lab.startedAt === undefined && !lab.running;
  // Who opens the lab, or changes what is asked, wants the answers.
  useEffect(() => {
    if (unasked) start();
  }, [unasked]);
  const phone = useMedia('(max-width: 639px)');
  return (
    <>
      <LabTop onHelp={onHelp} />
      <Notice />
      <section className="lab-main" aria-label="Matrix">
        {lab.world !== undefined && lab.world.program === undefined && <Refused />}
        {phone ? <LabList scene={scene} selected={lab.selected} /> : <Matrix scene={scene} selected={lab.selected} />}
        <Legend hidden={scene.hidden} />
      </section>
      <LabCard card={scene.card} world={lab.world?.title ?? ''} />
      <LabFooter footer={scene.footer} />
      <p className="spoken" role="status">
        {scene.footer.spoken}
      </p>
    </>
  );
}

/** The text of the world is refused: nothing can be checked before it is put right. */
function Refused() {
  const [first] = labNow().problems;
  return (
    <p className="lab-refused" role="alert">
      The text of this world has an error, so nothing can be checked
      {first === undefined ? '' : `: line ${first.line}: ${first.message}`}. The player’s script shows where.
    </p>
  );
}
