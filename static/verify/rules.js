// The rules of docs/rules.md#draw, one function a rule; each throws a Fault or says what it saw.
import { Fault, jcs, locate, Undecided } from "./canonical.js";
import {
  DRAND_CHAIN, drandRound, drandTime, GAP, hashDown, level, PART_ROWS, QUOTES, raise, SLACK, slotFor,
} from "./case.js";
import { after } from "./after.js";
import { auction } from "./bidding.js";
import { closed, entries } from "./entries.js";
import { verifyRound } from "./drand.js";
import { parseNote, requireChecked, signedBy, unchecked } from "./note.js";
import { sealedQuotes } from "./quoting.js";
import { reference } from "./ranked.js";
import { choiceStands, CREDIT, creditStands } from "./shortlisted.js";
import { hashHex, hex, sha256, unhex } from "./sha256.js";

const ONCE = ["notice.published", "entries.sealed", "draw.result", "ranking.result", "entries.closed", "result.final", "draw.postponed"];
const BREAKS = 25; // days of a year, at the most, on which no lottery is drawn
const FOR_GOOD = ["winners", "reserves", "level", "price_decides", "rule", "rulebook", "quote_rule", "sealed_quotes", "keys2", "drain_max", "credit", "shortlist"];
const unique = (values) => new Set(values).size === values.length;

function first(draw) {
  for (const type of ONCE) {
    const [one, second] = draw.of(type);
    if (second) raise("leaf.second", { where: second.where, type, first: one.index });
  }
  return `${draw.the("notice.published").index}, ${draw.seal.index}, ${draw.result.index}`;
}

export function anchors(draw) {
  const { pinned: isPinned, anchors: known } = draw.keys, { chains, notice } = draw;
  if (!isPinned) return "anchors_claimed";
  for (const source of chains) {
    const leaf = draw.anchor(source, notice.where), { where } = leaf;
    if (!Object.hasOwn(known, source)) raise("keys.no_anchor", { where, source });
    const whole = typeof known[source] === "string" ? { anchor: known[source] } : known[source];
    for (const [key, pinned] of Object.entries(whole)) {
      const found = key === "hash" ? "sha256" : leaf[key]; // a leaf's `hash` is its own here; the table knows one kind
      if (found !== pinned) raise(key === "anchor" ? "keys.anchor" : "keys.anchor_part", { where, source, key, pinned, found });
    }
  }
  for (const source of chains.filter((each) => typeof known[each] === "string")) {
    if (draw.owner(source) !== draw.keys.origin) throw new Undecided("keys.bare_anchor", { where: "keys.json", source });
    draw.mark("keys.bare_anchor", 13, "keys.json", { source }); // he who could misstate it made it himself
  }
  return chains.length ? "anchors_pinned" : "";
}

function allowed(draw) {
  const notices = [draw.the("notice.published"), ...draw.of("notice.amended")], [{ alg, index, where }] = notices;
  for (const leaf of notices) if (leaf.alg !== alg) raise("notice.other_alg", { rule: 7, where: leaf.where, alg: leaf.alg });
  const row = (draw.keys.alg_from ?? []).filter((each) => index >= each.index).at(-1);
  if (row && !row.algs.includes(alg)) raise("notice.alg", { where, alg, allowed: row.algs.join(", ") });
  return alg;
}

function size(draw) {
  const { seal, result, entrants } = draw, kinds = ["entrants", "excluded", ...(draw.isSecond ? ["unopened"] : [])];
  const rows = kinds.reduce((sum, kind) => sum + draw.rows(kind).length, 0), parts = draw.of("entries.part");
  if ("parts" in seal !== rows > PART_ROWS) raise("part.needed", { where: seal.where, rows });
  if (parts.length !== (seal.parts ?? []).length) raise("part.extra", { where: parts.at(-1)?.where ?? seal.where });
  parts.forEach((part, i) => {
    const held = kinds.reduce((sum, kind) => sum + (part[kind] ?? []).length, 0);
    const expected = i < parts.length - 1 ? PART_ROWS : rows - PART_ROWS * i;
    if (part.part !== i + 1 || part.hash !== seal.parts[i] || held !== expected) {
      raise("part.order", { where: part.where, part: part.part });
    }
  });
  if ((seal.count ?? rows) !== rows) raise("part.count", { where: seal.where, count: seal.count, rows });
  if ("order_sha256" in result !== entrants.length > PART_ROWS) raise("result.digest_needed", { where: result.where });
  return String(rows);
}

