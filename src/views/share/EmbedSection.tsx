import { useEffect, useState } from 'react';
import { embedCode, LEAST_EMBED } from '../../io/embedCode.ts';
import { embedLinkNow } from '../../store/addressNow.ts';
import { usePage } from '../../store/usePage.ts';
import { CopyBox } from '../shared/CopyBox.tsx';

const SIZES = [
  { name: 'small', width: 480, height: 320 },
  { name: 'medium', width: 800, height: 520 },
  { name: 'large', width: 1120, height: 680 },
] as const;

/** What is shown in a page of somebody else: picture, sentence and steps. */
export function EmbedSection() {
  const title = usePage((page) => page.shown?.program.title ?? '');
  const link = useEmbedLink();
  const [size, setSize] = useState<(typeof SIZES)[number]>(SIZES[1]);
  const name = title === '' ? 'Daxpin' : `${title} (Daxpin)`;
  return (
    <section>
      <h3>Embed</h3>
      <fieldset className="embed-sizes">
        <legend className="spoken">Size of the frame</legend>
        {SIZES.map((one) => (
          <label key={one.name}>
            <input type="radio" name="embed-size" checked={one === size} onChange={() => setSize(one)} />
            <span className="frame" aria-hidden="true" style={{ width: one.width / 20, height: one.height / 20 }} />
            {one.name}, {one.width} × {one.height}
          </label>
        ))}
      </fieldset>
      <CopyBox
        name="The frame in HTML"
        action="Copy HTML"
        text={link === '' ? '' : embedCode(link, name, size)}
        lines
      />
      <p className="hint">
        The picture, the sentence and the steps alone, from {LEAST_EMBED.width} × {LEAST_EMBED.height} pixels up. The
        page around it can step it by messages; the readme says how.
      </p>
    </section>
  );
}

function useEmbedLink(): string {
  const [link, setLink] = useState('');
  useEffect(() => {
    let wanted = true;
    void embedLinkNow().then((now) => wanted && setLink(now));
    return () => {
      wanted = false;
    };
  }, []);
  return link;
}
