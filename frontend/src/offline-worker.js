// Opens one page without network: the tasks of a volunteer, the surveys of who asks at the door. It keeps that page,
// which holds nobody's data, and what it is made of. Which one, its address says: `offline/` below what it serves.
// It imports nothing: it is served under other addresses than the rest.
const PAGE = new URL("offline/", self.registration.scope).pathname;
const CACHE = PAGE === "/tasks/offline/" ? "sidan-visit" : `sidan-kept:${PAGE}`;
const PATIENCE_MS = 6000;

// Signing out may come while a page is being kept: what is on its way then must not be put back.
let isLeaving = false;
let keeping = Promise.resolve();

function keep() {
  isLeaving = false;
  keeping = fetchAndKeep();
  return keeping;
}

async function forget() {
  isLeaving = true;
  await keeping.catch(() => {});
  await caches.delete(CACHE);
}

async function fetchAndKeep() {
  const page = await fetch(PAGE, { credentials: "same-origin" });
  if (!page.ok || page.redirected) return;
  const text = await page.clone().text();
  const pieces = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((found) => found[1]);
  const cache = await caches.open(CACHE);
  const wanted = new Set([PAGE, ...pieces]);
  await Promise.all([...wanted].filter((piece) => piece !== PAGE).map((piece) => addOnce(cache, piece)));
  if (isLeaving) return;
  await cache.put(PAGE, page);
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url);
    if (!wanted.has(pathname)) await cache.delete(pathname);
  }
}

async function addOnce(cache, piece) {
  if (!isLeaving && !(await cache.match(piece))) await cache.add(piece);
}

// A proxy that answers for a server that is not there is no answer of ours.
const NOBODY_THERE = [502, 503, 504];

const keptPage = async () => (await caches.open(CACHE)).match(PAGE);

async function fromNetworkElseKept(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return NOBODY_THERE.includes(answer.status) ? ((await keptPage()) ?? answer) : answer;
  } catch (failure) {
    const kept = await keptPage();
    if (kept) return kept;
    throw failure;
  }
}

async function fromKeptElseNetwork(request) {
  return (await caches.match(request)) ?? fetch(request);
}

// What is taken away as a file may take longer than a page: nothing stands in for it.
const IS_FILE = /\/(export|paper)\/$|\.(pdf|ics|json|csv|xlsx|docx)$/;

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keep());
  if (event.data === "forget") event.waitUntil(forget().finally(() => event.ports[0]?.postMessage("forgotten")));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin || IS_FILE.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(fromNetworkElseKept(request));
  else if (pathname.startsWith("/static/")) event.respondWith(fromKeptElseNetwork(request));
});