/** What stays of an auction through amendments: all but its instants, and their distances. */
function distances({ auction: { start = 0, ...said } = {} }) {
  const ends = ["first_end", "hard_stop"].filter((key) => key in said).map((key) => [key, said[key] - start]);
  return { ...said, ...Object.fromEntries(ends) };
}

function amendments(draw) {
  const plan = (leaf) => jcs([leaf.sources.map(({ id, kind }) => [id, kind]), ["project", "predecessor", "fallback"].map((key) => leaf[key] ?? null)]);
  const entered = Math.min(...draw.of("entry.received").slice(0, 1).map((leaf) => leaf.index));
  let before = draw.the("notice.published");
  for (const leaf of draw.of("notice.amended")) {
    for (const key of ["entry_close", "draw_at"]) {
      if (leaf[key] < before[key]) raise("amendment.earlier", { where: leaf.where, key, old: before[key], new: leaf[key] });
    }
    if (leaf.at >= before.entry_close || leaf.index <= before.index || leaf.index >= draw.seal.index) {
      raise("amendment.late", { where: leaf.where, at: leaf.at, close: before.entry_close });
    }
    if (plan(leaf) !== plan(before)) raise("amendment.sources", { where: leaf.where });
    for (const key of FOR_GOOD) {
      if (jcs(leaf[key] ?? null) !== jcs(before[key] ?? null)) raise("amendment.terms", { where: leaf.where, key });
    }
    if (jcs(distances(leaf)) !== jcs(distances(before))) raise("amendment.terms", { where: leaf.where, key: "auction" });
    if (entered < leaf.index && leaf.notice_sha256 !== before.notice_sha256) draw.mark("amendment.text", 7, leaf.where);
    const seen = draw.seenAt(leaf.index);
    if (draw.isSecond && seen >= before.entry_close) raise("amendment.unseen", { where: leaf.where, close: before.entry_close, seen });
    before = leaf;
  }
  return String(draw.of("notice.amended").length);
}

function cosigned(draw) {
  const close = draw.notice.entry_close, sealed = draw.seal.at, latest = draw.time - GAP;
  for (const [witness, time] of draw.ownerTimes) {
    if (!(close <= sealed && sealed <= time && time <= latest)) {
      raise("cosignature.time", { where: "seal.checkpoint", witness, close, sealed, cosigned: time, latest });
    }
  }
  return [...draw.ownerTimes].map(([name, time]) => `${name} ${time}`).join(", ");
}

function slots(draw) {
  const { notice, time } = draw, at = notice.draw_at;
  if (at < notice.entry_close + GAP) raise("slot.too_soon", { where: notice.where, draw_at: at, close: notice.entry_close });
  for (const source of notice.sources) {
    if (source.kind === "chain") {
      const anchor = draw.anchor(source.id, notice.where);
      if ((at - anchor.genesis) % anchor.period) raise("slot.boundary", { where: notice.where, source: source.id, draw_at: at });
      const expected = locate(() => slotFor(at, anchor), notice.where);
      if (source.slot !== expected) {
        raise("slot.plan", { where: notice.where, source: source.id, slot: source.slot, expected });
      }
    } else if (source.kind === "drand" && source.round !== drandRound(at)) {
      raise("round.plan", { where: notice.where, round: source.round, expected: drandRound(at) });
    }
  }
  const postponed = draw.of("draw.postponed");
  if ((time !== at) !== postponed.length > 0 || postponed.some((leaf) => leaf.draw_at !== time)) {
    raise("slot.postponed", { where: (postponed[0] ?? notice).where, draw_at: at, time });
  }
  for (const { plan, leaf, failed, due } of draw.sources) {
    if (plan.kind === "chain" && !failed && leaf.slot !== due) {
      raise("slot.value", { where: leaf.where, slot: leaf.slot, expected: due });
    }
  }
  return `T=${time}`;
}

/** Every chain was anchored once, before the notice; no source stands in it twice. */
export function anchorsFirst(draw, { index }) {
  const anchored = draw.of("source.anchor"), { notice: { sources, fallback = [], where } } = draw;
  for (const key of ["source", "anchor"]) {
    if (!unique(anchored.map((leaf) => leaf[key]))) raise("anchor.twice", { where: anchored.at(-1).where, key });
  }
  for (const leaf of anchored) if (leaf.index >= index) raise("anchor.late", { where: leaf.where, notice: index });
  if (!unique([...sources, ...fallback].map(({ id }) => id))) raise("source.twice", { where });
}

