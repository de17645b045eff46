/* global self, caches, fetch, Request, VERSION, FILES */
/**
 * Answers with the files of one build, kept when the page was first visited. A newer build brings a newer worker, which
 * keeps its own files beside them and takes over when no page of the old one is open any more: no page ever gets files of
 * two builds. FILES and VERSION are put in by the build.
 */
const PREFIX = 'daxpin-';
const CACHE = PREFIX + VERSION;

self.addEventListener('install', (event) => {
  // Past the browser's own cache, which may still have the last build's index.html.
  const fresh = FILES.map((file) => new Request(file, { cache: 'reload' }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener('activate', (event) => {
  const isOld = (name) => name.startsWith(PREFIX) && name !== CACHE;
  const dropOld = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
    // The page that asked for this worker is served by it from now on.
    await self.clients.claim();
  };
  event.waitUntil(dropOld());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  const kept = async () => {
    const cache = await caches.open(CACHE);
    // A file is the same whoever asks: with `Vary: Origin` a script asked for by a module would not be found.
    return (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) ?? fetch(request);
  };
  event.respondWith(kept());
});
