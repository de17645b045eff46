/** Full screen where the browser has it and lets us; a presentation works without. */

export const isFullScreen = (): boolean =>
  document.fullscreenElement !== null && document.fullscreenElement !== undefined;

export async function enterFullScreen(): Promise<void> {
  // An address alone may not take the whole screen, and browsers complain of who asks.
  if (isFullScreen() || ('userActivation' in navigator && !navigator.userActivation.isActive)) return;
  try {
    await document.documentElement.requestFullscreen({ navigationUI: 'hide' });
  } catch {
    // Not allowed in this frame, or nobody pressed anything: the window as it is.
  }
}

export async function exitFullScreen(): Promise<void> {
  try {
    if (isFullScreen()) await document.exitFullscreen();
  } catch {
    // It is over already.
  }
}

export function toggleFullScreen(): void {
  void (isFullScreen() ? exitFullScreen() : enterFullScreen());
}