function logOrder(draw) {
  const published = draw.the("notice.published"), { seal, result, notice } = draw, close = notice.entry_close;
  anchorsFirst(draw, published);
  for (const leaf of draw.of("entry.received", "entry.withdrawn", "entries.part", "entries.closed")) {
    if (leaf.index <= published.index || leaf.index >= seal.index) {
      raise("order.entry", { where: leaf.where, notice: published.index, seal: seal.index });
    }
    const at = leaf.received_at ?? leaf.at;
    if (leaf.type.startsWith("entry.") && at >= close) raise("order.after_close", { where: leaf.where, at, close });
  }
  if (seal.at < close) raise("order.seal_before_close", { where: seal.where, at: seal.at, close });
  valuesBetween(draw);
  const last = Math.max(result.index, ...draw.of("result.skip").map((leaf) => leaf.index));
  for (const leaf of draw.of("result.skip", "result.final")) {
    if (leaf.index <= result.index || (leaf.type === "result.final" && leaf.index <= last)) {
      raise("order.after_result", { where: leaf.where, result: result.index });
    }
  }
  return String(draw.leaves.length);
}

// In zjcs-draw/1 an entry names when its form was received, and it may have waited in line for five minutes.
const lag = (leaf) => (leaf.type.startsWith("entry.") && leaf.received_at === undefined ? 300 + SLACK : SLACK);

function instants(draw) {
  let before = 0;
  const shut = draw.of("entries.closed")[0]?.index ?? Infinity;
  for (const leaf of draw.leaves) {
    const { at, where } = leaf;
    const isVoid = leaf.type.startsWith("entry.") && leaf.index > shut; // it counts for nothing
    if (at === undefined || isVoid) continue;
    if (at < before - lag(leaf)) raise("at.back", { where, at, before });
    const seen = draw.seenAt(leaf.index);
    if (at > seen + SLACK) raise("at.future", { where, at, seen });
    before = Math.max(before, at);
  }
  return String(before);
}

function valuesBetween(draw) {
  const sealed = draw.sealView.size, leaves = draw.sources.map((used) => used.leaf);
  const values = leaves.filter((leaf) => leaf.type === "source.value");
  for (const leaf of values) {
    if (leaf.index < sealed || leaf.index >= draw.result.index) {
      raise("order.value", { where: leaf.where, sealed, result: draw.result.index });
    }
  }
  const firstValue = values.reduce((least, leaf) => Math.min(least, leaf.index), Infinity);
  for (const leaf of draw.of("draw.postponed")) {
    if (leaf.index <= draw.seal.index || leaf.index >= firstValue) raise("order.postponed", { where: leaf.where, seal: draw.seal.index, value: firstValue });
  }
  if (!unique(values.map((leaf) => leaf.value))) raise("value.equal", { where: values.at(-1).where });
  const extra = draw.of("source.value").find((leaf) => !leaves.includes(leaf));
  if (extra) raise("value.twice", { where: extra.where, source: extra.source });
}

function quotes(draw) {
  const rows = [...draw.entrants, ...draw.excluded];
  if (draw.isAuction) {
    const odd = rows.find((row) => QUOTES.some((key) => key in row));
    return odd ? raise("quote.auction", { where: draw.seal.where, no: odd.no }) : "0";
  }
  for (const row of rows) {
    const keys = QUOTES.filter((key) => key in row);
    if (keys.length > 1) raise("quote.twice", { where: draw.seal.where, no: row.no, keys: keys.join("+") });
    if (!keys.length) raise("quote.none", { where: draw.seal.where, no: row.no });
  }
  const commits = rows.filter((row) => "quote_commit" in row).map((row) => row.quote_commit);
  if (!unique(commits)) raise("quote.salt", { where: draw.seal.where });
  return String(commits.length);
}

export async function values(draw) {
  for (const { kind } of draw.notice.fallback ?? []) {
    if (kind !== "drand" && kind !== "lottery") raise("fallback.kind", { where: draw.notice.where, kind });
  }
  for (const used of draw.sources) {
    if (used.failed) {
      await failure(draw, used);
    } else if (used.plan.kind === "chain") {
      const { leaf } = used, { anchor } = draw.anchor(used.plan.id, leaf.where);
      if (hashDown(leaf.value, leaf.slot) !== anchor) {
        raise("value.anchor", { where: leaf.where, slot: leaf.slot, value: leaf.value, anchor });
      }
    }
  }
  const unsigned = draw.sources.find(({ failed, plan, leaf }) => failed && plan.kind === "drand" && leaf.note === undefined);
  if (unsigned) draw.mark("failure.unsigned", 10, unsigned.leaf.where, { round: unsigned.leaf.round });
  return draw.sources.filter((used) => !used.failed).map((used) => used.plan.id).join(", ");
}

