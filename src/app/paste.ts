/** What is pasted on the page, and not into a field of it: a link, or a mail with one in it. */
import { setNotice, tellNotLoaded } from '../store/actions.ts';
import { openPasted } from '../store/links.ts';

const TYPING = 'input, textarea, select, [contenteditable="true"], .cm-editor';

/** Neither a link nor a mail: outputs of tools, or nothing for this page. */
async function importPasted(text: string): Promise<void> {
  const importing = await import('../store/importing.ts').catch(() => undefined);
  if (importing === undefined) return tellNotLoaded();
  if (!importing.importPasted(text)) setNotice('What was pasted has no Daxpin link in it, nor outputs of filefrag, xfs_bmap, /proc or rdma. A text is pasted into the script: open that with e.'); // prettier-ignore
}

/** Returns what unbinds it. */
export function bindPaste(): () => void {
  const onPaste = (event: ClipboardEvent): void => {
    const { target, clipboardData } = event;
    if (event.defaultPrevented || (target instanceof Element && target.closest(TYPING) !== null)) return;
    const text = clipboardData?.getData('text/plain') ?? '';
    if (text === '') return;
    event.preventDefault();
    if (!openPasted(text)) void importPasted(text);
  };
  document.addEventListener('paste', onPaste);
  return () => document.removeEventListener('paste', onPaste);
}
