// What the visitor's own browser proves while the draw goes on: each value against its anchor, the order against the seed.
// The arithmetic is static/verify's, which knows nothing of this page; nothing here asks the server.
import { seedText, ticket } from "../../verify/case.js";
import { ORDERS } from "../../verify/ranked.js";
import { hashHex, hex, sha256, unhex } from "../../verify/sha256.js";

const PAUSE = 12; // milliseconds of hashing between two breaths of the page
const NUMBERED_BY = { chain: "slot", drand: "round", lottery: "issue" };
const proved = new Map(); // value -> whether it hashes down to its anchor

const breathe = () => new Promise((resume) => setTimeout(resume));

/** Hash a value down by `times` steps without holding the page up; `onProgress(done)` now and then. */
async function hashDown(value, times, onProgress) {
  let bytes = unhex(value), since = performance.now();
  for (let done = 0; done < times; done++) {
    bytes = sha256(bytes);
    if ((done & 255) === 0 && performance.now() - since > PAUSE) {
      onProgress(done);
      await breathe();
      since = performance.now();
    }
  }
  return hex(bytes);
}

/** Put a mark with words behind one source: "" proved, "wrong", "busy". */
function mark(element, kind, words) {
  element.className = `mk-draw__check${kind ? ` mk-draw__check--${kind}` : ""}`;
  element.textContent = words;
}

/** Prove every value that is out; a value is hashed once and remembered. Gives whether all that could be proved were. */
export async function checkSources(words, sources = document.querySelectorAll("[data-source][data-value]")) {
  const all = await Promise.all([...sources].map((source) => checkSource(source, words)));
  return all.every(Boolean);
}

async function checkSource(source, words) {
  const said = source.querySelector("[data-check]"), { value, slot, anchor, kind } = source.dataset;
  if (!said) return true;
  if (kind !== "chain") {
    mark(said, "busy", kind === "lottery" ? words.lottery : words.round);
    return true;
  }
  const key = `${value} ${slot} ${anchor}`;
  if (!proved.has(key)) {
    const progress = (done) => mark(said, "busy", words.checking.replace("{done}", done).replace("{all}", slot));
    progress(0);
    proved.set(key, (await hashDown(value, Number(slot), progress)) === anchor);
  }
  mark(said, proved.get(key) ? "" : "wrong", proved.get(key) ? words.checked : words.wrong);
  return proved.get(key);
}

/** The seed, computed from the two leaves and the values on the page; null while a value is missing. */
export function seedOf(draw, order, sources) {
  const used = [...sources].map(({ dataset }) => transcript(dataset));
  if (!used.length || used.includes(null)) return null;
  return hashHex(seedText(draw, order.dataset.noticeLeaf, order.dataset.sealLeaf, used));
}

/** One source as it stands in the seed's transcript: its value, or the leaf that declared it failed. */
function transcript({ source, kind, slot, issue, value, failedLeaf }) {
  if (failedLeaf !== undefined) return { id: source, failed_leaf: failedLeaf };
  return value === undefined ? null : { id: source, [NUMBERED_BY[kind]]: issue ?? Number(slot), value };
}

/** Compute the order of the rows of a list: [{row, ticket}], best first; by a `rule` from the amounts, where only equals have a ticket. */
export function orderOf(seed, rows, rule) {
  if (rule !== undefined) return byAmount(seed, [...rows], ORDERS[rule]);
  return [...rows].map((row) => ({ row, ticket: ticket(seed, row.dataset.ref) })).sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
}

function byAmount(seed, rows, order) {
  const byRef = new Map(rows.map((row) => [row.dataset.ref, row]));
  const amounts = new Map(rows.map((row) => [row.dataset.ref, Number(row.dataset.fen)]));
  return order(amounts, seed).map(({ ref, ticket: own }) => ({ row: byRef.get(ref), ticket: own }));
}

/** Hold the order on the page to the computed one, and say so. */
export function checkOrder(draw, words) {
  const order = document.querySelector('[data-part="order"][data-stage="drawn"]'), said = document.getElementById("order-check");
  if (!order || !said) return;
  const rows = [...order.querySelectorAll("[data-ref]")];
  const seed = seedOf(draw, order, document.querySelectorAll("[data-source]"));
  const computed = seed === null ? [] : orderOf(seed, rows, order.dataset.rule);
  const agreed = seed === order.dataset.seed
    && computed.every(({ row, ticket: own }, place) => row === rows[place] && row.dataset.ticket === own);
  mark(said, agreed ? "" : "wrong", agreed ? words.agreed : words.disagreed);
}
