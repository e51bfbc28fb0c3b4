// 信用择优: credit fixed before anybody entered, the lottery by it, the owner's choice among the few that it gave. The twin of
// verify/zjcs/shortlisted.py. Marks are hundredths of a point; who has none is given the mean.
import { Fault, jcs } from "./canonical.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import { hashHex } from "./sha256.js";

export const CREDIT = "credit_shortlist";
const EMPTY = "-", START = 7000, STEP = 500; // a weight at least, one more for each 5 points above 70

const raise = (code, facts = {}) => {
  throw new Fault(code, facts);
};
const compared = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** The ticket (hex) of one weight of an agency, numbered from 1. */
export const ballTicket = (seed, ref, ball) => hashHex(`zjcs-draw/1/ball\n${seed}\n${ref}\n${ball}`);

/** The lottery: `marks` ref -> hundredths or null. Gives {longlist, order: [{ref, ticket}], shortlist}; tickets are each one's lowest. */
export function lottery({ longlist: longest, shortlist: shortest }, mean, marks, seed) {
  const used = new Map([...marks].map(([ref, own]) => [ref, own ?? mean]));
  const sorted = [...used.keys()].sort((a, b) => used.get(b) - used.get(a) || compared(a, b));
  const least = used.get(sorted[Math.min(longest, sorted.length) - 1]);
  const longlist = sorted.filter((ref) => used.get(ref) >= least);
  const order = longlist.map((ref) => {
    const balls = Math.max(1, Math.floor((used.get(ref) - START) / STEP) + 1);
    const tickets = Array.from({ length: balls }, (_, place) => ballTicket(seed, ref, place + 1));
    return { ref, ticket: tickets.sort(compared)[0], balls };
  }).sort((a, b) => compared(a.ticket, b.ticket));
  return { longlist, order, shortlist: order.slice(0, shortest).map(({ ref }) => ref) };
}

export const rowsOf = (draw) => draw.of("credit.frozen").flatMap((leaf) => leaf.rows);
const choiceOf = (draw) => draw.of("owner.chose")[0]?.ref ?? null;

function marksOf(draw) {
  const rows = new Map(rowsOf(draw).map((row) => [row.no, row]));
  return new Map(draw.entrants.map(({ no, ref }) => [ref, (rows.get(no) ?? raise("credit.row", { no })).marks ?? null]));
}

function promised(draw) {
  const { notice } = draw, { shortlist, credit, where } = notice;
  if (!credit || !shortlist || shortlist.shortlist >= shortlist.longlist) raise("credit.promise", { where });
  return { lists: shortlist, credit };
}

const drawn = (draw) => {
  const { lists, credit } = promised(draw);
  return lottery(lists, credit.mean, marksOf(draw), draw.seed);
};

/** The order of a case: the chosen one, then the lottery's order. */
export function shortlistRanking(draw) {
  const { order, shortlist } = drawn(draw), chosen = choiceOf(draw);
  if (chosen !== null && !shortlist.includes(chosen)) raise("choice.outside", { ref: chosen });
  const rows = order.map(({ ref, ticket }) => ({ ref, ticket }));
  return chosen === null ? rows : [...rows.filter(({ ref }) => ref === chosen), ...rows.filter(({ ref }) => ref !== chosen)];
}

/** Every entry has one row of the credit that the notice has fixed, behind the closed count and before any key of the quotes. */
export function creditStands(draw) {
  const refs = new Map([...draw.entrants, ...draw.excluded, ...draw.rows("unopened")].map(({ no, ref }) => [no, ref]));
  return frozenStand(draw, promised(draw).credit, refs, draw.seal);
}

/** The same of any way: `refs` of all entries that stood at the close, by number; `seal` the leaf of their list. */
export function frozenStand(draw, credit, refs, seal) {
  const closed = draw.the("entries.closed"), leaves = draw.of("credit.frozen"), rows = rowsOf(draw);
  const keys = draw.of("quote.key").map(({ index }) => index), before = keys.length ? Math.min(...keys) : seal.index;
  for (const { index, where } of leaves) {
    if (!(closed.index < index && index < before)) raise("credit.place", { where, closed: closed.index, before });
  }
  const { where } = leaves[0] ?? seal, numbers = new Set(rows.map(({ no }) => no));
  if (rows.length !== refs.size || numbers.size !== rows.length || rows.some(({ no }) => !refs.has(no))) {
    raise("credit.rows", { where, rows: rows.length, entries: refs.size });
  }
  for (const row of rows) rowStands(draw, where, refs.get(row.no), row, credit);
  const placed = rows.filter((row) => "place" in row).map(({ place }) => place);
  if (new Set(placed).size !== placed.length) raise("credit.place_twice", { where });
  const fresh = rows.filter((row) => !("marks" in row)).length;
  return `${rows.length - fresh} + ${fresh}; ${(credit.mean / 100).toFixed(2)}`;
}

function rowStands(draw, where, ref, row, { count, sha256 }) {
  if (!("salt" in row)) {
    draw.mark("credit.later", 16, where, { ref });
    return;
  }
  const said = { draw: draw.draw, ref, salt: row.salt, ...("marks" in row && { marks: row.marks }) };
  try {
    verifyInclusion(leafHash(`zjcs-rank/2/credit\n${jcs(said)}`), row.place, count, row.path, sha256);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    raise("credit.other", { where, no: row.no, ref });
  }
}

/** The shortlist stood on the log before the owner chose, the choice lies in it, silence did what the notice had said. */
export function choiceStands(draw) {
  for (const type of ["shortlist.drawn", "owner.chose"]) {
    const [one, second] = draw.of(type);
    if (second) raise("leaf.second", { where: second.where, type, first: one.index });
  }
  const listed = draw.the("shortlist.drawn"), { shortlist } = drawn(draw), [chose] = draw.of("owner.chose"), { result } = draw;
  if (listed.seed !== draw.seed || jcs(listed.order) !== jcs(shortlist)) {
    raise("choice.shortlist", { where: listed.where, computed: shortlist.join(",") });
  }
  const end = chose ?? result;
  if (!(listed.index < end.index && end.index <= result.index)) raise("choice.order", { where: end.where, listed: listed.index });
  if (chose) {
    const { ref, at, where } = chose;
    if (!listed.order.includes(ref)) raise("choice.outside", { where, ref });
    if (at > listed.choose_by) draw.mark("choice.late", 16, where, { at, until: listed.choose_by });
    return ref;
  }
  if (promised(draw).lists.silence !== "first") raise("choice.silence", { where: result.where });
  if (result.at < listed.choose_by) raise("choice.early", { where: result.where, at: result.at });
  return EMPTY;
}
