// The page of a draw, kept up to date without a reload. The server renders every part; this fetches the page anew when
// the log has grown, puts in what has changed, and proves in this browser what can be proved. Loaded first in the head,
// so that the parts are known as the server sent them.
import { checkOrder, checkSources, seedOf } from "./draw/check.js";
import { replay, reveal } from "./draw/reveal.js";
import { runVerifier } from "./draw/verifier.js";

const ASK_AGAIN = 5000; // milliseconds, where no stream is to be had
const LATE = 20000; // how often to look while a value is late
const SETTLE = 250; // entries of one moment arrive together

const root = document.getElementById("draw"), words = root.dataset;
const parts = (from) => [...from.querySelectorAll("[data-part]")];
const served = new Map(parts(document).map((part) => [part.dataset.part, part.outerHTML]));
let waiting = null, busy = Promise.resolve();

const isLive = () => document.querySelector('[data-part="state"]').hasAttribute("data-live");

/** What an address answers now, or null when it does not answer well. */
async function read(address, type) {
  const answer = await fetch(address, { headers: { Accept: type }, cache: "no-store" }).catch(() => null);
  return answer?.ok ? answer : null;
}

/** Fetch the page and put in what has changed, one after another. */
async function refresh() {
  const answer = await read(words.page + location.search, "text/html");
  if (!answer) return isLive() && soon(ASK_AGAIN); // A busy server is asked again: the news must not be lost.
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts(fresh).sort((a, b) => turn(a) - turn(b))) {
    const name = part.dataset.part, html = part.outerHTML, old = document.querySelector(`[data-part="${name}"]`);
    if (!old || served.get(name) === html) continue;
    served.set(name, html);
    await replace(name, old, part);
  }
  await prove();
}

// The values first, then the order that follows from them; who has won is told when the order stands.
function turn(part) {
  const place = ["sources", "handin", "order"].indexOf(part.dataset.part);
  return place < 0 ? 3 : place;
}

async function replace(name, old, part) {
  if (name === "order" && old.dataset.stage === "sealed" && part.dataset.stage === "drawn") {
    await checkSources(words);
    const seed = seedOf(words.draw, part, document.querySelectorAll("[data-source]"));
    if (seed) await reveal(old.querySelector(".mk-draw__order"), seed);
  }
  if (name === "sources") {
    for (const source of part.querySelectorAll("[data-value]")) {
      const before = old.querySelector(`[data-source="${source.dataset.source}"]`);
      if (before && !before.dataset.value) source.classList.add("mk-draw__source--new");
    }
  }
  old.replaceWith(part);
  if (name === "state") document.getElementById("draw-news").textContent = part.textContent.trim().replace(/\s+/g, " ");
}

async function prove() {
  offer();
  await checkSources(words);
  checkOrder(words.draw, words);
}

/** Refresh soon, once for everything that happens in the same moment. */
function soon(after = SETTLE) {
  clearTimeout(waiting);
  waiting = setTimeout(() => { busy = busy.then(refresh).catch(() => {}); }, after);
}

/** Follow the log by the stream; without one ask again every few seconds. */
function follow() {
  if (!isLive()) return;
  const stream = new EventSource(`${words.events}?after=${words.after}`);
  for (const kind of ["entry", "witnessed"]) stream.addEventListener(kind, () => soon());
  stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) poll(stream); });
  const late = setInterval(() => {
    if (!isLive()) {
      clearInterval(late);
      stream.close();
    } else if (document.querySelector(".mk-draw__source--late, [data-ended]")) soon();
  }, LATE);
}

function poll() {
  const timer = setInterval(() => { if (isLive()) soon(0); else clearInterval(timer); }, ASK_AGAIN);
}

/** Buttons that need a script are shown by the script. */
function offer() {
  const part = document.querySelector('[data-part="verify"]');
  for (const element of part.querySelectorAll("[data-scripted]")) element.hidden = false;
  const run = (keys) => runVerifier(part, { evidence: words.evidence, cosignatures: words.cosignatures, faults: words.faults, words, keys });
  once(part.querySelector("[data-verify]"), "click", () => run());
  once(part.querySelector("[data-keys]"), "change", async (event) => {
    const [file] = event.target.files;
    if (file) await run(await file.text());
  });
  once(part.querySelector("[data-replay]"), "click", (event) => again(event.target));
}

function once(element, kind, act) {
  if (!element || element.dataset.heard) return;
  element.dataset.heard = "1";
  element.addEventListener(kind, act);
}

async function again(button) {
  const line = document.getElementById("replay-line");
  const stages = { seal: words.replaySeal, value: words.replayValue, tickets: words.replayTickets, order: words.replayOrder };
  button.disabled = true;
  line.hidden = false;
  const file = await read(words.evidence, "application/json");
  if (file) await replay(await file.json(), (stage) => { line.textContent = stages[stage]; });
  else line.textContent = words.unavailable;
  line.hidden = Boolean(file);
  button.disabled = false;
}

document.addEventListener("countdown:over", () => soon(1500));
prove();
follow();
