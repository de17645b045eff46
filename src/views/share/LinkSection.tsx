import { useEffect, useState } from 'react';
import { linkNow } from '../../store/addressNow.ts';
import { usePage } from '../../store/usePage.ts';
import { shareMarkdown } from '../../io/shareText.ts';
import { CopyBox } from '../shared/CopyBox.tsx';

/** What a mailer can be trusted with in one line. */
const SHORT = 200;

/** The link to what is shown behind the dialog. */
export function LinkSection() {
  const link = useLink();
  const shown = usePage((page) => page.shown);
  const onLab = usePage((page) => page.screen === 'lab');
  return (
    <section>
      <h3>Link</h3>
      <CopyBox name="The link" action="Copy link" text={link} />
      <p className="hint">{hintOf(link)}</p>
      {shown !== undefined && !onLab && (
        <>
          <h3>Markdown</h3>
          <CopyBox name="The Markdown" action="Copy as Markdown" text={shareMarkdown(shown, link)} lines />
        </>
      )}
    </section>
  );
}

function hintOf(link: string): string {
  const length = `${link.length} characters.`;
  if (link.startsWith('file:')) return `${length} It names a file of this computer: elsewhere, what follows the # can be pasted behind the address of another copy.`; // prettier-ignore
  if (/[&#]t=/.test(link)) return `${length} The text of the scenario is in the link: no server keeps it.`;
  return link.length <= SHORT ? length : `${length} A mailer may break it: the page puts it together again when it is pasted.`; // prettier-ignore
}

function useLink(): string {
  const [link, setLink] = useState('');
  useEffect(() => {
    let wanted = true;
    void linkNow().then((now) => wanted && setLink(now));
    return () => {
      wanted = false;
    };
  }, []);
  return link;
}
