// The leaf types of zjcs-draw/2 and zjcs-rank/2 (ADR 0018): those of /1, some with more keys, and what is new.
import { EXCLUDED, LEAVES, notice, ROW, SOURCE } from "./leaves_1.js";
import { anyOf, CODE, H32, HASH, ID, is, LEVEL, list, NOTE, NUMBER, REF, shape, SLOT, text, TIME, whole } from "./shapes.js";

const LOWER = text(/^[a-z0-9][a-z0-9._:/-]{0,63}$/), LABEL = text(/^[a-z0-9][a-z0-9-]{0,31}$/);
const HOLDER = text(/^[^\n]{1,200}$/), POINT = text(/^04[0-9a-f]{128}$/), LOT = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/[a-z0-9][a-z0-9-]{0,31}$/);
const PERIOD = text(/^([0-9]{4}(-[0-9]{2}){0,2}|[0-9]{4}-Q[1-4])$/), DAY = text(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/);
const COUNT = whole(0, 100000), ROUND = whole(1, 2), SEAT = whole(1, 99), MARKS = whole(0, 10000), TRUTH = is(true, false);
const rows = (...shapes) => list(anyOf(...shapes), 0, 256);
const only = (fields) => [shape(fields)];

const KEY = shape({ id: HOLDER, note: text(/^[^]{1,1000}$/), pk: POINT });
const LOTTERY = shape({ id: ID, kind: is("lottery"), game: is("kl8"), issue: is("first-after") });
const PLANNED = anyOf(LOTTERY, shape({ id: ID, kind: is("chain"), slot: SLOT }),
  shape({ id: ID, kind: is("drand"), chain: HASH, round: whole(1) }));
