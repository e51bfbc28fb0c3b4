// 评审专家: who of a pool judges, by the lot that is fixed once the entries are known (ADR 0067). The twin of verify/zjcs/experts.py,
// written independently of it.
import { jcs, Undecided } from "./canonical.js";
import { Case, drandRound, GAP, level, raise, slotFor, transcript } from "./case.js";
import { anchors, anchorsFirst, beacons, values } from "./rules.js";
import { hashHex } from "./sha256.js";

const LABEL = "experts", EMPTY = "-";
const EXCLUDED = ["category", "employer", "interest", "lapsed", "left", "rotation", "seated", "suspended"];
const REASONS = ["barred", "declined", "interest", "recused", "silent"];
const GIVEN = ["source.anchor", "source.value", "source.lost", "source.failed"];
const digest = (label, value) => hashHex(`${label}\n${jcs(value)}`);
const ascending = (refs) => [...refs].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
const same = (one, other) => jcs(one) === jcs(other);

/** The seed of a lot of its own. */
export const lotSeed = (lot, notice, fixed, sources) => digest("zjcs-draw/2/lot", {
  fixed_leaf: fixed, label: lot.slice(lot.indexOf("/") + 1), lot, notice_leaf: notice, sources,
});

/** All who may judge, in the order of their tickets. */
export function expertOrder(seed, refs) {
  const ticket = new Map(refs.map((ref) => [ref, hashHex(`zjcs-draw/1/experts\n${seed}\n${ref}`)]));
  return [...refs].sort((a, b) => (ticket.get(a) < ticket.get(b) ? -1 : 1));
}

/** Whether the notice promises jurors out of the pool. */
export const isByPool = (draw) => draw.notice.experts !== undefined;

/** The pool is older than the notice, everybody in it stands once, the lot was fixed before its values, and once; the first ones sit. */
export async function expertsStand(draw) {
  if (!isByPool(draw)) return EMPTY;
  if (!draw.of("jurors.listed").length) {
    nothingBefore(draw, "lot.fixed", "lot.drawn", "jurors.drawn", "sheet.sealed");
    return EMPTY;
  }
  const listing = listed(draw), fixed = lotFixed(draw, listing);
  if (!draw.of("lot.drawn").length) {
    nothingBefore(draw, "jurors.drawn", "sheet.sealed");
    return `${listing.refs.length}; ${fixed.draw_at}`;
  }
  const own = asDraw(draw, fixed, draw.the("lot.drawn"));
  const ranked = expertOrder(await seedStands(draw, fixed, own), listing.refs), gone = draw.of("juror.replaced");
  seatsStand(draw, ranked);
  if (gone.length > draw.notice.jurors) draw.mark("experts.many", 16, gone.at(-1).where, { count: gone.length });
  vouched(draw, fixed, own);
  return `${ranked.length}; ${listing.excluded.length}`;
}

function nothingBefore(draw, ...types) {
  const [found] = draw.of(...types);
  if (found) raise("experts.list", { where: found.where, reason: "missing" });
}

function listed(draw) {
  const [listing, second] = draw.of("jurors.listed"), { refs, excluded, pool, where } = listing;
  const everybody = [...refs, ...excluded.map(({ ref }) => ref)], published = draw.the("notice.published").index;
  const newest = draw.of("jurors.pool").filter(({ index }) => index < published).at(-1);
  if (newest?.count !== pool.count || newest?.sha256 !== pool.sha256) raise("experts.pool", { where });
  const isWhole = everybody.length === pool.count && new Set(everybody).size === pool.count;
  const isSaid = same(refs, ascending(refs)) && excluded.every(({ reason }) => EXCLUDED.includes(reason));
  const entries = draw.of("entries.listed").at(-1), isLate = !entries || entries.index > listing.index;
  if (!isWhole || !isSaid || isLate || second) raise("experts.list", { where, count: everybody.length });
  return listing;
}

function lotFixed(draw, listing) {
  const [fixed, second] = draw.of("lot.fixed"), { experts } = draw.notice;
  if (!fixed) raise("leaf.missing", { where: listing.where, type: "lot.fixed" });
  const undated = (list) => list.map(({ id, kind, chain = null }) => [id, kind, chain]);
  const good = fixed.lot === `${draw.draw}/${LABEL}` && fixed.label === LABEL && fixed.index > listing.index
    && fixed.list_sha256 === hashHex(jcs(ascending(listing.refs))) && same(undated(fixed.sources), undated(experts.sources))
    && fixed.at + experts.gap <= fixed.draw_at && !second;
  if (!good || !fixed.sources.every((plan) => isDue(draw, fixed, plan))) raise("experts.lot", { where: (second ?? fixed).where, lot: fixed.lot });
  return fixed;
}

function isDue(draw, { draw_at: at, where }, plan) {
  if (plan.kind === "drand") return plan.round === drandRound(at);
  const anchor = draw.anchor(plan.id, where);
  return plan.slot === slotFor(at, anchor) && (at - anchor.genesis) % anchor.period === 0;
}

