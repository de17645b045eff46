/**
 * Speaks with the page that frames this one. Only the parent is listened to, only the parent is told; both may have no
 * origin that could be named (a sandbox), so it is known by its window.
 */
import { EMBED_VERSION, readRequest, type EmbedAnswer, type EmbedId } from '../io/embedMessages.ts';
import { doAsked, stateNow } from '../store/embed.ts';
import { pageStore } from '../store/store.ts';

export function speakWithParent(): void {
  const { parent } = window;
  if (parent === window) return;
  const post = (answer: EmbedAnswer): void => parent.postMessage(answer, '*');
  let told = 0;
  let ready = false;
  const tellStep = async (): Promise<void> => {
    const mine = (told += 1);
    const state = await stateNow();
    // Packing a text takes a moment, in which the view may have gone on.
    if (state === undefined || mine !== told) return;
    post({ daxpin: EMBED_VERSION, type: ready ? 'step' : 'ready', ...state });
    ready = true;
  };
  const refuse = (message: string, id: EmbedId | undefined): void =>
    post({ daxpin: EMBED_VERSION, type: 'error', ...(id === undefined ? {} : { id }), message });
  const answer = async (id: EmbedId | undefined): Promise<void> => {
    const state = await stateNow();
    if (state === undefined) return refuse('the run is still worked out: wait for ready', id);
    post({ daxpin: EMBED_VERSION, type: 'state', ...(id === undefined ? {} : { id }), ...state });
  };
  window.addEventListener('message', ({ source, data }: MessageEvent<unknown>) => {
    const read = source === parent ? readRequest(data) : undefined;
    if (read === undefined) return;
    const problem = 'problem' in read ? read.problem : doAsked(read.request);
    if (problem !== undefined) refuse(problem, read.id);
    else if ('request' in read && read.request.type === 'get') void answer(read.id);
  });
  pageStore.subscribe((now, before) => {
    if (now.shown !== before.shown) void tellStep();
  });
  void tellStep();
}
