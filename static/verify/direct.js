// 直接选取: the list that an owner chooses from, and what became of the choice (ADR 0044). The twin of verify/zjcs/direct.py:
// people choose, arithmetic orders the list.
import { raise } from "./case.js";
import { requireSeen } from "./keys.js";
import { hashHex } from "./sha256.js";

const NEAR = 5, WINNERS = 1, FULL = 10000;
const ONCE = ["notice.published", "direct.listed", "ranking.result", "result.final"];
const halfUp = (number, by) => Math.floor((2 * number + by) / (2 * by));
const said = (refs) => refs.join(",") || "-";

/** The ticket (hex) of an agency on a day (YYYY-MM-DD): it orders lists and never selects. */
export const dayTicket = (day, ref) => hashHex(`zjcs-draw/1/day\n${day}\n${ref}`);

/** The score of one agency: figures in hundredths, drawn to the platform's mean; weights in points. */
export function total({ completed, stars, on_time: punctual }, { prior, weights, cap }) {
  const count = prior.matters + completed;
  const drawn = (mean, own) => prior.matters * mean + completed * (own ?? mean);
  const scores = {
    evaluation: halfUp(20 * drawn(prior.stars, stars), count),
    on_time: halfUp(drawn(prior.on_time, punctual), count),
    completed: halfUp(Math.min(completed, cap) * FULL, cap),
  };
  return Object.entries(scores).reduce((sum, [name, score]) => sum + halfUp(score * weights[name] * 100, FULL), 0);
}

/** The refs in the order in which an owner is shown them. `rows`: [{ref, new, completed, ...}]; `rule`: the notice's. */
export function listOrder(rows, rule) {
  const known = new Map(rows.map((row) => [row.ref, { total: total(row, rule), ticket: dayTicket(rule.day, row.ref), isNew: row.new }]));
  const refs = [...known.keys()].sort((a, b) => {
    const [one, other] = [known.get(a), known.get(b)];
    return other.total - one.total || (one.ticket < other.ticket ? -1 : 1);
  });
  const fresh = refs.filter((ref) => known.get(ref).isNew);
  if (!fresh.length || refs.slice(0, NEAR).some((ref) => known.get(ref).isNew)) return refs;
  const first = fresh.reduce((best, ref) => (known.get(ref).ticket < known.get(best).ticket ? ref : best));
  const others = refs.filter((ref) => ref !== first);
  return [...others.slice(0, NEAR - 1), first, ...others.slice(NEAR - 1)];
}

function listStands(draw) {
  for (const type of ONCE) {
    const [one, second] = draw.of(type);
    if (second) raise("leaf.second", { where: second.where, type, first: one.index });
  }
  const head = draw.the("direct.listed"), rows = joined(draw, head), refs = rows.map(({ ref }) => ref);
  const isCounted = rows.every(({ place }, index) => place === index + 1);
  if (!isCounted || new Set(refs).size !== refs.length) raise("direct.places", { where: head.where });
  const notice = draw.the("notice.published"), computed = listOrder(rows, notice);
  const at = refs.findIndex((ref, index) => ref !== computed[index]);
  if (at >= 0) raise("direct.order", { where: head.where, place: at + 1, found: refs[at], computed: computed[at] });
  return `${rows.length}; ${notice.day}`;
}

function joined(draw, head) {
  if ("rows" in head) return head.rows;
  const parts = draw.of("direct.part").filter(({ index }) => index < head.index), rows = parts.flatMap((part) => part.rows);
  const fits = parts.length === head.parts.length && rows.length === head.count
    && parts.every(({ hash, part }, index) => hash === head.parts[index] && part === index + 1);
  return fits ? rows : raise("direct.parts", { where: head.where });
}

const inOrder = (draw, ...types) => types.flatMap((type) => draw.of(type)).sort((a, b) => a.index - b.index);

function offers(draw) {
  const listed = new Set(joined(draw, draw.the("direct.listed")).map(({ ref }) => ref)), asked = [];
  let waiting = null, accepted = null;
  for (const { type, ref, where, accepted: accepts } of inOrder(draw, "direct.offered", "direct.answered")) {
    if (type === "direct.offered") {
      const isFree = waiting === null && accepted === null;
      if (!isFree || asked.includes(ref) || !listed.has(ref)) raise("direct.offer", { where, ref });
      asked.push(ref);
      waiting = ref;
    } else {
      if (waiting !== ref) raise("direct.answer", { where, ref });
      accepted = accepts ? ref : null;
      waiting = null;
    }
  }
  return { asked, accepted };
}

function choiceStands(draw) {
  const { asked, accepted } = offers(draw);
  return `${said(asked)}; ${accepted ?? "-"}`;
}

function resultStands(draw) {
  const { accepted } = offers(draw), expected = accepted === null ? [] : [accepted], found = draw.of("ranking.result");
  for (const { where, order, winners } of found) {
    if (!expected.length || said(order) !== said(expected) || winners !== WINNERS) raise("direct.result", { where, found: order.join(",") });
  }
  let standing = found.length ? expected : [];
  for (const leaf of inOrder(draw, "result.skip", "result.final")) {
    if (!found.length) raise("leaf.missing", { where: leaf.where, type: "ranking.result" });
    standing = followed(leaf, standing);
  }
  return said(standing);
}

function followed({ type, where, rank, ref, winners }, standing) {
  if (type === "result.skip") {
    if (rank !== 1 || said(standing) !== ref) raise("skip.rank", { where, rank, ref });
    return [];
  }
  if (said(winners) !== said(standing)) raise("final.winners", { where, found: winners.join(","), computed: standing.join(",") });
  return standing;
}

function headSeen(draw) {
  const { size, times } = draw.finalView;
  requireSeen(draw.keys, times, "checkpoint");
  return String(size);
}

/** The steps of a check: [name, rule, what it does]. */
export const CHOICE = [
  ["direct_list", 16, listStands], ["direct_choice", 16, choiceStands], ["direct_result", 16, resultStands], ["head", 11, headSeen],
];
