// Keeps the whole site in the browser, one build at a time: a page and all that belongs to it come from the same one.
// Kept to the JavaScript of Chromium 80. BUILD and FILES are written by the build.
const SCOPE = self.registration.scope;
// Other copies of the site on this host have caches of their own.
const PREFIX = "plan-checklist " + SCOPE + " ";
const CACHE = PREFIX + BUILD;
const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// One file, as this build has it or not at all. What is named by its content is taken from the build before.
async function keep(cache, path) {
  const url = SCOPE + path;
  if (await cache.match(url)) return;
  const isNamedByContent = /-[0-9a-f]{16}[./]/.test(path);
  let found = isNamedByContent && await caches.match(url);
  if (!found) found = await fetch(url, { integrity: FILES[path], cache: isNamedByContent ? "default" : "no-cache" });
  if (!found.ok) throw new Error(path + ": " + found.status);
  // A page that was reached by a redirection would not be shown.
  if (found.redirected) found = new Response(await found.blob(), { headers: found.headers });
  await cache.put(url, found);
}

async function fill() {
  const cache = await caches.open(CACHE);
  const left = Object.keys(FILES);
  // The first one alone: a host that changes pages as it sends them is found out at once.
  await keep(cache, left.shift());
  const some = async () => {
    while (left.length > 0) await keep(cache, left.shift());
  };
  await Promise.all([some(), some(), some(), some()]);
}

async function takeOver() {
  // Pages of the build before go on with its files, as long as they stay open.
  const before = (await ours()).filter((name) => name !== CACHE).slice(0, -1);
  await Promise.all(before.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function page(path, request) {
  const known = path.replace(/\/{2,}/g, "/").replace(/(^|\/)index\.html$/, "$1");
  if (!(known in FILES) && known + "/" in FILES) return Response.redirect(SCOPE + known + "/" + new URL(request.url).search);
  return await (await caches.open(CACHE)).match(SCOPE + known) || fetch(request);
}

async function file(url, request) {
  const own = await (await caches.open(CACHE)).match(url);
  if (own) return own;
  for (const name of await ours()) {
    const old = await (await caches.open(name)).match(url);
    if (old) return old;
  }
  return fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const request = event.request, url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !url.startsWith(SCOPE)) return;
  const path = url.slice(SCOPE.length);
  event.respondWith(request.mode === "navigate" ? page(path, request) : file(url, request));
});
