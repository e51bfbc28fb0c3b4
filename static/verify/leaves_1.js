// The leaf types of zjcs-draw/1. They stay as they are and are read for ever.
import {
  anyOf, CODE, H32, H96, HASH, ID, is, ISSUE, KL8, LEVEL, list, NOTE, NUMBER, REF, shape, SLOT, text, TIME, whole,
} from "./shapes.js";

export const row = { no: NUMBER, nonce: H32, ref: REF, salt: H32 };
const quotes = { quote_fen: whole(0), rate_bp: whole(0, 1000000), quote_commit: HASH };
export const ROW = shape(row, quotes), EXCLUDED = shape({ ...row, by: CODE, reason: CODE }, quotes);
export const SOURCE = anyOf(
  shape({ id: ID, kind: is("chain"), slot: SLOT }),
  shape({ id: ID, kind: is("drand"), chain: HASH, round: whole(1) }),
  shape({ id: ID, kind: is("lottery"), game: is("kl8") }));
const FALLBACK = anyOf(
  shape({ id: ID, kind: is("drand"), chain: HASH }),
  shape({ id: ID, kind: is("lottery"), game: is("kl8") }),
  shape({ id: ID, kind: is("chain") }));
export const notice = {
  alg: is("zjcs-draw/1"), draw: ID, draw_at: TIME, entry_close: TIME, notice_sha256: HASH,
  reserves: whole(0, 100000), sources: list(SOURCE, 1, 8), winners: NUMBER,
};
export const also = { project: ID, predecessor: ID, fallback: list(FALLBACK, 1, 8), level: LEVEL, price_decides: is(true) };

export const LEAVES = {
  "source.anchor": [shape({ source: ID, hash: is("sha256"), n: SLOT, genesis: TIME, period: whole(1, 86400), anchor: HASH })],
  "notice.published": [shape(notice, also)],
  "notice.amended": [shape({ ...notice, at: TIME }, also)],
  "entry.received": [shape({ at: TIME, commit: HASH, draw: ID, no: NUMBER })],
  "entry.withdrawn": [shape({ at: TIME, draw: ID, no: NUMBER })],
  "entries.closed": [shape({ at: TIME, count: whole(0, 100000), draw: ID })],
  "entries.part": [shape({ draw: ID, part: NUMBER }, { entrants: list(ROW), excluded: list(EXCLUDED) })],
  "entries.sealed": [
    shape({ at: TIME, draw: ID, entrants: list(ROW, 0) }, { excluded: list(EXCLUDED) }),
    shape({ at: TIME, draw: ID, count: NUMBER, parts: list(HASH, 2, 400) })],
  "source.value": [
    shape({ source: ID, slot: SLOT, value: HASH }),
    shape({ source: ID, round: whole(1), signature: H96, value: HASH }),
    shape({ source: ID, issue: ISSUE, value: KL8 })],
  "source.lost": [shape({ at: TIME, by: CODE, note: NOTE, reason: CODE, slot: SLOT, source: ID })],
  "source.failed": [shape({ at: TIME, by: CODE, reason: CODE, round: whole(1), source: ID }, { note: NOTE })],
  "draw.postponed": [shape({ at: TIME, draw: ID, draw_at: TIME })],
  "draw.result": [shape({ draw: ID, order: list(REF, 0, 256), seed: HASH }, { order_sha256: HASH })],
  "result.skip": [shape({ at: TIME, by: CODE, draw: ID, rank: NUMBER, reason: CODE, ref: REF })],
  "result.final": [shape({ at: TIME, draw: ID, winners: list(REF, 0) })],
};
