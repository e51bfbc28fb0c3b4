// One draw, joined: leaves by type, who cosigned when, the instant T, the sources behind the seed, the order.
import { AUCTIONS, replay } from "./bidding.js";
import { Fault, jcs } from "./canonical.js";
import { ORDERS } from "./ranked.js";
import { CREDIT, shortlistRanking } from "./shortlisted.js";
import { amountOf } from "./sealing.js";
import { hashHex, hex, join, sha256, unhex, utf8 } from "./sha256.js";

export const GAP = 60, PART_ROWS = 256, QUOTES = ["quote_fen", "rate_bp", "quote_commit"];
export const DOCUMENTS = ["proposal", "proposal_b"]; // of a way whose proposals are files: their digests stand beside the quote
export const DRAND_CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";
export const FALLBACK_DELAY = 3600; // a fallback's value is published later than the failure's leaf by this much
const DRAND_GENESIS = 1692803367, DRAND_PERIOD = 3;
export const SLACK = 5; // seconds by which two honest clocks may differ
const NUMBERED_BY = { chain: "slot", drand: "round", lottery: "issue" };

export const drandRound = (time) => Math.floor((time - DRAND_GENESIS) / DRAND_PERIOD) + 2;
export const drandTime = (round) => DRAND_GENESIS + (round - 1) * DRAND_PERIOD;

/** First slot of a chain due at or after `time`. */
export function slotFor(time, { genesis, period, n }) {
  const slot = Math.ceil((time - genesis) / period);
  if (!(slot >= 1 && slot <= n)) throw new Fault("slot.range", { rule: 2, slot, n });
  return slot;
}

/** Hash a chain value down by `times` steps. */
export function hashDown(value, times) {
  let bytes = unhex(value);
  for (let i = 0; i < times; i++) bytes = sha256(bytes);
  return hex(bytes);
}

export const seedText = (draw, noticeLeaf, sealLeaf, sources) =>
  `zjcs-draw/1/seed\n${jcs({ draw, notice_leaf: noticeLeaf, seal_leaf: sealLeaf, sources })}`;
export const ticket = (seed, ref) => hashHex(`zjcs-draw/1/ticket\n${seed}\n${ref}`);

/** Full ranking: [{ref, ticket}], best first. */
export function order(seed, refs) {
  if (new Set(refs).size !== refs.length) throw new Fault("ref.twice");
  return refs.map((ref) => ({ ref, ticket: ticket(seed, ref) })).sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
}

/** Commitment of an entry, rebuilt from its row in the sealed list. */
export function commitment(draw, row) {
  const opening = { agency: row.ref, draw, nonce: row.nonce };
  for (const key of [...QUOTES, ...DOCUMENTS, "response"]) if (key in row) opening[key] = row[key];
  return hex(sha256(join(utf8("zjcs/entry/1\n"), unhex(row.salt), utf8(jcs(opening)))));
}

/** Assurance level of rule 8. */
export function level(chains, cosigned, beacon, witnesses) {
  if (chains < 2 || !cosigned) return "S0";
  return beacon ? (witnesses >= 2 ? "S3" : "S2") : "S1";
}

const once = (target, name, make) => {
  const value = make();
  Object.defineProperty(target, name, { value });
  return value;
};

/** Leaves: [{index, where, hash, type, ...fields}]; views: {size, times: Map}; `marks`: what no rule refuses ("!"). */
export class Case {
  constructor(facts) {
    Object.assign(this, { heads: [], marks: [], boxes: null, ...facts });
    this.byType = new Map();
    for (const leaf of this.leaves) {
      if (!this.byType.has(leaf.type)) this.byType.set(leaf.type, []);
      this.byType.get(leaf.type).push(leaf);
    }
  }

