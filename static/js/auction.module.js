// The page of an auction, kept up to date without a reload: the server renders every part, this fetches the page anew when the log
// has grown. What is being typed stays: the form of a bid is no part.
const ASK_AGAIN = 3000, SETTLE = 100; // milliseconds
const root = document.getElementById("auction"), news = document.getElementById("auction-news");
let waiting = null, busy = Promise.resolve();

const partsOf = (from) => [...from.querySelectorAll("[data-part]")];
// Which parts and forms a page has: one that now lets its reader bid, or no longer does, is another page.
const shapeOf = (from) => [
  ...partsOf(from).map((part) => part.dataset.part),
  ...[...from.querySelectorAll("#auction ~ form")].map((form) => form.getAttribute("action")),
].join(" ");

async function refresh() {
  const answer = await fetch(root.dataset.page, { headers: { Accept: "text/html" }, cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return soon(ASK_AGAIN);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (shapeOf(fresh) !== shapeOf(document)) return location.replace(root.dataset.page);
  for (const part of partsOf(fresh)) {
    const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || old.outerHTML === part.outerHTML) continue;
    old.replaceWith(part);
    if (part.dataset.part === "now") news.textContent = part.textContent.trim().replace(/\s+/g, " ");
  }
  if (!fresh.getElementById("auction")?.hasAttribute("data-live")) root.removeAttribute("data-live");
}

// What waits is not put off by the next bid: in a flurry the page follows all the same.
function soon(after = SETTLE) {
  waiting ??= setTimeout(() => {
    waiting = null;
    busy = busy.then(refresh).catch(() => {});
  }, after);
}

function poll() {
  const timer = setInterval(() => { if (root.hasAttribute("data-live")) soon(0); else clearInterval(timer); }, ASK_AGAIN);
}

if (root.hasAttribute("data-live")) {
  const stream = new EventSource(`${root.dataset.events}?after=${root.dataset.after}`);
  stream.addEventListener("entry", () => soon());
  stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) poll(); });
  // A start, a round and an end come by the clock alone: then the page is asked for without an entry.
  setInterval(() => {
    const ends = document.querySelector('[data-part="clock"] [data-ended]');
    if (root.hasAttribute("data-live") && ends) soon();
  }, ASK_AGAIN);
}
