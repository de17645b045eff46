/** Only a hosted, built page has files to keep; where the browser refuses, the page works as before. */
export function keepForOffline(): void {
  const isHosted = /^https?:$/.test(location.protocol);
  if (!import.meta.env.PROD || !isHosted || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('./sw.js').catch(() => undefined);
}