  of(...types) {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  the(type) {
    return this.of(type)[0] ?? raise("leaf.missing", { rule: 5, where: `draw ${this.draw}`, type });
  }

  /** List something beside the verdict: somebody has to answer for it. */
  mark(code, rule, where, facts = {}) {
    this.marks.push(new Fault(code, { rule, where, ...facts }));
  }

  /** Whether the draw is one of zjcs-draw/2. */
  get isSecond() { return this.the("notice.published").alg !== "zjcs-draw/1"; }

  /** When a witness first cosigned a head over a leaf, as far as the file shows; Infinity: never. */
  seenAt(index) {
    let first = Infinity;
    for (const view of [this.sealView, this.closedView, this.finalView, ...this.heads]) {
      if (view && view.size > index) for (const time of view.times.values()) first = Math.min(first, time);
    }
    return first;
  }

  get notice() { return this.of("notice.amended").at(-1) ?? this.the("notice.published"); }
  get seal() { return this.the("entries.sealed"); }
  /** The type of the leaf that carries the order: a way that ranks has its own. */
  get resultType() { return this.the("notice.published").alg === "zjcs-rank/2" ? "ranking.result" : "draw.result"; }
  get result() { return this.the(this.resultType); }

  anchor(source, where) {
    return this.of("source.anchor").find((leaf) => leaf.source === source)
      ?? raise("anchor.missing", { rule: 3, where, source });
  }

  /** Owner of a chain: by pinned keys, or by the convention that `op-` chains are the operator's. */
  owner(source) {
    const { pinned, owner_of: owners, origin, witnesses } = this.keys;
    if (pinned) return Object.hasOwn(owners, source) ? owners[source] : origin;
    return source.startsWith("op-") ? origin : witnesses[0]?.name ?? "?";
  }

  get chains() { return this.notice.sources.filter(({ kind }) => kind === "chain").map(({ id }) => id); }

  get owners() {
    return [...new Set(this.chains.map((source) => this.owner(source)))].filter((name) => name !== this.keys.origin);
  }

  get ownerTimes() {
    return once(this, "ownerTimes", () => new Map(this.owners.map((name) => [name, this.sealView.times.get(name)
      ?? raise("cosignature.missing", { rule: 4, where: "seal.checkpoint", witness: name })])));
  }

  get time() {
    return Math.max(this.notice.draw_at, ...[...this.ownerTimes.values()].map((time) => time + GAP));
  }

  get entrants() { return once(this, "entrants", () => this.rows("entrants")); }
  get excluded() { return once(this, "excluded", () => this.rows("excluded")); }

  rows(key) {
    if (!("parts" in this.seal)) return this.seal[key] ?? [];
    const parts = new Map(this.of("entries.part").map((leaf) => [leaf.hash, leaf]));
    return this.seal.parts.flatMap((part) =>
      (parts.get(part) ?? raise("part.missing", { rule: 14, where: this.seal.where, part }))[key] ?? []);
  }

  get sources() { return once(this, "sources", () => resolve(this)); }
  get seed() {
    return once(this, "seed", () =>
      hashHex(seedText(this.draw, this.notice.hash, this.seal.hash, this.sources.map(transcript))));
  }

  /** Whether bids decide: then no row carries a quote. */
  get isAuction() { return AUCTIONS.includes(this.notice.rule); }
  get course() { return once(this, "course", () => replay(this)); }

  /** What each entrant on the list offers: ref -> fen. */
  get amounts() {
    return once(this, "amounts", () => {
      if (this.isAuction) {
        const { last } = this.course;
        return new Map(this.entrants.filter(({ no }) => last.has(no)).map(({ ref, no }) => [ref, last.get(no).amount]));
      }
      const { kind, ceiling = null } = this.notice.quote_rule ?? {};
      if (this.entrants.some((row) => !(kind in row))) raise("quote.promise", { where: this.notice.where });
      return new Map(this.entrants.map((row) => [row.ref, amountOf(kind, row[kind], ceiling)]));
    });
  }

  /** The full order: [{ref, ticket}], best first; of a way that ranks only equals have a ticket. */
  get ranking() {
    return once(this, "ranking", () => {
      if (this.resultType === "draw.result") return order(this.seed, this.entrants.map((row) => row.ref));
      return this.notice.rule === CREDIT ? shortlistRanking(this) : ORDERS[this.notice.rule](this.amounts, this.seed);
    });
  }
}

export function raise(code, facts) {
  throw new Fault(code, facts);
}

export function transcript({ plan, leaf, failed }) {
  if (failed) return { id: plan.id, failed_leaf: leaf.hash };
  const number = NUMBERED_BY[plan.kind];
  return { id: plan.id, [number]: leaf[number], value: leaf.value };
}

function resolve(draw) {
  const used = draw.notice.sources.map((plan) => valueOrFailure(draw, plan, due(draw, plan)));
  const spare = [...(draw.notice.fallback ?? [])];
  for (const failure of used.filter((each) => each.failed)) {
    for (let since = failure; since.failed;) {
      const plan = spare.shift()
        ?? raise("fallback.exhausted", { rule: 10, where: since.leaf.where, source: since.plan.id });
      const after = since.leaf.at + FALLBACK_DELAY;
      since = { ...valueOrFailure(draw, plan, plan.kind === "drand" ? drandRound(after) : null), after };
      used.push(since);
    }
  }
  return used;
}

function due(draw, plan) {
  if (plan.kind === "chain") return slotFor(draw.time, draw.anchor(plan.id, draw.notice.where));
  return plan.kind === "drand" ? drandRound(draw.time) : null;
}

function valueOrFailure(draw, plan, slot) {
  const [value] = draw.of("source.value").filter((leaf) => leaf.source === plan.id);
  const [failure] = draw.of(plan.kind === "chain" ? "source.lost" : "source.failed").filter((leaf) => leaf.source === plan.id);
  if (plan.kind === "chain" && value && failure && failure.index < value.index) {
    raise("lost.final", { rule: 10, where: value.where, source: plan.id });
  }
  if (value) {
    if (!(NUMBERED_BY[plan.kind] in value)) raise("value.kind", { rule: 3, where: value.where, source: plan.id });
    return { plan, leaf: value, due: slot, failed: false };
  }
  return failure ? { plan, leaf: failure, due: slot, failed: true }
    : raise("value.missing", { rule: 3, where: `draw ${draw.draw}`, source: plan.id });
}
