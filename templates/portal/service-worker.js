// Shows one page when the site cannot be reached, and keeps nothing else (ADR 0060).
const PAGE = {{ page|tojson }};
const KEPT = "offline-{{ digest }}";

addEventListener("install", (event) => {
  // A form that somebody sends goes straight to the site: it does not wait for this worker to wake.
  event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" }).catch(() => {});
  skipWaiting();
  event.waitUntil(keep());
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([forget(), registration.navigationPreload?.enable()]));
});

addEventListener("fetch", (event) => {
  const { mode, method } = event.request;
  if (mode === "navigate" && method === "GET") event.respondWith(answer(event));
});

// Nobody's own page: it is asked for without cookies.
async function keep() {
  const cache = await caches.open(KEPT);
  await cache.add(new Request(PAGE, { credentials: "omit", cache: "reload" }));
}

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
}

async function answer(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (unreachable) {
    const page = await caches.match(PAGE);
    if (page) return page;
    throw unreachable;
  }
}