async function failure(draw, { leaf, plan, due }) {
  const { where } = leaf;
  if (leaf.index <= draw.seal.index || leaf.index >= draw.result.index) raise("failure.order", { where });
  let dueAt;
  if (plan.kind === "chain") {
    const anchor = draw.anchor(plan.id, where);
    dueAt = anchor.genesis + leaf.slot * anchor.period;
    if (leaf.slot > due) raise("failure.slot", { where, slot: leaf.slot });
    const signers = await twoSigners(draw, leaf, `zjcs/source.lost/1\n${leaf.source}\n${leaf.slot}\n`);
    if (!signers.has(draw.owner(leaf.source))) raise("lost.signers", { where, signers: [...signers].join(",") });
  } else if (plan.kind === "drand" && leaf.round === due) {
    dueAt = drandTime(leaf.round);
    if (leaf.note !== undefined) await twoSigners(draw, leaf, `zjcs/source.failed/1\n${leaf.source}\n${leaf.round}\n`);
  } else {
    raise("failure.round", { where, round: leaf.round, expected: due });
  }
  if (leaf.at < dueAt + 86400) raise("failure.early", { where, at: leaf.at, due: dueAt });
}

async function twoSigners(draw, leaf, text) {
  const note = locate(() => parseNote(leaf.note), leaf.where, 10);
  const before = unchecked.count, signers = new Set();
  for (const key of [...draw.keys.log, ...draw.keys.witnesses]) {
    try {
      if ((await signedBy(note, key)) !== null) signers.add(key.name);
    } catch (fault) {
      throw fault instanceof Fault ? fault.at(leaf.where, 10) : fault;
    }
  }
  if (note.text !== text) raise("lost.text", { where: leaf.where });
  if (signers.size < 2) raise("lost.signers", { where: leaf.where, signers: [...signers].join(",") });
  requireChecked(before);
  return signers;
}

export async function beacons(draw) {
  const open = [];
  for (const { plan, leaf, failed, due, after: since } of draw.sources) {
    const { where } = leaf;
    if (plan.kind === "drand") {
      if (plan.chain !== DRAND_CHAIN) raise("drand.chain", { where, chain: plan.chain });
      if (failed) continue;
      if (leaf.round !== due) raise("drand.round", { where, round: leaf.round, expected: due });
      if (hex(sha256(unhex(leaf.signature))) !== leaf.value) raise("drand.value", { where });
      const verdict = await verifyRound(leaf.round, leaf.signature);
      if (verdict === null) open.push(new Undecided("drand.no_library", { where, round: leaf.round }));
      else if (!verdict) raise("drand.signature", { where, round: leaf.round });
    } else if (plan.kind === "lottery") {
      lotterySpelling(leaf);
      const time = since ?? draw.time;
      if (!mayBeFirstIssue(leaf.issue, time)) raise("lottery.issue", { where, issue: leaf.issue, time });
      if (!draw.lottery.includes(leaf.value)) open.push(new Undecided("lottery.compare", { where, value: leaf.value }));
    }
  }
  if (open.length) throw open[0];
  return draw.sources.filter((used) => used.plan.kind !== "chain").map((used) => used.plan.id).join(", ");
}

/** Whether an issue can be the first one drawn after `time`: one a day but for the breaks of a festival, numbered anew each year. */
function mayBeFirstIssue(issue, time) {
  const day = Math.floor((time + 8 * 3600) / 86400), number = Number(issue.slice(4));
  const earliest = Date.UTC(Number(issue.slice(0, 4)), 0, 1) / 86400000 + number - 1;
  return number >= 1 && Math.abs(earliest - day) <= BREAKS;
}

function lotterySpelling({ issue, value, where }) {
  const [, number, text] = /^kl8\/(20[0-9]{5})\/([0-9.]+)\/$/.exec(value) ?? [];
  const numbers = (text ?? "").split(".");
  const good = number === issue && numbers.length === 20 && numbers.every((each) => /^[1-9][0-9]?$/.test(each))
    && numbers.every((each, i) => i === 0 || +numbers[i - 1] < +each) && +numbers.at(-1) <= 80;
  if (!good) raise("value.lottery", { rule: 1, where, issue, value });
}

