// Reading leaves: each draw by the table of its notice's `alg`; and the shapes of evidence.json and keys.json (rule 1).
import { Fault, locate, parseCanonical } from "./canonical.js";
import { LEAVES } from "./leaves_1.js";
import { LEAVES_2 } from "./leaves_2.js";
import { HASH, ID, is, LEVEL, list, REF, shape, SLOT, text, TIME, whole } from "./shapes.js";
import { utf8 } from "./sha256.js";

export const FIRST = "zjcs-draw/1", SECOND = "zjcs-draw/2", RANKED = "zjcs-rank/2";
/** alg of a notice -> the table of its draw. */
export const TABLES = { [FIRST]: LEAVES, [SECOND]: LEAVES_2, [RANKED]: LEAVES_2 };

/** Read and check one leaf of a draw whose notice says `alg`; a notice has to say the same. */
export function readLeaf(source, alg = FIRST) {
  const bytes = utf8(source).length;
  if (bytes >= 65535) throw new Fault("leaf.size", { rule: 14, bytes });
  const leaf = locate(() => parseCanonical(source), "", 1);
  const { v, type, ...fields } = leaf;
  if (v !== 1 || typeof type !== "string") throw new Fault("leaf.version", { rule: 1 });
  const own = type.startsWith("notice.") && Object.hasOwn(TABLES, leaf.alg) ? leaf.alg : alg;
  if (!Object.hasOwn(TABLES[own], type)) throw new Fault("leaf.type", { rule: 11, type });
  const misfits = TABLES[own][type].map((each) => each.misfit(fields));
  if (!misfits.includes(null)) throw new Fault("leaf.key", { rule: 1, type, key: misfits[0] });
  if (own !== alg) throw new Fault("notice.other_alg", { rule: 1, alg: own, expected: alg });
  return leaf;
}

const TEXT = text(/^[^]{1,65536}$/), LINE = text(/^[^\n]{1,400}$/), VKEYS = list(LINE, 0, 16);
const HASHES = list(HASH, 0, 63);
const VIEW = shape({ checkpoint: TEXT, inclusion: HASHES, consistency: HASHES });
const mapOf = (check) => (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value) && Object.values(value).every((item) => check(item));

const BOX = text(/^(?:[A-Za-z0-9+/]{4}){1,2000}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/), IN_FILE = mapOf(BOX);
const boxes = (value) => IN_FILE(value) && Object.keys(value).every((key) => /^[1-9][0-9]{0,5}$/.test(key));

/** evidence.json as section 5 writes it. */
export const EVIDENCE = shape({
  protocol: is(FIRST, SECOND, RANKED), draw: ID, level: LEVEL,
  log: shape({ origin: text(/^[^\n]{1,200}$/), vkey: LINE, witnesses: VKEYS }),
  leaves: list(shape({ index: whole(0), utf8: text(/^[^]+$/) })),
  proofs: mapOf(HASHES), checkpoint: TEXT, seal: VIEW, seed: HASH,
  order: list(shape({ ref: REF }, { ticket: HASH }), 0),
}, { closed: VIEW, version: is(2), heads: list(shape({ checkpoint: TEXT, consistency: HASHES }), 1, 64), boxes });

/** The same of a direct choice, which seals no list and draws nothing (ADR 0044). */
export const CHOSEN = shape({
  protocol: is(RANKED), draw: ID, log: EVIDENCE.required.log, leaves: EVIDENCE.required.leaves, proofs: mapOf(HASHES), checkpoint: TEXT,
});

/** The same of a scored selection, whose quotes open after the sheets (ADR 0055). */
export const SCORED = shape({ ...CHOSEN.required, closed: VIEW }, EVIDENCE.optional);

export const EVERY_OWNER = "every owner's witness";
const NAME = text(/^[^\n]{1,200}$/);
const ANCHOR = shape({ anchor: HASH, genesis: TIME, hash: is("sha256"), n: SLOT, period: whole(1, 86400) });
const SOME_OF = shape({ k: whole(1, 16) }, { of: list(NAME, 1, 16) });
const SINCE = shape({ index: whole(0), algs: list(is(FIRST, SECOND, RANKED), 1, 8) }, { t: whole(1, 9) });

/** keys.json as rule 13 writes it; an anchor that is a bare hash is the older spelling. */
export const KEYS = shape({
  origin: NAME, log: VKEYS, witnesses: VKEYS, anchors: mapOf((value) => HASH(value) || ANCHOR(value)), owner_of: mapOf(NAME),
}, { policy: (value) => value === EVERY_OWNER || SOME_OF(value), least_level: LEVEL, alg_from: list(SINCE, 0, 64) });

/** A witness's numbered list of cosignatures. */
export const LISTED = shape({
  v: is(1), witness: LINE, first: whole(1), before: HASH, checkpoints: list(TEXT, 1, 100), head: text(/^[^]{1,4096}$/),
});
