// The order coming out: tickets appear in the sealed list one after another, then the rows move to their places.
import { orderOf } from "./check.js";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const pause = (milliseconds) => new Promise((resume) => setTimeout(resume, still.matches ? 0 : milliseconds));

/** Show tickets and order in `list` (rows with data-ref), computed here from `seed`. `say` is told each stage's name. */
export async function reveal(list, seed, say = () => {}) {
  const rows = [...list.querySelectorAll("[data-ref]")], rule = list.closest("[data-part]")?.dataset.rule, ranked = orderOf(seed, rows, rule);
  const tickets = new Map(ranked.map(({ row, ticket }) => [row, ticket]));
  say("tickets");
  for (const row of rows) {
    row.querySelector(".mk-draw__ticket").textContent = tickets.get(row) ?? "";
    row.classList.add("mk-draw__rank--new");
    await pause(Math.min(400, 4000 / rows.length));
  }
  await pause(600);
  say("order");
  move(list, rows, ranked.map(({ row }) => row));
  ranked.forEach(({ row }, place) => { row.querySelector(".mk-draw__place").textContent = place + 1; });
  await pause(1600);
}

/** Put rows into another order and let each travel from where it stood. */
function move(list, rows, ordered) {
  const before = new Map(rows.map((row) => [row, row.getBoundingClientRect().top]));
  list.append(...ordered);
  if (still.matches) return;
  for (const row of ordered) {
    const distance = before.get(row) - row.getBoundingClientRect().top;
    if (distance) row.animate([{ transform: `translateY(${distance}px)` }, { transform: "none" }], { duration: 1400, easing: "ease-in-out" });
  }
}

/** Play a finished draw again from its evidence: the sealed list, each value, the tickets, the order. */
export async function replay(evidence, say) {
  const part = document.querySelector('[data-part="order"]'), list = part.querySelector(".mk-draw__order");
  const sources = [...document.querySelectorAll("[data-source][data-value]")];
  const shown = list.innerHTML, leaves = evidence.leaves.map((leaf) => JSON.parse(leaf.utf8));
  const entrants = leaves.flatMap((leaf) => leaf.entrants ?? []);
  const byRef = new Map([...list.querySelectorAll("[data-ref]")].map((row) => [row.dataset.ref, row]));
  list.replaceChildren(...entrants.filter(({ ref }) => byRef.has(ref)).map(({ ref }) => blank(byRef.get(ref))));
  for (const source of sources) source.querySelector(".mk-draw__value").hidden = true;
  say("seal");
  list.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
  await pause(1500);
  for (const source of sources) {
    say("value");
    source.querySelector(".mk-draw__value").hidden = false;
    source.classList.add("mk-draw__source--new");
    await pause(1200);
  }
  await reveal(list, evidence.seed, say);
  list.innerHTML = shown;
}

/** A row as it stood in the sealed list. */
function blank(row) {
  const copy = row.cloneNode(true);
  copy.classList.remove("mk-draw__rank--won");
  copy.querySelector(".mk-draw__place").textContent = "–";
  copy.querySelector(".mk-draw__ticket").textContent = "";
  copy.querySelector(".mk-draw__state").textContent = "";
  return copy;
}
