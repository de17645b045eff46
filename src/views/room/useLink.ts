import { useEffect, useState } from 'react';
import { linkNow } from '../../store/addressNow.ts';
import { qrOf } from '../../io/qr.ts';
import type { Page } from '../../store/store.ts';
import { usePage } from '../../store/usePage.ts';

export type RoomLink = {
  /** To the step that is shown, for the audience's own player; empty: there is none that a phone could open. */
  readonly url: string;
  /** Why there is none, or why it may not work; for the speaker. */
  readonly trouble: string;
};

const NONE: RoomLink = { url: '', trouble: '' };
const FROM_FILE = 'No QR code: this page was opened from a file, and no phone can open that. Present from a web server to have one.'; // prettier-ignore
const TOO_LONG = 'No QR code: this scenario does not come with the page, so its whole text is in the link, which is too long for a code.'; // prettier-ignore
const LOCAL = 'The QR code names this computer (localhost): phones cannot open it. Present from an address that they reach.'; // prettier-ignore

const isLocal = (): boolean => /^(localhost|127\.|\[::1\])/.test(location.hostname);

/** What the link tells of. */
const shownOf = ({ shown }: Page): unknown => shown;

const isHosted = (): boolean => /^https?:$/.test(location.protocol);

export function useRoomLink(): RoomLink {
  const shown = usePage(shownOf);
  const [link, setLink] = useState<RoomLink>(() => (isHosted() ? NONE : { url: '', trouble: FROM_FILE }));
  useEffect(() => {
    if (!isHosted()) return undefined;
    let wanted = true;
    linkNow('player').then(
      (url) => {
        if (!wanted) return;
        if (qrOf(url) === undefined) setLink({ url: '', trouble: TOO_LONG });
        else setLink({ url, trouble: isLocal() ? LOCAL : '' });
      },
      () => wanted && setLink(NONE),
    );
    return () => {
      wanted = false;
    };
  }, [shown]);
  return link;
}