function result(draw) {
  const leaf = draw.result, { where } = leaf, refs = draw.ranking.map((row) => row.ref);
  if (leaf.seed !== draw.seed) raise("result.seed", { where, found: leaf.seed, computed: draw.seed });
  oneResult(draw, leaf);
  if (jcs(leaf.order) !== jcs(refs.slice(0, PART_ROWS))) raise("result.order", { where, computed: refs.slice(0, 5).join(",") });
  if (leaf.order_sha256 !== undefined && leaf.order_sha256 !== hashHex(jcs(refs))) raise("result.order_sha256", { where });
  return leaf.type === "draw.result" ? draw.seed : ranked(draw);
}

/** The order stands in the leaf of its protocol alone, follows the notice's rule, and names as many winners as the notice. */
function oneResult(draw, leaf) {
  const [other] = draw.of("draw.result", "ranking.result").filter((each) => each !== leaf), way = draw.notice.rule ?? "random";
  if (other || (way === "random") !== (leaf.type === "draw.result")) {
    raise("result.rule", { where: (other ?? draw.notice).where, way, type: (other ?? leaf).type });
  }
  const { winners = draw.notice.winners } = leaf;
  if (winners !== draw.notice.winners) raise("result.winners", { where: leaf.where, found: winners });
}

/** What ranked: the rule, the price by which everybody is measured, how many a lot has placed. */
function ranked(draw) {
  const { rule } = draw.notice, price = reference(rule, draw.amounts), placed = draw.ranking.filter(({ ticket }) => ticket).length;
  const shown = price === null ? "-" : `${price / 100n}.${String(price % 100n).padStart(2, "0")}`;
  return `${rule}; ${shown}; ${placed}`;
}

function labelled(draw) {
  const good = draw.sources.filter((used) => !used.failed);
  const owners = new Set(good.filter((used) => used.plan.kind === "chain").map((used) => draw.owner(used.plan.id)));
  const timely = [...draw.sealView.times.values()].filter((time) => time >= draw.seal.at && time <= draw.time - GAP);
  const computed = level(owners.size, draw.ownerTimes.size > 0, good.some((used) => used.plan.kind !== "chain"), timely.length);
  if (draw.level !== computed) raise("level.label", { where: "level", label: draw.level, computed });
  const kinds = draw.notice.sources.map((source) => source.kind);
  const chains = kinds.filter((kind) => kind === "chain").length;
  const reach = level(chains, true, chains < kinds.length, 2), claimed = draw.notice.level;
  if (claimed !== undefined && claimed > reach) raise("level.plan", { where: draw.notice.where, claimed, reach });
  const least = draw.keys.least_level ?? "S0";
  if (computed < least) throw new Undecided("level.least", { where: "level", computed, least });
  return computed;
}

function relisting(draw) {
  const { predecessor, project, where } = draw.notice;
  if (predecessor !== undefined && (project === undefined || predecessor === draw.draw)) raise("notice.predecessor", { where });
  return predecessor ?? "";
}

// step name, number of the rule, check: in the order in which a page ticks them off
export const RULES = [
  ["first", 5, first], ["alg", 13, allowed], ["anchors", 13, anchors], ["size", 14, size], ["amendments", 7, amendments],
  ["cosigned", 4, cosigned], ["slots", 2, slots], ["log_order", 3, logOrder], ["closed", 16, closed],
  ["quotes", 15, quotes], ["entries", 6, entries], ["sealed_quotes", 17, sealedQuotes], ["auction", 18, auction],
  ["values", 10, values], ["beacons", 9, beacons],
  ["result", 11, result], ["level", 8, labelled], ["after", 11, after], ["instants", 3, instants], ["relisting", 12, relisting],
];
const BEFORE_VALUES = RULES.findIndex(([name]) => name === "values");
const SHORTLISTED = [
  ...RULES.slice(0, BEFORE_VALUES), ["credit", 16, creditStands], ...RULES.slice(BEFORE_VALUES), ["choice", 16, choiceStands],
];

/** The steps of a draw, by the rule of its notice. */
export const rulesOf = (draw) => (draw.notice.rule === CREDIT ? SHORTLISTED : RULES);
