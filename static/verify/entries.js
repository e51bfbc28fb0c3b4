// Rules 6 and 16: nobody who entered vanishes, and nothing is entered once the entries are closed.
import { NO_BID } from "./bidding.js";
import { commitment, raise, SLACK } from "./case.js";
import { hex, join, sha256, unhex, utf8 } from "./sha256.js";

const DRAIN = 60, WITHIN = 120; // seconds: receipt to log, close to cosignature
const REASONS = [
  "agency.not_enrolled", "agency.not_active", "agency.suspended", "agency.no_line", "agency.line_closed", "agency.qualification_expired",
  "entry.excluded_since", "entry.above_new_ceiling", "entry.same_representative", "below_floor", "above_ceiling",
];
const unique = (values) => new Set(values).size === values.length;

/** Rule 6: nobody who entered vanishes, and each opening fits what was committed. */
export function entries(draw) {
  const { seal, entrants, excluded } = draw, received = draw.of("entry.received");
  const numbers = received.map((leaf) => leaf.no).sort((a, b) => a - b);
  if (numbers.some((no, i) => no !== i + 1)) raise("entry.numbers", { where: `draw ${draw.draw}`, numbers: numbers.length });
  for (const part of [entrants, excluded]) {
    if (part.some((row, i) => i > 0 && row.no < part[i - 1].no)) raise("entry.sorting", { rule: 1, where: seal.where });
  }
  const rows = [...entrants, ...excluded], unopened = draw.rows("unopened"), withdrawn = draw.of("entry.withdrawn");
  const ends = new Map();
  for (const { no } of [...rows, ...unopened, ...withdrawn]) ends.set(no, (ends.get(no) ?? 0) + 1);
  const [shut] = draw.of("entries.closed");
  for (const { no, index } of received) {
    const isVoid = shut !== undefined && index > shut.index;
    if ((ends.get(no) ?? 0) !== (isVoid ? 0 : 1)) {
      raise("entry.end", { rule: isVoid ? 16 : 6, where: seal.where, no, ends: ends.get(no) ?? 0 });
    }
    if (isVoid) draw.mark("entry.void", 16, `leaf ${index}`, { no });
    ends.delete(no);
  }
  for (const [no, times] of ends) raise("entry.end", { where: seal.where, no, ends: times });
  const byNumber = new Map(received.map((leaf) => [leaf.no, leaf]));
  for (const row of rows) {
    const entry = byNumber.get(row.no);
    if (commitment(draw.draw, row) !== entry.commit) raise("entry.commitment", { where: entry.where, no: row.no });
  }
  if (!unique(rows.map((row) => row.ref))) raise("entry.ref_twice", { where: seal.where });
  for (const leaf of withdrawn) {
    if (leaf.index <= byNumber.get(leaf.no).index) raise("entry.withdrawn_first", { where: leaf.where, no: leaf.no });
  }
  exclusions(draw);
  if (draw.isSecond) second(draw, received, withdrawn, byNumber);
  return `${received.length}, ${entrants.length}, ${excluded.length}`;
}

/** Who was left out has a known reason, and since /2 a leaf that proves it; what is not so is listed. */
function exclusions(draw) {
  const { index, where } = draw.seal;
  for (const { no, reason, leaf } of draw.excluded) {
    if (draw.isAuction && reason === NO_BID) continue; // held to the bids by rule 18
    if (!REASONS.includes(reason)) draw.mark("excluded.code", 6, where, { no, reason });
    else if (leaf === undefined || leaf >= index) draw.mark("excluded.unproved", 6, where, { no, reason });
  }
}

/** What /2 binds too: withdrawals open a token, receipts and the log agree, the seal counts. */
function second(draw, received, withdrawn, byNumber) {
  const hashes = received.flatMap(({ undo, again }) => (again === undefined ? [undo] : [undo, again]));
  if (!unique(hashes)) raise("entry.undo_twice", { where: `draw ${draw.draw}` });
  const places = new Set(received.map((leaf) => leaf.index));
  for (const { no, token, index, where } of withdrawn) {
    const opened = hex(sha256(join(utf8("zjcs/withdraw/1\n"), unhex(token)))), { undo, again } = byNumber.get(no);
    if (opened !== undo && !(opened === again && places.has(index + 1))) raise("entry.token", { where, no });
  }
  const { entry_close: close, drain_max: most } = draw.notice;
  for (const { at, received_at: came, no, where } of draw.of("entry.received", "entry.withdrawn")) {
    const seconds = at - came;
    if (seconds < -SLACK || seconds > most || at > close + most) raise("entry.waited", { where, no, seconds });
    if (seconds > DRAIN || at >= close) draw.mark("entry.late", 3, where, { no, seconds });
  }
  if (draw.seal.received !== received.length) {
    raise("seal.received", { where: draw.seal.where, count: draw.seal.received, entries: received.length });
  }
}

/** Rule 16: where the notice promises it, and since /2 always, the count is closed and cosigned before anything is opened. */
export function closed(draw) {
  const [leaf] = draw.of("entries.closed"), { entry_close: close, drain_max: most } = draw.notice, { isSecond } = draw;
  const isPromised = isSecond || draw.notice.price_decides === true;
  if (!leaf) return isPromised ? raise("closed.missing", { where: draw.notice.where }) : "";
  const { where } = leaf;
  if (!isPromised) draw.mark("closed.unpromised", 16, where);
  const entries = draw.of("entry.received").filter((entry) => entry.index < leaf.index).length;
  if (leaf.count !== entries || leaf.at < close) raise("closed.count", { where, count: leaf.count, entries });
  const behind = isSecond && draw.of("entry.received", "entry.withdrawn").find((entry) => entry.index > leaf.index);
  if (behind) raise("closed.after", { where: behind.where, closed: leaf.index });
  for (const witness of draw.owners) {
    const cosigned = draw.closedView.times.get(witness) ?? null;
    const isLate = cosigned > (isSecond ? leaf.at : close) + WITHIN;
    if (cosigned === null || cosigned < Math.max(close, leaf.at - (isSecond ? SLACK : 0)) || (isLate && !isSecond)) {
      raise("closed.time", { where, witness, cosigned, close });
    }
    if (isLate) draw.mark("closed.late", 16, where, { witness, cosigned });
  }
  if (isSecond && leaf.at > close + most) draw.mark("closed.late", 16, where, { witness: "-", cosigned: leaf.at });
  return String(entries);
}