const SPARE = anyOf(LOTTERY, shape({ id: ID, kind: is("drand"), chain: HASH }));
const DRAW = text(/^(?!.*\.price$)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

const notice2 = {
  ...notice, alg: is("zjcs-draw/2", "zjcs-rank/2"), draw: DRAW, drain_max: whole(0, 86400), project: ID, rule: LOWER,
  rulebook: shape({ version: whole(1), sha256: HASH }), sources: list(PLANNED, 1, 8),
};
const SEALED = shape({ keys: list(KEY, 1, 9), suite: text(/^[0-9a-f]{4}(-[0-9a-f]{4}){2}$/), t: whole(1, 9) });
const MS = whole(0, 2 ** 43), SECONDS = whole(0, 86400), FEN = whole(1, 1e15);
const auction = { ceiling: FEN, drain: SECONDS, floor: whole(0, 1e15), start: TIME, step: FEN };
const also2 = {
  predecessor: ID, level: LEVEL, fallback: list(SPARE, 1, 8),
  sealed_quotes: SEALED,
  keys2: list(KEY, 1, 9),
  quote_rule: shape({ kind: is("quote_fen", "rate_bp"), floor: whole(0) }, { ceiling: whole(0) }),
  credit: shape({ count: COUNT, mean: MARKS, sha256: HASH }),
  shortlist: shape({ longlist: whole(4, 20), shortlist: whole(2, 5), silence: is("fails", "first") }),
  auction: anyOf(shape({ ...auction, first_end: TIME, countdown: SECONDS, hard_stop: TIME }),
    shape({ ...auction, rounds: whole(1, 99), length: SECONDS, pause: SECONDS })),
};
const POINTS = whole(0, 100);
const DIRECT = shape({
  alg: is("zjcs-rank/2"), cap: whole(1, 1000), choose_by: TIME, day: DAY, draw: DRAW, notice_sha256: HASH,
  prior: shape({ matters: whole(1, 1000), stars: whole(0, 500), on_time: MARKS }), project: ID, rule: is("direct"),
  rulebook: shape({ version: whole(1), sha256: HASH }), weights: shape({ completed: POINTS, evaluation: POINTS, on_time: POINTS }),
  winners: is(1),
}, { predecessor: ID });
const scored = {
  alg: is("zjcs-rank/2"), criteria: list(shape({ code: LOWER, weight: whole(1, 99), levels: list(POINTS, 3, 5) }), 1, 9), draw: DRAW,
  drain_max: whole(0, 86400), entry_close: TIME, jurors: is(1, 3, 5, 7), notice_sha256: HASH, pass_mark: POINTS,
  price: shape({ formula: is("low_first", "near_mean"), weight: whole(1, 99) }), project: ID,
  quote_rule: shape({ kind: is("quote_fen", "rate_bp"), floor: whole(0), ceiling: whole(1) }), reserves: whole(0, 100), rule: is("weighted"),
  rulebook: shape({ version: whole(1), sha256: HASH }), sealed_prices: SEALED, winners: is(1),
};
const UNDATED = anyOf(shape({ id: ID, kind: is("chain") }), shape({ id: ID, kind: is("drand"), chain: HASH }));
const alsoProposed = {
  predecessor: ID,
  experts: shape({
    category: text(/^[^\n]{1,60}$/), fallback: list(SPARE, 1, 8), gap: SECONDS, level: LEVEL, own: whole(0, 2), sources: list(UNDATED, 1, 8),
  }),
};
const alsoScored = {
  ...alsoProposed, credit: shape({ count: COUNT, mean: MARKS, sha256: HASH, weight: whole(1, 20) }),
  response: shape({ limit: whole(1, 3650), weight: whole(1, 10) }), sealed_proposals: SEALED,
};
const { price: _price, ...unpriced } = scored, proposed = {
  ...unpriced, quote_rule: shape({ kind: is("quote_fen"), floor: whole(0), ceiling: whole(1) }), criteria: list(shape({ code: LOWER, weight: whole(1, 100), levels: list(POINTS, 3, 5) }), 1, 9), rule: is("proposal"), sealed_proposals: SEALED,
};
const LISTED = shape({ completed: COUNT, new: TRUTH, place: NUMBER, ref: REF }, { on_time: MARKS, stars: whole(0, 500) });
const EXCLUDED2 = shape({ ...EXCLUDED.required, reason: LOWER }, { ...EXCLUDED.optional, leaf: whole(0) });
const UNOPENED = list(shape({ no: NUMBER, reason: LOWER, ref: REF })), lists = { excluded: list(EXCLUDED2), unopened: UNOPENED };
const OPENED = shape({ no: NUMBER, nonce: H32, salt: H32 },
  { quote_fen: whole(0), rate_bp: whole(0, 9999), proposal: HASH, proposal_b: HASH, response: NUMBER });
const FROZEN = shape({ no: NUMBER, path: list(HASH, 0, 17), place: COUNT, salt: H32 }, { marks: MARKS }), UNFROZEN = shape({ no: NUMBER });
const SHUT = shape({ no: NUMBER, unopened: LOWER }), parts = { count: NUMBER, parts: list(HASH, 2, 400) };
const second = { second: CODE }, halt = [shape({ at: TIME, draw: ID, reason: LOWER, by: CODE }, second)];
const failure = { at: TIME, by: CODE, note: NOTE, reason: LOWER, source: ID };

export const LEAVES_2 = {
  ...LEAVES,
  "notice.published": [shape(notice2, also2), DIRECT, shape(scored, alsoScored), shape(proposed, alsoProposed)],
  "notice.amended": [shape({ ...notice2, at: TIME }, also2), shape({ ...scored, at: TIME }, alsoScored),
    shape({ ...proposed, at: TIME }, alsoProposed)],
  "notice.paused": halt,
  "notice.cancelled": halt,
  "rulebook.approved": only({ at: TIME, by: CODE, second: CODE, sha256: HASH, version: whole(1) }),
  "entry.received": [shape({ at: TIME, received_at: TIME, commit: HASH, draw: ID, no: NUMBER, undo: HASH }, {
    again: HASH, box: HASH, sealed_by: is("browser", "tool", "server"), proposal: HASH, proposal_b: HASH, bid_key: HASH,
  })],
  "entry.withdrawn": only({ at: TIME, received_at: TIME, draw: ID, no: NUMBER, token: HASH }),
  "entries.closed": only({ at: TIME, count: COUNT, draw: ID }),
  "drain.cut": only({ at: TIME, count: COUNT, draw: ID }),
  "entries.part": [shape({ draw: ID, part: NUMBER }, { ...lists, entrants: list(ROW) })],
  "entries.sealed": [
    shape({ at: TIME, draw: ID, entrants: list(ROW, 0), received: COUNT }, lists),
    shape({ at: TIME, draw: ID, received: COUNT, ...parts })],
  "entries.listed": only({
    at: TIME, draw: ID, entrants: rows(shape({ no: NUMBER, ref: REF })),
    excluded: rows(shape({ by: CODE, no: NUMBER, reason: LOWER, ref: REF })), received: COUNT,
  }),
  "quote.key": only({ at: TIME, draw: text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,69}$/), id: HOLDER, sk: HASH }),
  "quote.explained": only({ at: TIME, draw: ID, no: NUMBER, sha256: HASH, by: CODE, accepted: TRUTH }),
  "quote.escrowed": only({ at: TIME, by: CODE, id: HOLDER, sha256: HASH }),
  "quotes.part": only({ draw: ID, part: NUMBER, rows: rows(OPENED, SHUT) }),
  "quotes.opened": [shape({ at: TIME, draw: ID, rows: rows(OPENED, SHUT) }), shape({ at: TIME, draw: ID, ...parts })],
  "proposal.unopened": only({ at: TIME, draw: ID, no: NUMBER, reason: LOWER, by: CODE }),
  "lot.fixed": only({ at: TIME, draw_at: TIME, draw: ID, label: LABEL, list_sha256: HASH, lot: LOT, sources: list(SOURCE, 1, 8) }),
  "lot.drawn": only({ at: TIME, lot: LOT, seed: HASH }),
  "sample.planned": [shape({ at: TIME, label: LABEL, period: PERIOD, share: whole(1, 10000) }, { least: whole(0, 100000), most: whole(1, 100000) })],
  "sample.listed": only({ at: TIME, label: LABEL, period: PERIOD, sha256: HASH, count: whole(0, 10000000) }),
  "jurors.pool": [shape({ at: TIME, count: COUNT, sha256: HASH, by: CODE }, second)],
  "jurors.listed": only({
    at: TIME, draw: ID, round: ROUND, refs: list(HASH, 0), excluded: list(shape({ ref: HASH, reason: LOWER }), 0),
    pool: shape({ count: COUNT, sha256: HASH }),
  }),
  "jurors.drawn": only({ at: TIME, draw: ID, round: ROUND, seats: list(shape({ seat: SEAT, ref: HASH }), 0, 99) }),
  "jurors.named": only({ at: TIME, draw: ID, reserves: list(HASH, 0, 9), seats: list(shape({ seat: SEAT, ref: HASH }), 1, 9) }),
  "juror.replaced": [shape({ at: TIME, draw: ID, seat: SEAT, ref: HASH, reason: LOWER }, { delivery: HASH })],
  "letters.fixed": only({ at: TIME, draw: ID, rows: rows(shape({ no: NUMBER, commit: HASH })) }),
  "letters.opened": only({ at: TIME, draw: ID, rows: rows(shape({ letter: LABEL, no: NUMBER, proposal: HASH, salt: H32 })) }),
  "sheet.opened": only({
    at: TIME, comments: HASH, draw: ID, juror: HASH, rows: rows(shape({ letter: LABEL, marks: list(POINTS, 1, 9) })), salt: H32, seat: SEAT,
  }),
  "sheet.sealed": only({ at: TIME, draw: ID, seat: SEAT, sha256: HASH, letters: list(LABEL, 0, 256) }),
  "sheets.closed": only({ at: TIME, draw: ID, count: COUNT }),
  "credit.frozen": only({ at: TIME, draw: ID, rows: rows(FROZEN, UNFROZEN) }),
  "shortlist.drawn": only({ at: TIME, choose_by: TIME, draw: ID, order: list(REF, 1, 5), seed: HASH }),
  "auction.opened": only({
    at: TIME, draw: ID, admitted: rows(shape({ no: NUMBER, pseudonym: LABEL })), refused: rows(shape({ no: NUMBER, reason: LOWER })),
  }),
  "auction.bid": [shape({ amount: FEN, at: TIME, draw: ID, no: NUMBER, received_ms: MS, sequence: NUMBER },
    { signature: text(/^[0-9a-f]{128}$/) })],
  "auction.frozen": only({ at: TIME, by: CODE, draw: ID, reason: LOWER, since_ms: MS }),
  "auction.resumed": only({ at: TIME, by: CODE, draw: ID, start: TIME }),
  "auction.closed": only({ at: TIME, bids: COUNT, draw: ID, end_ms: MS }),
  "direct.part": only({ draw: ID, part: NUMBER, rows: rows(LISTED) }),
  "direct.listed": [shape({ at: TIME, draw: ID, rows: rows(LISTED) }), shape({ at: TIME, draw: ID, ...parts })],
  "direct.offered": only({ amount: whole(1), at: TIME, draw: ID, ref: REF }),
  "direct.answered": [shape({ at: TIME, draw: ID, ref: REF, accepted: TRUTH }, { reason: LOWER })],
  "owner.chose": [shape({ at: TIME, draw: ID, ref: REF }, { reason_sha256: HASH, recommender: CODE })],
  "ranking.result": [shape({ at: TIME, draw: ID, order: list(REF, 0, 256), winners: NUMBER }, { order_sha256: HASH, seed: HASH })],
  "result.skip": only({ at: TIME, by: CODE, draw: ID, rank: NUMBER, reason: LOWER, ref: REF }),
  "source.failed": only({ ...failure, round: whole(1) }),
  "source.lost": only({ ...failure, slot: SLOT }),
  "tips.counted": only({ at: TIME, day: DAY, count: whole(0), root: HASH }),
};
