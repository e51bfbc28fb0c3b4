// Starts the design system's behaviours; every page also works without them.
import { initAll } from "../vendor/govuk-frontend.min.js";

initAll();

// Where the site may stand on a home screen, a worker keeps the one page for when it cannot be reached;
// where it no longer may, the worker goes.
async function keepWorker() {
  const manifest = document.querySelector("link[rel=manifest]");
  if (manifest) return navigator.serviceWorker.register(manifest.dataset.worker);
  const known = await navigator.serviceWorker.getRegistrations();
  return Promise.all(known.map((each) => each.unregister()));
}

if (navigator.serviceWorker) keepWorker().catch(() => {});
