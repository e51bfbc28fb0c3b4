// Rule 17: quotes sealed to several keys are opened by those keys, and whoever has the boxes opens them again.
import { belongsTo, open, Unopened } from "./boxes.js";
import { Fault, parseCanonical, Undecided } from "./canonical.js";
import { commitment, DOCUMENTS, raise } from "./case.js";
import { base64, COSIGNATURE, ED25519, idOf, parseNote, requireChecked, signedBy, unchecked } from "./note.js";
import { amountOf, promiseOf } from "./sealing.js";

const MAKERS = ["browser", "tool", "server"], OUTSIDE = ["below_floor", "above_ceiling"];
export const REASONS = [
  "box_shape", "box_other", "share_open", "piece_commit", "payload_open", "padding", "opening_shape", "opening_other", "commit",
  "proposal_hash", "proposal_kind",
];
const MOST = { quote_fen: 1e15, rate_bp: 9999 }, LEAST = { quote_fen: 1, rate_bp: 0 };
const KINDS = Object.keys(MOST), H32 = /^[0-9a-f]{32}$/, HASH = /^[0-9a-f]{64}$/;

/** Rule 17. Gives who sealed how many. */
export async function sealedQuotes(draw) {
  const notice = draw.the("notice.published");
  if (notice.sealed_quotes === undefined) return notSealed(draw);
  const promise = promiseOf(notice);
  await holders(draw, promise, notice);
  const keys = await released(draw, promise);
  const received = draw.of("entry.received");
  for (const { box, sealed_by: by, no, where } of received) if (box === undefined || by === undefined) raise("quote.unboxed", { where, no });
  for (const { no, reason } of draw.rows("unopened")) {
    if (!REASONS.includes(reason)) raise("quote.reason", { where: draw.seal.where, no, reason });
  }
  bounds(draw, promise);
  await reopen(draw, promise, keys, new Map(received.map((leaf) => [leaf.no, leaf])));
  return MAKERS.map((maker) => `${maker} ${received.filter((leaf) => leaf.sealed_by === maker).length}`).join(", ");
}

/** Where nothing was promised nothing of it may stand; since /2 a quote needs a box unless it decides nothing. */
function notSealed(draw) {
  const [odd] = [...draw.of("entry.received").filter((leaf) => "box" in leaf), ...draw.of("quote.key")];
  if (odd) raise("quote.unpromised", { where: odd.where, type: odd.type });
  const [shut] = draw.rows("unopened"); // nothing was sealed that could fail to open
  if (shut) raise("quote.reason", { where: draw.seal.where, no: shut.no, reason: shut.reason });
  const { floor, ceiling } = draw.notice.quote_rule ?? {};
  const isFixed = ceiling !== undefined && floor === ceiling;
  if (draw.isSecond && draw.entrants.length && !isFixed && !draw.isAuction) raise("quote.not_sealed", { where: draw.notice.where });
  return "-";
}

/** The keys are of different holders, each signed by a key that keys.json lists for its name. */
async function holders(draw, { t, trustees, draw: promised }, notice) {
  const { where, index, sealed_quotes: { keys: said } } = notice, n = trustees.length, before = unchecked.count;
  const isWhole = t >= 1 && t <= n && n <= 5 && new Set(trustees.map(({ pk }) => pk)).size === n;
  if (!isWhole) raise("quote.trustees", { where, t, n });
  if (promised !== draw.draw) raise("quote.promise", { where });
  const row = (draw.keys.alg_from ?? []).filter((each) => index >= each.index).at(-1), least = row?.t ?? 1;
  if (t < least) raise("quote.least", { rule: 13, where, t, least });
  for (const { id, pk, note } of said) {
    const known = [...draw.keys.log, ...draw.keys.witnesses].filter(({ name }) => name === id);
    if (!known.length) raise("quote.unknown", { where, id });
    const text = `zjcs/quote.key/1\n${draw.keys.origin}\n${draw.draw}\n${id}\n${pk}\n`;
    let good = false;
    for (const key of known) good ||= await isSigned(note, text, key);
    if (!good) raise("quote.note", { where, id });
  }
  requireChecked(before);
}

/** A witness signs with the key of its cosignatures, under the type of plain notes. */
export async function isSigned(note, text, key) {
  const plain = key.kind === COSIGNATURE ? { ...key, kind: ED25519, id: idOf(key.name, ED25519, key.key) } : key;
  try {
    const signed = parseNote(note);
    return signed.text === text && await signedBy(signed, plain) !== null;
  } catch (fault) {
    if (fault instanceof Fault) return false;
    throw fault;
  }
}

