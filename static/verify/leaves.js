// The leaf types of zjcs-draw/1: which keys each has, and how each is spelt (rule 1). Refuse, never normalise.
import { Fault, locate, parseCanonical } from "./canonical.js";
import { utf8 } from "./sha256.js";

const MAX = Number.MAX_SAFE_INTEGER;
const whole = (low, high = MAX) => (value) => Number.isSafeInteger(value) && value >= low && value <= high;
const text = (pattern) => (value) => typeof value === "string" && pattern.test(value);
const list = (check, least = 1, most = 100000) => (value) =>
  Array.isArray(value) && value.length >= least && value.length <= most && value.every((item) => check(item));
const is = (constant) => (value) => value === constant;

/** An object with all of `required`, any of `optional`, nothing else. */
export function shape(required, optional = {}) {
  const check = (value) => misfit(value) === null;
  const misfit = (value) => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return "object";
    for (const key of Object.keys(required)) if (!(key in value)) return key;
    for (const [key, item] of Object.entries(value)) {
      const fits = Object.hasOwn(required, key) ? required[key] : Object.hasOwn(optional, key) ? optional[key] : null;
      if (!fits || !fits(item)) return key;
    }
    return null;
  };
  return Object.assign(check, { misfit });
}

const anyOf = (...shapes) => (value) => shapes.some((each) => each(value));

const ID = text(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const CODE = text(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/);
const TIME = whole(0, 2 ** 40), NUMBER = whole(1, 100000), SLOT = whole(1, 10000000);
const H32 = text(/^[0-9a-f]{32}$/), HASH = text(/^[0-9a-f]{64}$/), H96 = text(/^[0-9a-f]{96}$/);
const REF = text(/^A([0-9]{6}|[1-9][0-9]{6,})$/), LEVEL = text(/^S[0-3]$/), ISSUE = text(/^20[0-9]{5}$/);
const KL8 = text(/^kl8\/20[0-9]{5}\/[0-9.]{39,60}\/$/), NOTE = text(/^[^]{1,4000}$/);

const row = { no: NUMBER, nonce: H32, ref: REF, salt: H32 };
const quotes = { quote_fen: whole(0), rate_bp: whole(0, 1000000), quote_commit: HASH };
const ROW = shape(row, quotes), EXCLUDED = shape({ ...row, by: CODE, reason: CODE }, quotes);
const SOURCE = anyOf(
  shape({ id: ID, kind: is("chain"), slot: SLOT }),
  shape({ id: ID, kind: is("drand"), chain: HASH, round: whole(1) }),
  shape({ id: ID, kind: is("lottery"), game: is("kl8") }));
const FALLBACK = anyOf(
  shape({ id: ID, kind: is("drand"), chain: HASH }),
  shape({ id: ID, kind: is("lottery"), game: is("kl8") }),
  shape({ id: ID, kind: is("chain") }));
const notice = {
  alg: is("zjcs-draw/1"), draw: ID, draw_at: TIME, entry_close: TIME, notice_sha256: HASH,
  reserves: whole(0, 100000), sources: list(SOURCE, 1, 8), winners: NUMBER,
};
const also = { project: ID, predecessor: ID, fallback: list(FALLBACK, 1, 8), level: LEVEL, price_decides: is(true) };

const LEAVES = {
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
  "source.failed": [shape({ at: TIME, by: CODE, reason: CODE, round: whole(1), source: ID })],
  "draw.postponed": [shape({ at: TIME, draw: ID, draw_at: TIME })],
  "draw.result": [shape({ draw: ID, order: list(REF, 0, 256), seed: HASH }, { order_sha256: HASH })],
  "result.skip": [shape({ at: TIME, by: CODE, draw: ID, rank: NUMBER, reason: CODE, ref: REF })],
  "result.final": [shape({ at: TIME, draw: ID, winners: list(REF, 0) })],
};

/** Read and check one leaf of a draw. */
export function readLeaf(source) {
  const bytes = utf8(source).length;
  if (bytes >= 65535) throw new Fault("leaf.size", { rule: 14, bytes });
  const leaf = locate(() => parseCanonical(source), "", 1);
  const { v, type, ...fields } = leaf;
  if (v !== 1 || typeof type !== "string") throw new Fault("leaf.version", { rule: 1 });
  if (!Object.hasOwn(LEAVES, type)) throw new Fault("leaf.type", { rule: 11, type });
  const misfits = LEAVES[type].map((each) => each.misfit(fields));
  if (!misfits.includes(null)) throw new Fault("leaf.key", { rule: 1, type, key: misfits[0] });
  return leaf;
}

const TEXT = text(/^[^]{1,65536}$/), LINE = text(/^[^\n]{1,400}$/), VKEYS = list(LINE, 0, 16);
const HASHES = list(HASH, 0, 63);
const VIEW = shape({ checkpoint: TEXT, inclusion: HASHES, consistency: HASHES });
const mapOf = (check) => (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && Object.values(value).every((item) => check(item));

/** evidence.json as section 5 writes it. */
export const EVIDENCE = shape({
  protocol: is("zjcs-draw/1"), draw: ID, level: LEVEL,
  log: shape({ origin: text(/^[^\n]{1,200}$/), vkey: LINE, witnesses: VKEYS }),
  leaves: list(shape({ index: whole(0), utf8: text(/^[^]+$/) })),
  proofs: mapOf(HASHES), checkpoint: TEXT, seal: VIEW, seed: HASH,
  order: list(shape({ ref: REF, ticket: HASH }), 0),
}, { closed: VIEW });

/** keys.json as rule 13 writes it. */
export const KEYS = shape({
  origin: text(/^[^\n]{1,200}$/), log: VKEYS, witnesses: VKEYS, anchors: mapOf(HASH),
  owner_of: mapOf((value) => typeof value === "string"),
});