async function seedStands(draw, fixed, own) {
  const [drawn, second] = draw.of("lot.drawn"), { where, lot } = fixed;
  anchorsFirst(own, own.notice);
  const moved = own.of("draw.postponed"), isTold = moved.every(({ draw_at: at }) => at === own.time);
  if ((own.time !== fixed.draw_at) !== moved.length > 0 || !isTold) {
    raise("slot.postponed", { where, draw_at: fixed.draw_at, time: own.time });
  }
  await values(own);
  await beacons(own);
  const earliest = own.sealView?.size ?? fixed.index + 1;
  if (own.sources.some(({ leaf }) => leaf.index < earliest || leaf.index > drawn.index)) raise("experts.lot", { where, lot });
  const computed = lotSeed(lot, own.notice.hash, fixed.hash, own.sources.map(transcript));
  if (second || drawn.lot !== lot || drawn.seed !== computed) raise("experts.seed", { where: (second ?? drawn).where, computed });
  return computed;
}

/** Behind all that can be refused: published chains and the promised level. The witness's list holds the head (witnessed.js). */
function vouched(draw, fixed, own) {
  anchors(own);
  const { notice, keys } = draw, { where } = fixed, { level: claimed } = notice.experts;
  const chains = fixed.sources.filter(({ kind }) => kind === "chain").length;
  const reach = level(chains, true, chains < fixed.sources.length, 2);
  if (claimed > reach) raise("level.plan", { where: notice.where, claimed, reach });
  if (!own.sealView) return; // of leaves alone nobody knows who saw what
  const pinned = keys.least_level ?? "S0", least = claimed > pinned ? claimed : pinned, computed = lotLevel(draw, fixed, own);
  if (computed < least) throw new Undecided("level.least", { where, computed, least });
}

/** The level of rule 8 that the lot has reached. */
function lotLevel(draw, fixed, own) {
  const good = own.sources.filter(({ failed }) => !failed), chains = good.filter(({ plan }) => plan.kind === "chain");
  const over = [draw.closedView, draw.finalView, ...draw.heads].filter((view) => view && view.size > fixed.index);
  const timely = over.flatMap(({ times }) => [...times]).filter(([, time]) => fixed.at <= time && time <= own.time - GAP);
  const owners = new Set(chains.map(({ plan }) => draw.owner(plan.id))), witnesses = new Set(timely.map(([name]) => name));
  return level(owners.size, own.ownerTimes.size > 0, chains.length < good.length, witnesses.size);
}

/** The lot as a draw of its own: its instant and sources, the leaf that fixed it for the seal. */
function asDraw(draw, fixed, drawn) {
  const { notice } = draw, { experts: { fallback } } = notice, { draw_at, sources } = fixed;
  const moved = draw.of("draw.postponed").filter(({ index }) => fixed.index < index && index < drawn.index);
  const leaves = [
    { ...notice, type: "notice.published", draw_at, fallback, sources }, { ...fixed, type: "entries.sealed" },
    { ...drawn, type: "ranking.result" }, ...moved, ...draw.of(...GIVEN),
  ].sort((a, b) => a.index - b.index);
  const views = [draw.closedView, draw.finalView, ...draw.heads].filter((view) => view && view.size > fixed.index);
  const seen = views.filter(({ times }) => times.size > 0), over = (seen.length ? seen : views).sort((a, b) => a.size - b.size);
  const own = new Case({ draw: draw.draw, keys: draw.keys, leaves, lottery: draw.lottery, sealView: over[0] ?? null, marks: draw.marks });
  if (!over.length) Object.defineProperty(own, "time", { value: moved[0]?.draw_at ?? draw_at }); // of leaves alone
  return own;
}

function seatsStand(draw, ranked) {
  const [drawn, second] = draw.of("jurors.drawn"), { jurors, experts } = draw.notice;
  if (!drawn) return nothingBefore(draw, "sheet.sealed");
  const seats = ranked.slice(0, jurors - experts.own).map((ref, at) => ({ seat: at + 1, ref }));
  if (!same(drawn.seats, seats) || second || drawn.index < draw.the("lot.drawn").index) raise("experts.seats", { where: drawn.where });
  return undefined;
}

/** Who sits in each seat in the end: Map seat -> ref. */
export function expertsSeated(draw) {
  const { jurors, experts: { own } } = draw.notice, found = own ? named(draw, own, jurors) : new Map();
  if (!draw.of("jurors.drawn").length) return found;
  const ranked = expertOrder(draw.the("lot.drawn").seed, draw.the("jurors.listed").refs), many = jurors - own;
  ranked.slice(0, many).forEach((ref, at) => found.set(at + 1, ref));
  const waiting = ranked.slice(many);
  for (const { ref, seat, reason, delivery, where } of draw.of("juror.replaced")) {
    const isTold = reason !== "silent" || delivery !== undefined;
    if (!waiting.length || waiting.shift() !== ref || !found.has(seat) || !REASONS.includes(reason) || !isTold) {
      raise("experts.turn", { where, seat });
    }
    found.set(seat, ref);
  }
  return found;
}

/** The owner's representatives, named before anybody entered: at most one third. */
function named(draw, own, jurors) {
  const leaf = draw.the("jurors.named"), [entered] = draw.of("entry.received"), seats = leaf.seats.map(({ seat }) => seat).sort((a, b) => a - b);
  const expected = Array.from({ length: own }, (_, at) => jurors - own + 1 + at);
  const isGood = same(seats, expected) && (!entered || leaf.index < entered.index) && own * 3 <= jurors && !leaf.reserves.length;
  if (!isGood) raise("scored.jurors", { where: leaf.where });
  return new Map(leaf.seats.map(({ seat, ref }) => [seat, ref]));
}