/** The private keys, each once, behind the closed count and before the first opening. */
async function released(draw, { t, trustees }) {
  const first = draw.closedView.size, keys = {};
  const opening = Math.min(...[...draw.of("entries.part"), draw.seal].map(({ index }) => index));
  for (const { id, sk, index, where } of draw.of("quote.key")) {
    const holder = trustees.find((each) => each.id === id);
    if (!holder || Object.hasOwn(keys, id)) raise("quote.key_twice", { where, id });
    if (!(first <= index && index < opening)) raise("quote.key_place", { where, closed: first, seal: draw.seal.index });
    if (!globalThis.crypto?.subtle) throw new Undecided("quote.no_support", { where });
    if (!await belongsTo(sk, holder.pk)) raise("quote.key_other", { where, id });
    keys[id] = sk;
  }
  const count = Object.keys(keys).length;
  if (count < t) raise("quote.keys", { where: draw.seal.where, keys: count, t });
  return keys;
}

const outside = ({ floor, ceiling }, amount) => {
  if (floor !== null && amount < floor) return "below_floor";
  return ceiling !== null && amount > ceiling ? "above_ceiling" : null;
};

/** Who is on the list lies within the bounds, and who is left out for them lies outside. */
function bounds(draw, promise) {
  const { where } = draw.seal, { kind, ceiling } = promise;
  const found = (row) => (kind in row ? outside(promise, amountOf(kind, row[kind], ceiling)) : undefined);
  for (const row of draw.entrants) if (found(row) !== null) raise("quote.outside", { where, no: row.no });
  for (const row of draw.excluded) {
    if (OUTSIDE.includes(row.reason) && row.reason !== found(row)) raise("quote.inside", { where, no: row.no });
  }
}

/** Open each box again: it gives exactly its row, or exactly its reason. */
async function reopen(draw, promise, keys, received) {
  if (draw.boxes === null) throw new Undecided("quote.no_boxes", { where: "boxes" });
  const { where } = draw.seal;
  for (const row of [...draw.entrants, ...draw.excluded, ...draw.rows("unopened")]) {
    const { no } = row, entry = received.get(no);
    if (!draw.boxes.has(no)) throw new Undecided("quote.no_box", { where: "boxes", no });
    let found;
    try {
      const purpose = { draw: draw.draw, agency: row.ref, kind: "quote", t: promise.t };
      found = readOpening(await open(draw.boxes.get(no), entry.box, purpose, promise.trustees, keys), purpose, promise.kind, entry.commit);
    } catch (shut) {
      if (!(shut instanceof Unopened)) throw shut;
      if (shut.code === "box_hash") raise("quote.other_box", { where: "boxes", no });
      if (shut.code !== row.reason || "nonce" in row) raise("quote.result", { where, no, found: shut.code });
      continue;
    }
    if (["nonce", "salt", ...KINDS].some((key) => found[key] !== row[key])) raise("quote.result", { where, no, found: "open" });
  }
}

/** The opening inside a quote's box. Throws Unopened `opening_shape`, `opening_other`, `commit`. */
export function readOpening(bytes, { draw, agency, hasProposal = false, hasResponse = false }, kind, commit) {
  let opening;
  try {
    opening = parseCanonical(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    if (error instanceof Fault || error instanceof TypeError) throw new Unopened("opening_shape");
    throw error;
  }
  if (!isOpening(opening)) throw new Unopened("opening_shape");
  const isOwn = opening.agency === agency && opening.draw === draw && kind in opening && "proposal" in opening === hasProposal
    && (hasProposal || !("proposal_b" in opening)) && "response" in opening === hasResponse;
  if (!isOwn) throw new Unopened("opening_other");
  if (commitment(draw, { ...opening, ref: agency }) !== commit) throw new Unopened("commit");
  return opening;
}

function isOpening(opening) {
  if (opening === null || typeof opening !== "object" || Array.isArray(opening)) return false;
  const quotes = KINDS.filter((key) => key in opening), more = [...DOCUMENTS, "response"].filter((key) => key in opening);
  const names = ["agency", "draw", "nonce", "salt", ...quotes, ...more].sort().join();
  if (quotes.length !== 1 || Object.keys(opening).sort().join() !== names) return false;
  const [kind] = quotes, amount = opening[kind], { response = 1 } = opening;
  return ["agency", "draw"].every((key) => typeof opening[key] === "string")
    && ["nonce", "salt"].every((key) => typeof opening[key] === "string" && H32.test(opening[key]))
    && DOCUMENTS.every((key) => !(key in opening) || (typeof opening[key] === "string" && HASH.test(opening[key])))
    && Number.isSafeInteger(amount) && amount >= LEAST[kind] && amount <= MOST[kind]
    && Number.isSafeInteger(response) && response >= 1 && response <= 3650;
}

/** The boxes of a file, by number. */
export const boxesOf = (file) =>
  (file.boxes === undefined ? null : new Map(Object.entries(file.boxes).map(([no, box]) => [Number(no), base64(box)])));
